from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from domain.calendar import Calendar, DayKind
from domain.faults import BadInput
from domain.time import Zone
from forecasting.history import History, How, clean
from forecasting.records import understand
from tests.forecasting.series import SHANGHAI, numbered, table


def history(
    raw: pd.DataFrame,
    *,
    zone: Zone = SHANGHAI,
    calendar: Calendar | None = None,
    interval: int | None = None,
    missing: float | None = None,
) -> History:
    return clean(understand(raw, zone), zone, calendar or Calendar(), How(interval, missing))


def test_single_calls_are_counted_per_half_hour_and_silence_is_zero() -> None:
    raw = numbered(pd.DataFrame({"start": ["2026-12-01 08:05", "2026-12-01 08:29", "2026-12-01 09:31"]}))
    calls = history(raw).calls[""]
    assert calls["2026-12-01 08:00":"2026-12-01 09:30"].tolist() == [2.0, 0.0, 0.0, 1.0]


def test_the_same_call_imported_twice_counts_once() -> None:
    once = numbered(pd.DataFrame({"call_id": ["a", "b"], "start": ["2026-12-01 08:05", "2026-12-01 08:06"]}))
    twice = numbered(pd.concat([once, once]))
    assert history(twice).calls.equals(history(once).calls)
    assert history(twice).cleaning[""].duplicates == 2


def test_an_interval_told_twice_alike_counts_once_and_told_differently_is_refused() -> None:
    rows = table(date(2026, 11, 1), date(2026, 11, 2))
    assert history(numbered(pd.concat([rows, rows.head(1)]))).cleaning[""].duplicates == 1
    other = rows.head(1).assign(calls="999")
    with pytest.raises(BadInput) as fault:
        history(numbered(pd.concat([rows, other])))
    assert fault.value.row == len(rows) + 2


def test_a_missing_row_is_a_gap_unless_told_what_it_means() -> None:
    rows = table(date(2026, 11, 1), date(2026, 11, 2))
    holed = numbered(rows.drop(index=10))
    known = history(holed)
    assert (int(known.calls[""].isna().sum()), known.cleaning[""].gaps) == (1, 1)
    assert history(holed, missing=2).calls[""].iloc[8] == 2.0


def test_a_day_without_any_call_on_a_busy_line_is_an_outage() -> None:
    index = pd.date_range("2026-10-01", "2026-11-20", freq="10min").strftime("%Y-%m-%d %H:%M")
    calls = [moment for moment in index if not moment.startswith("2026-11-04")]
    found = history(numbered(pd.DataFrame({"start": calls})))
    assert found.cleaning[""].gaps == 48
    assert found.calls[""]["2026-11-04"].isna().all()


def test_hours_in_which_nobody_ever_calls_are_closed_and_no_gap() -> None:
    rows = table()
    hours = rows["timestamp"].str[11:13].astype(int)
    found = history(numbered(rows[(hours >= 8) & (hours < 20)]))
    assert len(found.closed[""]) == 7 * 24
    assert found.cleaning[""].gaps == 0


def test_a_spike_is_left_out_and_listed_but_a_holiday_may_differ() -> None:
    rows = table()
    place = rows.index[rows["timestamp"] == "2026-09-16 12:00:00"][0]
    rows.loc[place, "calls"] = "900"
    found = history(rows)
    assert [str(moment) for moment in found.cleaning[""].outliers] == ["2026-09-16 12:00:00+08:00"]
    feast = Calendar({date(2026, 9, 16): DayKind.STATUTORY})
    assert history(rows, calendar=feast).cleaning[""].outliers == ()


@pytest.mark.parametrize("length", [5, 6, 10, 12, 15, 20, 30, 60])
def test_every_length_of_interval_is_recognised(length: int) -> None:
    assert history(table(date(2026, 11, 1), date(2026, 11, 9), length=length)).interval == length


def test_quarter_hours_can_be_added_up_but_hours_cannot_be_cut() -> None:
    quarters = table(date(2026, 11, 1), date(2026, 11, 9), length=15)
    whole = history(quarters, interval=60).calls[""]
    assert whole.sum() == history(quarters).calls[""].sum()
    with pytest.raises(BadInput, match="60 min cannot give intervals of 30"):
        history(table(date(2026, 11, 1), date(2026, 11, 9), length=60), interval=30)


