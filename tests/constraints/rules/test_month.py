"""Rules of runs, successions, weekends and hours, by example."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from constraints.given import Given
from constraints.rules.hours import DailyHours, HoursRange, NightLimit, ShiftLimit, owed_minutes
from constraints.rules.runs import LongestRestRun, ShortestNightRun, ShortestRestRun, ShortestWorkRun
from constraints.rules.successions import ForbiddenSuccession, ForwardRotation
from constraints.rules.weekends import FreeSundays, WholeWeekends, WorkedWeekends
from domain.requests import Leave
from domain.roster import Duty
from domain.shifts import ShiftType
from domain.time import Days
from tests import builders as b
from tests.constraints.rules.test_rules import days_on, gaps, words

DAY = b.MONDAY
SATURDAY, SUNDAY = 5, 6


def on(*numbers: int, shift: ShiftType = b.EARLY) -> list[Duty]:
    return [b.duty("A01", day, shift) for day in days_on(*numbers)]


def test_a_single_work_day_is_too_short_but_the_months_edges_are_not_known() -> None:
    given = b.situation(1)
    assert gaps(ShortestWorkRun(days=2), given, *on(2)) == [1]
    assert gaps(ShortestWorkRun(days=3), given, *on(2)) == [2]
    assert gaps(ShortestWorkRun(days=2), given, *on(0), *on(6)) == []


def test_a_run_that_began_in_history_may_be_short() -> None:
    given = b.situation(1, history=[b.duty("A01", DAY - timedelta(days=1))])
    assert gaps(ShortestWorkRun(days=3), given, *on(0)) == []
    assert gaps(ShortestWorkRun(days=2), given, *on(2)) == [1]


def test_a_single_day_off_is_too_short() -> None:
    given = b.situation(1)
    assert words(ShortestRestRun(days=2), given, *on(0, 1, 3, 4, 5, 6)) == [
        "员工A01 is off 1 days in a row from Wed 2 Dec to Wed 2 Dec; at least 2"
    ]
    assert gaps(ShortestRestRun(days=2), given, *on(0, 1, 4, 5, 6)) == []


def test_too_many_days_off_are_counted_but_leave_is_not() -> None:
    given = b.situation(1)
    assert gaps(LongestRestRun(days=3), given, *on(0, 6)) == [2]
    away = b.situation(1, leaves=[Leave("A01", Days(DAY + timedelta(days=2), DAY + timedelta(days=4)))])
    assert gaps(LongestRestRun(days=3), away, *on(0, 6)) == []


def test_nights_come_in_blocks() -> None:
    given = b.situation(1)
    assert gaps(ShortestNightRun(days=2), given, *on(2, shift=b.NIGHT)) == [1]
    assert gaps(ShortestNightRun(days=2), given, *on(2, 3, shift=b.NIGHT)) == []


def test_what_may_not_follow_is_told_with_both_duties() -> None:
    rule = ForbiddenSuccession(after=("中",), never=("早",))
    given = b.situation(1)
    late_then_early = [*on(0, shift=b.LATE), *on(1)]
    assert words(rule, given, *late_then_early) == [
        "员工A01 Tue 1 Dec: Mon 30 Nov 中, Tue 1 Dec 早 must not follow one another; 7.8 h apart, not within 1 days"
    ]
    assert gaps(rule, given, *on(0, shift=b.LATE), *on(2)) == []
    assert gaps(rule.model_copy(update={"days": 2}), given, *on(0, shift=b.LATE), *on(2)) == [1]


def test_rotation_goes_forward() -> None:
    given = b.situation(1)
    assert gaps(ForwardRotation(), given, *on(0), *on(1, shift=b.LATE), *on(2, shift=b.NIGHT)) == []
    assert gaps(ForwardRotation(), given, *on(0, shift=b.LATE), *on(1)) == [1]


def test_one_duty_makes_a_worked_weekend_and_two_make_no_more() -> None:
    given = b.situation(1, days=14)
    assert gaps(WorkedWeekends(most=1), given, *on(SATURDAY, SUNDAY)) == []
    assert gaps(WorkedWeekends(most=1), given, *on(SATURDAY, SUNDAY + 7)) == [1]


def test_half_a_weekend_is_a_gap() -> None:
    given = b.situation(1)
    assert gaps(WholeWeekends(), given, *on(SATURDAY)) == [1]
    assert gaps(WholeWeekends(), given, *on(SATURDAY, SUNDAY)) == gaps(WholeWeekends(), given) == []


def test_a_saturday_night_is_work_on_sunday() -> None:
    given = b.situation(1)
    assert gaps(FreeSundays(least=1), given, *on(SATURDAY, shift=b.NIGHT)) == [1]
    assert gaps(FreeSundays(least=1), given, *on(SATURDAY, shift=b.LATE)) == []


def test_hours_lie_between_their_bounds() -> None:
    given = b.situation(1)
    rule = HoursRange(least_hours=10, most_hours=20)
    assert gaps(rule, given, *on(0)) == [600 - 465]
    assert gaps(rule, given, *on(0, 1)) == []
    assert gaps(rule, given, *on(0, 1, 2)) == [3 * 465 - 1200]
    with pytest.raises(ValidationError, match="must not exceed"):
        HoursRange(least_hours=2, most_hours=1)


def test_a_shift_is_counted_by_its_code() -> None:
    given = b.situation(1)
    rule = ShiftLimit(shifts=("早", "中"), most=1)
    assert words(rule, given, *on(0), *on(1, shift=b.LATE)) == [
        "员工A01 has 2 of 早、中 from Mon 30 Nov to Sun 6 Dec; the bound is 1, 1 away"
    ]
    assert gaps(rule, given, *on(0), *on(1, shift=b.NIGHT)) == []


def test_nights_of_the_month_before_are_not_counted_again() -> None:
    given = b.situation(1, history=[b.duty("A01", DAY - timedelta(days=1), b.NIGHT)])
    assert gaps(NightLimit(most=1), given, *on(0, shift=b.NIGHT)) == []
    assert gaps(NightLimit(most=1), given, *on(0, 1, shift=b.NIGHT)) == [1]


def test_a_duty_longer_than_a_day_may_be_is_forbidden() -> None:
    given = b.situation(1)
    assert gaps(DailyHours(hours=8), given, *on(0)) == []
    assert gaps(DailyHours(hours=7), given, *on(0)) == [1]


def test_half_a_day_of_leave_owes_half_a_day_less() -> None:
    day = b.MONDAY + timedelta(days=1)
    owed = [
        owed_minutes(Given(b.situation(1, leaves=leaves)), b.people(1)[0])
        for leaves in ([], [Leave("A01", Days(day, day), until_noon=True)], [Leave("A01", Days(day, day))])
    ]
    assert [owed[0] - found for found in owed] == [0, 240, 480]
