"""Protection by dates, exemptions, averaged hours, split duties, stability, patterns and pay, by example."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from pydantic import ValidationError

from constraints.check import check
from constraints.policy import Policy
from constraints.rules.cells import SplitDuties
from constraints.rules.cover import EmergencyFloor, Requirement
from constraints.rules.fairness import Burden, FairShare
from constraints.rules.hours import DailyHours
from constraints.rules.overtime import AveragedHours, MonthlyOvertime
from constraints.rules.patterns import CyclicPattern
from constraints.rules.pay import PayCost
from constraints.rules.protection import Protected, ProtectedHours
from constraints.rules.stability import Stability
from domain.calendar import Calendar, DayKind
from domain.circumstances import Exemption, Opening, Protection
from domain.language import plain
from domain.requests import Leave
from domain.roster import Duty
from domain.shifts import Break, ShiftType
from domain.time import Days
from tests import builders as b
from tests.constraints.rules.test_rules import days_on, gaps, words

DAY = b.MONDAY


def test_who_is_protected_has_no_night_and_no_longer_day_and_others_have() -> None:
    long = ShiftType("长", plain("long"), time(8), time(18), ("service",))
    given = b.situation(2, at=b.site(*b.SHIFTS, long), protections=[Protection("A01", Days(DAY, DAY))])
    for shift in (b.NIGHT, b.LATE, long):
        assert gaps(Protected(), given, b.duty("A01", DAY, shift)) == [1]
        assert gaps(Protected(), given, b.duty("A02", DAY, shift)) == []
    assert gaps(Protected(), given, b.duty("A01", DAY)) == []


def test_a_night_that_begins_on_the_eve_reaches_into_the_protection() -> None:
    after = DAY + timedelta(days=1)
    given = b.situation(1, protections=[Protection("A01", Days(after, after))])
    assert gaps(Protected(), given, b.duty("A01", DAY, b.NIGHT)) == [1]


def test_german_law_bars_sundays_too() -> None:
    sunday = DAY + timedelta(days=6)
    given = b.situation(1, protections=[Protection("A01", Days(DAY, sunday))])
    rule = Protected(night_from=time(20), sundays=True)
    assert gaps(rule, given, b.duty("A01", DAY)) == []
    assert gaps(rule, given, b.duty("A01", sunday)) == [1]


def test_no_overtime_on_protected_days() -> None:
    given = b.situation(1, protections=[Protection("A01", Days(DAY, DAY + timedelta(days=6)))])
    assert gaps(ProtectedHours(), given, *(b.duty("A01", day) for day in days_on(0, 1, 2, 3, 4))) == []
    assert gaps(ProtectedHours(), given, *(b.duty("A01", day) for day in days_on(0, 1, 2, 3, 4, 5))) == [390]


def test_the_hour_for_nursing_is_not_there_for_the_floor() -> None:
    nursing = b.situation(1, days=1, protections=[Protection("A01", Days(DAY, DAY), nursing=True)])
    found = words(EmergencyFloor(people=1), nursing, b.duty("A01", DAY))
    assert any("15:00" in said for said in found)
    assert not any(
        "15:00" in said for said in words(EmergencyFloor(people=1), b.situation(1, days=1), b.duty("A01", DAY))
    )


def test_in_an_emergency_overtime_is_not_limited_and_the_reason_is_kept() -> None:
    week = [b.duty("A01", day) for day in days_on(0, 1, 2, 3, 4, 5)]
    saturday = Days(DAY + timedelta(days=5), DAY + timedelta(days=5))
    exempt = b.situation(1, exemptions=[Exemption(saturday, "管网泄漏抢险")])
    assert gaps(MonthlyOvertime(hours=6), b.situation(1), *week) == [30]
    assert gaps(MonthlyOvertime(hours=6), exempt, *week) == []
    assert gaps(DailyHours(hours=7), exempt, b.duty("A01", saturday.first)) == []
    with pytest.raises(ValueError, match="reason"):
        Exemption(saturday, " ")


def test_averaged_hours_count_the_months_before_by_permit_alone() -> None:
    days = Days(date(2026, 12, 1), date(2026, 12, 7))
    opening = [Opening("A01", paid_minutes=100 * 60, owed_minutes=100 * 60)]
    given = b.situation(1, days=days, openings=opening)
    duties = [b.duty("A01", day) for day in list(days)[:6]]
    owed, paid = 5 * 480, 6 * 465
    assert gaps(AveragedHours(hours=0), given, *duties) == [paid - owed]
    assert gaps(AveragedHours(hours=3, permit="沪人社2026-17"), given, *duties) == []
    lapsed = AveragedHours(hours=3, permit="沪人社2026-17", permit_until=date(2026, 11, 30))
    assert gaps(lapsed, given, *duties) == [paid - owed - 180]


def test_a_split_duty_needs_the_persons_consent() -> None:
    split = ShiftType("分", plain("split"), time(8), time(20), ("service",), (Break(240, 240),))
    given = b.situation([b.agent("A01", "service", "split"), b.agent("A02", "service")], at=b.site(*b.SHIFTS, split))
    assert gaps(SplitDuties(), given, b.duty("A01", DAY, split)) == []
    assert gaps(SplitDuties(), given, b.duty("A02", DAY, split)) == [1]
    assert gaps(SplitDuties(), given, b.duty("A02", DAY)) == []


def test_each_cell_that_differs_from_what_was_published_costs_once() -> None:
    published = [b.duty("A01", DAY), b.duty("A02", DAY, b.LATE)]
    given = b.situation(3, days=2, published=published)
    assert gaps(Stability(), given, *published) == []
    assert gaps(Stability(), given, b.duty("A01", DAY, b.LATE), b.duty("A03", DAY, b.LATE)) == [1, 1, 1]
    assert gaps(Stability(), b.situation(3, days=2), *published) == []


def on(team: str, *codes: str) -> list[Duty]:
    return [b.duty(team, day, code) for day, code in zip(days_on(*range(8)), codes, strict=False) if code != "休"]


def test_a_cyclic_pattern_gives_each_team_its_place() -> None:
    people = [b.agent("A", "service", "emergency"), b.agent("B", "service", "emergency")]
    teams = [
        type(one)(one.id, one.name, one.contract, one.certificates, team)
        for one, team in zip(people, "甲乙", strict=True)
    ]
    given = b.situation(teams, days=8)
    rule = CyclicPattern(template="四班三运转", begins=DAY, teams=("甲", "乙"))
    first = on("A", "早", "早", "中", "中", "夜", "夜", "休", "休")
    second = on("B", "休", "休", "早", "早", "中", "中", "夜", "夜")
    assert gaps(rule, given, *first, *second) == []
    assert gaps(rule, given, *first) == [1] * 6
    off = b.situation(teams, days=8, leaves=[Leave("B", given.horizon)])
    assert gaps(rule, off, *first) == []


def test_a_pattern_of_work_and_rest_takes_any_duty() -> None:
    rule = CyclicPattern(template="上四休二", begins=DAY)
    given = b.situation(1, days=6)
    assert gaps(rule, given, *on("A01", "早", "中", "夜", "早", "休", "休")) == []
    assert gaps(rule, given, *on("A01", "早", "中", "夜", "休", "早", "休")) == [1, 1]


def test_a_pattern_is_a_template_or_a_cycle_not_both() -> None:
    with pytest.raises(ValidationError, match="either"):
        CyclicPattern(begins=DAY)


def test_premiums_follow_the_pay_classes_and_overtime_is_paid_half_again() -> None:
    given = b.situation(1, calendar=Calendar({DAY: DayKind.STATUTORY}))
    assert gaps(PayCost(), given, b.duty("A01", DAY)) == [2 * 465]
    saturday = DAY + timedelta(days=5)
    assert gaps(PayCost(), given, b.duty("A01", saturday)) == []
    assert gaps(PayCost(rest_day=200), given, b.duty("A01", saturday)) == [465]
    assert gaps(PayCost(night_minutes=60), given, b.duty("A01", DAY + timedelta(days=1), b.NIGHT)) == [60]
    week = [b.duty("A01", day) for day in days_on(1, 2, 3, 4, 5)]
    assert gaps(PayCost(), given, *week) == [5 * (465 // 2) - 4 * 480 // 2]


def test_a_head_is_worth_the_calls_it_answers() -> None:
    at = b.site()
    given = b.situation(2, at=at, needs=[b.need(at, DAY, 9, 10, 2, worth=(6.0, 1.2))])
    rule = Requirement(call=50)

    def cost(*duties: Duty) -> int:
        return check(b.roster(given, *duties), given, Policy(rules=(rule,))).score

    assert cost(b.duty("A01", DAY), b.duty("A02", DAY)) == 0
    assert cost(b.duty("A01", DAY)) == 60
    assert cost() == 60 + 300


def test_what_somebody_carried_before_is_taken_off_their_share() -> None:
    at = b.site()
    needs = [b.need(at, day, 0, 5, 1, "emergency") for day in days_on(1, 2, 3, 4)]
    given = b.situation(2, at=at, needs=needs, openings=[Opening("A01", {"nights": 2})])
    nights = [b.duty("A02", day, b.NIGHT) for day in days_on(0, 1, 2)] + [
        b.duty("A01", DAY + timedelta(days=3), b.NIGHT)
    ]
    assert gaps(FairShare(of=Burden.NIGHTS), given, *nights) == []
    assert gaps(FairShare(of=Burden.NIGHTS), b.situation(2, at=at, needs=needs), *nights) == [1, 1]


def test_early_and_late_duties_are_shared_from_above() -> None:
    at = b.site()
    needs = [b.need(at, day, 21, 23, 1) for day in days_on(0, 1, 2, 3)]
    given = b.situation(2, at=at, needs=needs)
    late = [b.duty("A01", day, b.LATE) for day in days_on(0, 1, 2)]
    assert gaps(FairShare(of=Burden.LATE), given, *late) == [1]
    assert gaps(FairShare(of=Burden.EARLY), given, *late) == []
