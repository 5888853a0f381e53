"""Each rule by example: a roster that keeps it, one that breaks it by so much, and the words."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from pydantic import ValidationError

from constraints.check import check
from constraints.policy import Policy
from constraints.rule import Role, Rule
from constraints.rules.cells import Certified, FixedCells, OnLeave, Unavailable
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader
from constraints.rules.fairness import Burden, FairShare
from constraints.rules.hours import ContractHours, WeeklyHours
from constraints.rules.overtime import MonthlyOvertime
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights, WeeklyRest
from constraints.rules.runs import LongestNightRun, LongestWorkRun
from constraints.rules.wishes import Wishes
from domain.calendar import Calendar, DayKind
from domain.language import Language, plain
from domain.people import Certificate
from domain.requests import Leave, Pin, Unavailability, Wish, WishKind
from domain.roster import Duty
from domain.shifts import ShiftType
from domain.situation import Situation
from domain.time import Days, Span
from tests import builders as b

DAY = b.MONDAY


def days_on(*numbers: int) -> list[date]:
    return [DAY + timedelta(days=number) for number in numbers]


def gaps(rule: Rule, given: Situation, *duties: Duty) -> list[int]:
    report = check(b.roster(given, *duties), given, Policy(rules=(rule,)))
    return [breach.measure.gap for breach in report.breaches]


def words(rule: Rule, given: Situation, *duties: Duty) -> list[str]:
    report = check(b.roster(given, *duties), given, Policy(rules=(rule,)))
    return [breach.said(Language.EN) for breach in report.breaches]


def test_a_need_is_met_only_by_duties_of_its_work() -> None:
    at = b.site()
    given = b.situation(2, at=at, needs=[b.need(at, DAY, 9, 10, 1)])
    assert gaps(Requirement(), given, b.duty("A01", DAY)) == []
    assert gaps(Requirement(), given, b.duty("A01", DAY, work="emergency")) == [1]


def test_a_break_opens_the_need_for_its_minutes() -> None:
    at = b.site()
    given = b.situation(2, at=at, needs=[b.need(at, DAY, 11, 13, 1)])
    report = check(b.roster(given, b.duty("A01", DAY)), given, Policy(rules=(Requirement(),)))
    assert [
        (breach.span and f"{breach.span.start:%H:%M}-{breach.span.end:%H:%M}", breach.cost)
        for breach in report.breaches
    ] == [("11:45-12:15", 30 * 4)]


def test_the_second_missing_head_costs_more_than_the_first() -> None:
    at = b.site()
    given = b.situation(2, at=at, needs=[b.need(at, DAY, 9, 10, 2)])
    report = check(b.roster(given), given, Policy(rules=(Requirement(),)))
    assert report.score == 60 * (4 + 8)


def test_the_floor_counts_breaks_and_hand_overs() -> None:
    given = b.situation(4, days=1)
    duties = [b.duty("A01", DAY), b.duty("A02", DAY, b.LATE), b.duty("A03", DAY, b.NIGHT)]
    report = check(b.roster(given, *duties), given, Policy(rules=(EmergencyFloor(people=1),)))
    open_spans = [f"{breach.span.start:%H:%M}-{breach.span.end:%H:%M}" for breach in report.breaches if breach.span]
    assert open_spans == ["11:45-12:15", "19:45-20:15", "02:45-03:15"]


def test_the_floor_is_hard_and_nobody_waives_it() -> None:
    with pytest.raises(ValidationError, match="always hard"):
        EmergencyFloor(price=5)
    with pytest.raises(ValidationError, match="nobody may waive"):
        EmergencyFloor.model_validate({"waivable_by": Role.MANAGER})


def test_the_first_hours_belong_to_the_night_before() -> None:
    given = b.situation([b.agent("A01")], days=1)
    found = check(b.roster(given), given, Policy(rules=(EmergencyFloor(people=1),))).breaches
    assert [str(breach.span.start.time()) for breach in found if breach.span] == ["08:00:00"]


def test_the_last_night_belongs_to_this_roster_to_its_end() -> None:
    given = b.situation([b.agent("A01")], days=1)
    found = check(b.roster(given), given, Policy(rules=(EmergencyFloor(people=1),))).breaches
    assert [breach.span.end.isoformat() for breach in found if breach.span] == ["2026-12-01T08:00:00+08:00"]


def test_a_leader_on_a_break_is_still_on_duty() -> None:
    leader = [b.agent("A01"), b.agent("A02"), b.agent("A03"), b.agent("A04", "service")]
    given = b.situation(leader, days=1)
    duties = [b.duty("A01", DAY), b.duty("A02", DAY, b.LATE), b.duty("A03", DAY, b.NIGHT)]
    assert gaps(ShiftLeader(), given, *duties) == []
    assert gaps(ShiftLeader(), given, duties[0], duties[1], b.duty("A04", DAY, b.NIGHT)) == [1]


def test_two_duties_on_one_day_are_one_too_many() -> None:
    given = b.situation()
    assert gaps(OneDutyADay(), given, b.duty("A01", DAY), b.duty("A01", DAY, b.LATE)) == [1]
    assert gaps(OneDutyADay(), given, b.duty("A01", DAY), b.duty("A02", DAY, b.LATE)) == []


def test_late_then_early_is_too_little_rest_and_the_words_say_how_little() -> None:
    given = b.situation()
    late, early = b.duty("A01", DAY, b.LATE), b.duty("A01", DAY + timedelta(days=1))
    assert words(DailyRest(hours=11), given, late, early) == [
        "员工A01 Tue 1 Dec: 7.8 h between Mon 30 Nov 中, Tue 1 Dec 早; at least 11 h"
    ]
    assert gaps(DailyRest(hours=7), given, late, early) == []


@pytest.mark.parametrize(
    ("day", "clash"), [(date(2027, 3, 27), True), (date(2026, 12, 1), False), (date(2026, 10, 24), False)]
)
def test_rest_is_measured_on_the_absolute_clock(day: date, clash: bool) -> None:  # noqa: FBT001 - an expectation
    at = b.site(zone="Europe/Berlin")
    given = b.situation(1, at=at, days=Days(day, day + timedelta(days=2)))
    duties = b.duty("A01", day, b.LATE), b.duty("A01", day + timedelta(days=1))
    assert bool(gaps(DailyRest(hours=7), given, *duties)) is clash


def test_rest_counts_from_the_last_duty_of_the_month_before() -> None:
    given = b.situation(1, history=[b.duty("A01", DAY - timedelta(days=1), b.NIGHT)])
    assert gaps(DailyRest(), given, b.duty("A01", DAY, b.LATE)) == [1]
    assert gaps(DailyRest(), given, b.duty("A01", DAY, b.NIGHT)) == []


def test_after_a_night_another_night_needs_no_long_rest() -> None:
    given = b.situation(1)
    night, next_night = (b.duty("A01", day, b.NIGHT) for day in days_on(0, 1))
    assert gaps(RestAfterNights(hours=32), given, night, next_night) == []
    assert gaps(RestAfterNights(hours=32), given, night, b.duty("A01", DAY + timedelta(days=2))) == [1]
    assert gaps(RestAfterNights(hours=32), given, night, b.duty("A01", DAY + timedelta(days=3))) == []


def test_seven_days_of_work_leave_no_weekly_rest() -> None:
    given = b.situation(1)
    week = [b.duty("A01", day) for day in days_on(*range(7))]
    assert gaps(WeeklyRest(), given, *week) == [1]
    assert gaps(WeeklyRest(), given, *week[:3], *week[4:]) == []


def test_a_day_between_a_night_and_an_early_is_not_a_whole_day_off() -> None:
    given = b.situation(1)
    worked = [b.duty("A01", day) for day in days_on(0, 1, 2, 3, 5, 6)]
    assert gaps(WeeklyRest(), given, *worked, b.duty("A01", DAY + timedelta(days=3), b.NIGHT)) == [1]
    assert gaps(WeeklyRest(), given, *worked, b.duty("A01", DAY + timedelta(days=3), b.LATE)) == []


def test_a_run_of_work_days_crosses_the_months_end() -> None:
    past = [b.duty("A01", day) for day in days_on(-4, -3, -2, -1)]
    given = b.situation(1, history=past)
    assert gaps(LongestWorkRun(days=6), given, *(b.duty("A01", day) for day in days_on(0, 1))) == []
    assert gaps(LongestWorkRun(days=6), given, *(b.duty("A01", day) for day in days_on(0, 1, 2, 3))) == [2]


def test_a_run_of_nights_counts_nights_only() -> None:
    given = b.situation(1)
    nights = [b.duty("A01", day, b.NIGHT) for day in days_on(0, 1, 2, 3)]
    assert gaps(LongestNightRun(days=3), given, *nights) == [1]
    assert (
        gaps(LongestNightRun(days=3), given, *nights[:2], b.duty("A01", DAY + timedelta(days=2), b.LATE), nights[3])
        == []
    )


def test_contract_hours_count_leave_on_work_days_as_worked() -> None:
    given = b.situation(1, leaves=[Leave("A01", Days(DAY, DAY + timedelta(days=3)))])
    friday = b.duty("A01", DAY + timedelta(days=4))
    assert gaps(ContractHours(band_hours=1), given, friday) == []
    assert gaps(ContractHours(band_hours=0), given, friday) == [480 - 465]


def test_weekly_hours_include_the_days_of_the_month_before() -> None:
    wednesday = DAY + timedelta(days=2)
    given = b.situation(
        1, days=Days(wednesday, wednesday + timedelta(days=6)), history=[b.duty("A01", day) for day in days_on(0, 1)]
    )
    assert gaps(WeeklyHours(hours=20), given, b.duty("A01", wednesday)) == [3 * 465 - 1200]


def test_overtime_starts_where_the_contract_ends() -> None:
    given = b.situation(1)
    week = [b.duty("A01", day) for day in days_on(*range(6))]
    assert gaps(MonthlyOvertime(hours=6), given, *week) == [6 * 465 - 5 * 480 - 360]
    assert gaps(MonthlyOvertime(hours=7), given, *week) == []


def test_a_certificate_must_hold_to_the_last_minute_of_a_night() -> None:
    expiring = b.agent("A01", certificates=(Certificate("emergency", None, DAY),))
    given = b.situation([expiring])
    assert gaps(Certified(), given, b.duty("A01", DAY, work="emergency")) == []
    assert gaps(Certified(), given, b.duty("A01", DAY, b.NIGHT)) == [1]


def test_a_night_that_runs_into_leave_breaks_it() -> None:
    tuesday = DAY + timedelta(days=1)
    given = b.situation(1, leaves=[Leave("A01", Days(tuesday, tuesday))])
    assert gaps(OnLeave(), given, b.duty("A01", DAY, b.NIGHT)) == [1]
    assert gaps(OnLeave(), given, b.duty("A01", DAY, b.LATE)) == []


def test_a_duty_may_touch_but_not_overlap_an_unavailability() -> None:
    zone = b.site().zone
    given = b.situation(1, unavailabilities=[Unavailability("A01", Span(zone.at(DAY, 16 * 60), zone.at(DAY, 18 * 60)))])
    assert gaps(Unavailable(), given, b.duty("A01", DAY)) == []
    assert gaps(Unavailable(), given, b.duty("A01", DAY, b.LATE)) == [1]


def test_a_fixed_cell_keeps_its_shift_and_a_fixed_rest_stays_free() -> None:
    given = b.situation(2, pins=[Pin("A01", DAY, "早"), Pin("A02", DAY)])
    assert gaps(FixedCells(), given, b.duty("A01", DAY)) == []
    assert gaps(FixedCells(), given) == [1]
    assert gaps(FixedCells(), given, b.duty("A01", DAY, b.LATE), b.duty("A02", DAY)) == [1, 1, 1]


def test_a_refused_wish_costs_its_weight() -> None:
    wishes = [
        Wish("A01", DAY, WishKind.OFF, weight=3),
        Wish("A02", DAY, WishKind.ON, "早"),
        Wish("A03", DAY, WishKind.AVOID, "夜", 2),
    ]
    given = b.situation(3, wishes=wishes)
    policy = Policy(rules=(Wishes(price=10),))
    granted = b.roster(given, b.duty("A02", DAY))
    refused = b.roster(given, b.duty("A01", DAY), b.duty("A03", DAY, b.NIGHT))
    assert check(granted, given, policy).score == 0
    assert check(refused, given, policy).score == 10 * (3 + 1 + 2)


def test_a_night_into_the_wished_day_off_is_no_day_off() -> None:
    given = b.situation(1, wishes=[Wish("A01", DAY + timedelta(days=1), WishKind.OFF)])
    assert gaps(Wishes(), given, b.duty("A01", DAY, b.NIGHT)) == [1]


def test_nights_are_shared_among_those_who_can_work_them() -> None:
    at = b.site()
    people = [b.agent("A01"), b.agent("A02"), b.agent("A03", "service")]
    given = b.situation(people, at=at, needs=[b.need(at, day, 0, 4, 1, "emergency") for day in days_on(0, 1, 2, 3)])
    fair = [
        b.duty(who, day, b.NIGHT) for who, day in zip(("A01", "A01", "A02", "A02"), days_on(0, 1, 2, 3), strict=True)
    ]
    unfair = [b.duty("A01", day, b.NIGHT) for day in days_on(0, 1, 2, 3)]
    assert gaps(FairShare(of=Burden.NIGHTS), given, *fair) == []
    assert gaps(FairShare(of=Burden.NIGHTS), given, *unfair) == [2, 2]


def test_only_statutory_days_count_as_holidays() -> None:
    at = b.site()
    calendar = Calendar({DAY: DayKind.STATUTORY, DAY + timedelta(days=1): DayKind.SWAPPED_REST})
    given = b.situation(1, at=at, calendar=calendar, needs=[b.need(at, DAY, 8, 16, 1)])
    rule = FairShare(of=Burden.HOLIDAYS)
    assert gaps(rule, given, b.duty("A01", DAY)) == []
    assert gaps(rule, given, b.duty("A01", DAY + timedelta(days=1))) == [1]


def test_a_rest_that_runs_into_the_next_week_is_no_rest_of_this_one() -> None:
    shifts = [
        ShiftType(code, plain(code), time(16, 30), time(*end), ("service",))
        for code, end in (("L", (0, 30)), ("K", (0, 0)))
    ]
    given = b.situation(1, at=b.site(*shifts))
    busy = [b.duty("A01", day, "L", "service") for day in days_on(*range(5))]
    saturday = DAY + timedelta(days=5)
    assert gaps(WeeklyRest(hours=24), given, *busy, b.duty("A01", saturday, "L", "service")) == [1]
    assert gaps(WeeklyRest(hours=24), given, *busy, b.duty("A01", saturday, "K", "service")) == []


def test_half_a_day_of_leave_leaves_the_other_half_to_work() -> None:
    tuesday = DAY + timedelta(days=1)
    given = b.situation(1, leaves=[Leave("A01", Days(tuesday, tuesday), until_noon=True)])
    assert gaps(OnLeave(), given, b.duty("A01", tuesday, b.EARLY)) == [1]
    assert gaps(OnLeave(), given, b.duty("A01", tuesday, b.LATE)) == []
