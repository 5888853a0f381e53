from __future__ import annotations

import pandas as pd
import pytest

from domain.faults import BadInput
from domain.language import Language
from domain.time import Zone
from forecasting.records import understand
from tests.forecasting.series import SHANGHAI, numbered


def test_chinese_headings_are_understood() -> None:
    raw = numbered(pd.DataFrame({"来电时间": ["2026-12-01 08:00"], "技能组": ["应急"], "处理时长": ["240"]}))
    records = understand(raw, SHANGHAI)
    assert records.per_call
    row = records.frame.iloc[0]
    assert (row["queue"], row["handle_s"], row["calls"]) == ("应急", 240.0, 1.0)
    assert row["start"].isoformat() == "2026-12-01T08:00:00+08:00"


def test_a_count_makes_it_one_row_an_interval() -> None:
    records = understand(numbered(pd.DataFrame({"时段": ["2026-12-01 08:00"], "话务量": ["12"]})), SHANGHAI)
    assert (records.per_call, records.frame["calls"].tolist()) == (False, [12.0])


def test_times_with_an_offset_are_taken_as_told() -> None:
    records = understand(
        numbered(pd.DataFrame({"start": ["2026-12-01T00:00:00Z", "2026-12-01T09:00:00+08:00"]})), SHANGHAI
    )
    assert [moment.isoformat() for moment in records.frame["start"]] == [
        "2026-12-01T08:00:00+08:00",
        "2026-12-01T09:00:00+08:00",
    ]


def test_the_second_of_two_equal_autumn_intervals_is_the_later_one() -> None:
    raw = numbered(pd.DataFrame({"start": ["2026-10-25 02:00", "2026-10-25 02:00"], "calls": ["5", "7"]}))
    starts = understand(raw, Zone("Europe/Berlin")).frame["start"]
    assert [moment.isoformat() for moment in starts] == ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]


@pytest.mark.parametrize(
    ("columns", "row", "column", "said"),
    [
        ({"when": ["x"]}, 1, None, "a column is missing"),
        ({"start": ["2026-12-01 08:00", "2026-02-30 08:00"]}, 3, "start", "is not a real date and time"),
        ({"start": ["2026-12-01 08:00", "soon"]}, 3, "start", "is not a real date and time"),
        ({"start": ["2026-12-01 08:00"], "calls": ["-3"]}, 2, "calls", "is not a number of zero or more"),
        ({"start": ["2026-12-01 08:00"], "calls": ["many"]}, 2, "calls", "is not a number of zero or more"),
        ({"start": []}, None, None, "the file has no rows"),
        ({"start": ["2026-12-01 08:00", ""]}, 3, "start", "the cell is empty"),
        ({"start": ["1900-01-01 08:00", "2026-12-01 08:00"]}, 2, "start", "is too far from all other records"),
        ({"start": ["2026-12-01 08:00"] * 3 + ["2099-01-01 08:00"]}, 5, "start", "is too far from all other records"),
        ({"start": ["2026-12-01 08:00"] * 3 + ["0001-01-01 08:00"]}, 5, "start", "is too far from all other records"),
        ({"start": ["2026-12-01T08:00+08:00", "2026-12-01T08:30"]}, 3, "start", "has no offset"),
        ({"start": ["2026-12-01 08:00"], "calls": ["1"], "offered": ["2"]}, 1, None, "two columns mean the same"),
        ({"date": ["2026-12-01"], "time": ["noon"]}, 2, "time", "is not a time of day"),
    ],
)
def test_a_fault_names_row_and_column(
    columns: dict[str, list[str]], row: int | None, column: str | None, said: str
) -> None:
    with pytest.raises(BadInput) as fault:
        understand(numbered(pd.DataFrame(columns)), SHANGHAI)
    assert (fault.value.row, fault.value.column) == (row, column)
    assert said in fault.value.full.said(Language.EN)
    assert fault.value.full.said(Language.ZH)


def test_a_day_and_a_clock_in_two_columns_make_a_start() -> None:
    raw = numbered(
        pd.DataFrame({"日期": ["2026-12-01"] * 2, "时段": ["08:00-08:30", "8:30~9:00"], "来电量": ["1", "2"]})
    )
    starts = understand(raw, SHANGHAI).frame["start"]
    assert [f"{moment:%d %H:%M}" for moment in starts] == ["01 08:00", "01 08:30"]


def test_a_day_cell_of_a_spreadsheet_is_a_day() -> None:
    raw = numbered(pd.DataFrame({"日期": ["2026-12-01 00:00:00"], "时间": ["08:30:00"], "来电量": ["1"]}))
    assert understand(raw, SHANGHAI).frame["start"].iloc[0].isoformat() == "2026-12-01T08:30:00+08:00"


@pytest.mark.parametrize("words", ["2026/12/1 8:30", "2026年12月1日 08:30", "1.12.2026 08:30", "２０２６-12-01 08:30"])
def test_usual_ways_of_writing_a_time_are_understood(words: str) -> None:
    start = understand(numbered(pd.DataFrame({"start": [words]})), SHANGHAI).frame["start"].iloc[0]
    assert start.isoformat() == "2026-12-01T08:30:00+08:00"


def test_durations_may_be_written_as_a_clock() -> None:
    raw = numbered(pd.DataFrame({"start": ["2026-12-01 08:30"] * 3, "通话时长": ["00:05:51", "5:51", "351"]}))
    assert understand(raw, SHANGHAI).frame["handle_s"].tolist() == [351.0, 351.0, 351.0]


def test_placeholders_are_no_call_ids() -> None:
    raw = numbered(pd.DataFrame({"start": ["2026-12-01 08:30"] * 4, "id": ["a", " - ", "", "null"]}))
    assert understand(raw, SHANGHAI).frame["call_id"].notna().tolist() == [True, False, False, False]


def test_a_channel_that_is_no_call_makes_a_queue_of_its_own() -> None:
    raw = pd.DataFrame({"start": ["2026-12-01 08:30"] * 3, "queue": ["service"] * 3, "渠道": ["电话", "Chat", ""]})
    assert understand(numbered(raw), SHANGHAI).frame["queue"].tolist() == ["service", "service.chat", "service"]
    assert understand(numbered(raw.drop(columns="queue")), SHANGHAI).frame["queue"].tolist() == ["", "chat", ""]
