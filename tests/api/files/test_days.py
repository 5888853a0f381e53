from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from api.files.days import special_days
from domain.calendar import Calendar, DayKind
from domain.faults import BadInput


def edited(tmp_path: Path, *rows: str, country: str | None = "CN") -> Calendar:
    table = tmp_path / "days.csv"
    table.write_text("days,kind,name\n" + "\n".join(rows), encoding="utf-8")
    return special_days(country, [2026, 2027], table)


def test_a_row_corrects_the_calendar_and_tells_a_name(tmp_path: Path) -> None:
    found = edited(tmp_path, "2027-02-06..2027-02-07,补班,", "2027-01-04,statutory,公司日")
    assert found.kind(date(2027, 2, 6)) is DayKind.MAKE_UP_WORK
    assert found.kind(date(2027, 2, 7)) is DayKind.MAKE_UP_WORK
    assert found.feast(date(2027, 1, 4)) == "公司日"


def test_a_year_whose_swaps_are_told_is_provisional_no_more(tmp_path: Path) -> None:
    assert edited(tmp_path, "2027-01-04,statutory,公司日").provisional == {2027}
    assert edited(tmp_path, "2027-02-06,补班,").provisional == frozenset()


def test_events_lie_beside_the_classes_of_days_and_add_up(tmp_path: Path) -> None:
    found = edited(tmp_path, "2026-12-07..2026-12-09,event,寒潮", "2026-12-08,事件,泄漏", country=None)
    assert found.events[date(2026, 12, 8)] == {"寒潮", "泄漏"}
    assert found.kind(date(2026, 12, 8)) is DayKind.WORK


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-02-30,rest,", "row 2, “days”"),
        ("2026-12-07,holiday,", "row 2, “kind”.*statutory"),
        ("2026-12-07,event,", "row 2, “name”.*cold snap"),
        ("2026-12-09..2026-12-07,rest,", "row 2, “days”"),
        ("2026-01-01..2028-01-01,rest,", "row 2, “days”.*a year"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(BadInput) as fault:
        edited(tmp_path, row)
    assert re.search(said, fault.value.full.en)