def test_the_order_of_rows_does_not_matter() -> None:
    rows = table(date(2026, 11, 1), date(2026, 11, 9))
    shuffled = rows.sample(frac=1.0, random_state=1)
    pd.testing.assert_frame_equal(history(shuffled).calls, history(rows).calls)


@pytest.mark.parametrize(("day", "halves"), [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50)])
def test_a_day_of_a_clock_change_keeps_all_its_intervals(day: date, halves: int) -> None:
    zone = Zone("Europe/Berlin")
    rows = table(date(day.year, day.month, day.day - 7), day, zone=zone)
    calls = history(rows, zone=zone).calls[""]
    that_day = calls[[moment.date() == day for moment in calls.index]]
    assert (len(that_day), int(that_day.isna().sum())) == (halves, 0)


def test_handle_time_is_the_mean_of_answered_calls() -> None:
    raw = numbered(pd.DataFrame({"start": ["2026-12-01 08:05"] * 3, "handle_s": ["100", "300", "0"]}))
    assert history(raw).handle[""].mean_s == 200.0


def test_queues_are_kept_apart() -> None:
    one, other = (
        table(date(2026, 11, 1), date(2026, 11, 9), seed=seed).assign(queue=name) for seed, name in ((1, "a"), (2, "b"))
    )
    found = history(numbered(pd.concat([one, other])))
    assert found.queues == ("a", "b")
    assert not np.array_equal(found.calls["a"], found.calls["b"])


def test_a_quiet_night_line_is_not_taken_for_closed() -> None:
    rows = table(date(2026, 11, 1), date(2026, 11, 25), peak=4.0)
    night = rows["timestamp"].str[11:13].astype(int) < 6
    rows.loc[night, "calls"] = np.where(np.random.default_rng(3).random(int(night.sum())) < 0.25, "1", "0")
    assert history(rows).closed[""] == frozenset()


def test_a_new_level_is_learnt_from_and_not_left_out() -> None:
    rows = table(date(2026, 6, 1), date(2026, 11, 25), peak=10.0)
    risen = rows["timestamp"] >= "2026-11-12"
    rows.loc[risen, "calls"] = (rows.loc[risen, "calls"].astype(int) * 8 + 8).astype(str)
    assert len(history(rows).cleaning[""].outliers) < 20


def test_records_after_the_day_asked_for_change_nothing() -> None:
    rows, later = table(), table()
    later.loc[later["timestamp"] > "2026-11-11", "calls"] = "999"
    how = How(until=date(2026, 11, 10))
    one, other = (clean(understand(raw, SHANGHAI), SHANGHAI, Calendar(), how) for raw in (rows, later))
    pd.testing.assert_frame_equal(one.calls, other.calls)
    assert (one.closed, one.handle, one.cleaning) == (other.closed, other.handle, other.cleaning)


def test_a_zone_off_by_half_an_hour_keeps_its_hours() -> None:
    zone = Zone("Asia/Kolkata")
    calls = history(table(date(2026, 11, 1), date(2026, 11, 9), zone=zone, length=60), zone=zone).calls[""]
    assert not calls.isna().any()


def test_the_hours_before_the_first_call_of_a_log_are_unknown_and_not_silent() -> None:
    calls = history(numbered(pd.DataFrame({"start": ["2026-12-01 14:05", "2026-12-01 15:00"]}))).calls[""]
    assert calls.index[0].isoformat() == "2026-12-01T14:00:00+08:00"


def test_a_spike_that_is_kept_is_learnt_from() -> None:
    rows = table()
    spike = rows["timestamp"] == "2026-09-16 12:00:00"
    rows.loc[spike, "calls"] = "900"
    left_out, kept = (
        clean(understand(rows, SHANGHAI), SHANGHAI, Calendar(), How(kept=days))
        for days in (frozenset(), frozenset({date(2026, 9, 16)}))
    )
    at = pd.Timestamp("2026-09-16 12:00", tz=SHANGHAI.key)
    assert left_out.cleaning[""].outliers == (at,)
    assert kept.cleaning[""].outliers == ()
    assert kept.calls.loc[at, ""] == 900
