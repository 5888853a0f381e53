"""Service hours, standby, spare people, the duty of the day and training, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from constraints.check import check
from constraints.policy import Policy
from constraints.rules.hours import ContractHours
from constraints.rules.rest import DailyRest
from constraints.rules.service import DutyRota, Reserve, ServiceHours, Standby, tier
from constraints.rules.training import Session, Training
from domain.requests import Leave
from domain.time import Days
from tests import builders as b
from tests.constraints.rules.test_rules import gaps, words

DAY = b.MONDAY
NEXT = DAY + timedelta(days=1)
WITHOUT_BREAKS = tuple(replace(shift, breaks=(), handover=0) for shift in b.SHIFTS)


@pytest.mark.parametrize(("households", "hours"), [(0, 8), (999, 8), (1_000, 10), (99_999, 10), (100_000, 12)])
def test_hours_of_service_follow_the_number_of_households(households: int, hours: int) -> None:
    assert tier(households) == hours


def test_service_hours_ask_for_somebody_at_every_minute_of_them() -> None:
    at = b.site(*WITHOUT_BREAKS)
    given = b.situation(2, days=1, at=at)
    assert gaps(ServiceHours(opens=time(8), hours=8), given, b.duty("A01", DAY)) == []
    late = words(ServiceHours(opens=time(8), hours=10), given, b.duty("A01", DAY))
    assert late == ["Mon 30 Nov 16:00–18:00 service: at least 1 during service hours, 0 are"]
    both = b.duty("A01", DAY), b.duty("A02", DAY, b.LATE)
    assert gaps(ServiceHours(opens=time(8), hours=10), given, *both) == []
    large = b.situation(2, days=1, at=replace(at, households=100_000))
    assert gaps(ServiceHours(opens=time(8)), large, *both) == []
    assert gaps(ServiceHours(opens=time(12), hours=12), large, *both, b.duty("A01", NEXT)) == []


def test_standby_counts_who_can_come_in_time_and_nobody_at_the_desk() -> None:
    at = b.site(*b.SHIFTS, b.STANDBY)
    given = b.situation(2, days=1, at=at)
    on_call = b.duty("A01", DAY, b.STANDBY, "emergency")
    assert gaps(Standby(response=60), given, on_call) == []
    assert gaps(Standby(response=30), given, on_call) == [1]
    assert gaps(Standby(), given, b.duty("A01", DAY, b.EARLY)) == [1]


def test_standby_takes_no_calls_earns_no_hours_and_counts_as_rest() -> None:
    at = b.site(*b.SHIFTS, b.STANDBY)
    given = b.situation(2, days=2, at=at, needs=[b.need(at, DAY, 9, 10, 1, "emergency")])
    on_call = b.duty("A01", DAY, b.STANDBY, "emergency")
    policy = Policy(rules=(ContractHours(band_hours=0, price=None), DailyRest()))
    found = check(b.roster(given, on_call, b.duty("A01", NEXT)), given, policy)
    assert {breach.measure.value for breach in found.breaches if breach.about.agent == given.agents[0]} == {465}
    assert "daily-rest" not in {breach.rule.kind for breach in found.breaches}
    assert at.shift("备").available(at.zone, DAY) == ()


def test_a_reserve_is_wished_for_beyond_the_floor() -> None:
    given = b.situation(3, days=1, at=b.site(*WITHOUT_BREAKS))
    two = [b.duty(agent, DAY, shift) for agent in ("A01", "A02") for shift in b.SHIFTS]
    assert gaps(Reserve(floor=1, spare=1), given, *two) == []
    assert set(gaps(Reserve(floor=2, spare=1), given, *two)) == {1}


def test_one_person_has_the_duty_of_the_day_and_not_two() -> None:
    rule, given = DutyRota(shifts=("早",)), b.situation(3, days=2)
    assert gaps(rule, given, b.duty("A01", DAY), b.duty("A02", NEXT)) == []
    assert gaps(rule, given, b.duty("A01", DAY), b.duty("A02", DAY), b.duty("A03", NEXT)) == [1]
    assert words(rule, given, b.duty("A01", DAY)) == ["Tue 1 Dec: 1 should have the duty of the day (早), 0 have"]


def test_everybody_comes_to_one_session_of_the_week_unless_on_leave() -> None:
    rule = Training(sessions=(Session(weekday=0, start=time(14)), Session(weekday=1, start=time(18))))
    given = b.situation(3, leaves=[Leave("A03", Days(DAY, NEXT))])
    assert gaps(rule, given, b.duty("A01", DAY), b.duty("A02", NEXT, b.LATE)) == []
    assert gaps(rule, given, b.duty("A01", DAY), b.duty("A02", NEXT)) == [1]
