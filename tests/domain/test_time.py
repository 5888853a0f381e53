from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from domain.time import Days, Month, Span, Zone, minute, monday

BERLIN, NEW_YORK, SHANGHAI = Zone("Europe/Berlin"), Zone("America/New_York"), Zone("Asia/Shanghai")


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (BERLIN, date(2027, 3, 28), 23),
        (BERLIN, date(2026, 10, 25), 25),
        (NEW_YORK, date(2027, 3, 14), 23),
        (NEW_YORK, date(2026, 11, 1), 25),
        (SHANGHAI, date(2028, 2, 29), 24),
    ],
)
def test_a_local_day_has_as_many_hours_as_the_clock_change_leaves(zone: Zone, day: date, hours: int) -> None:
    assert zone.day(day).minutes == hours * 60


def test_a_time_inside_the_spring_gap_moves_to_the_next_valid_minute() -> None:
    assert BERLIN.at(date(2027, 3, 28), 150).isoformat() == "2027-03-28T03:00:00+02:00"


def test_a_repeated_hour_means_its_first_run() -> None:
    assert BERLIN.at(date(2026, 10, 25), 150).isoformat() == "2026-10-25T02:30:00+02:00"


def test_minutes_beyond_midnight_fall_on_the_next_day() -> None:
    assert SHANGHAI.at(date(2026, 12, 31), 25 * 60).isoformat() == "2027-01-01T01:00:00+08:00"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.sampled_from([BERLIN, NEW_YORK, SHANGHAI]))  # noqa: DTZ001 - made aware below
def test_minutes_of_the_absolute_clock_go_there_and_back(moment: datetime, zone: Zone) -> None:
    instant = moment.replace(tzinfo=UTC, second=0, microsecond=0)
    assert zone.from_minute(minute(instant)).astimezone(UTC) == instant


@pytest.mark.parametrize("words", ["2026-13", "2026", "12-2026", "2026-1", ""])
def test_a_month_is_written_year_and_number(words: str) -> None:
    with pytest.raises(Refusal):
        Month.parse(words)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-02", date(2027, 2, 1), date(2027, 2, 28)),
    ],
)
def test_a_month_knows_its_days(words: str, first: date, last: date) -> None:
    assert Month.parse(words).days == Days(first, last)


def test_days_hold_both_ends_and_nothing_else() -> None:
    days = Days(date(2026, 12, 30), date(2027, 1, 2))
    assert [day.day for day in days] == [30, 31, 1, 2]
    assert date(2027, 1, 2) in days
    assert date(2027, 1, 3) not in days


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(Refusal):
        Days(date(2026, 12, 2), date(2026, 12, 1))


def test_a_span_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 12, 1)  # noqa: DTZ001 - the point of the test
    with pytest.raises(Refusal):
        Span(naive, naive + timedelta(hours=1))


def test_spans_that_touch_do_not_overlap() -> None:
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    before, after = Span(noon - timedelta(hours=1), noon), Span(noon, noon + timedelta(hours=1))
    assert not before.overlaps(after)
    assert before.overlaps(Span(noon - timedelta(minutes=1), noon))


def test_an_unknown_zone_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match="Asia/Shanhai"):
        Zone("Asia/Shanhai")


def test_the_week_begins_on_monday() -> None:
    assert monday(date(2026, 12, 6)) == date(2026, 11, 30)
