from __future__ import annotations

from datetime import timedelta

from constraints.policy import Policy
from constraints.rules.cells import Certified
from constraints.rules.cover import EmergencyFloor
from constraints.rules.hours import ContractHours
from constraints.rules.rest import DailyRest
from domain.calendar import Calendar, DayKind
from domain.requests import Leave
from domain.time import Days
from scheduler.callins import call_ins
from scheduler.standins import floor_needs
from tests import builders as b

DAY = b.MONDAY + timedelta(days=2)
POLICY = Policy(rules=(EmergencyFloor(people=1), Certified(), DailyRest(), ContractHours()))


def test_everybody_who_is_free_and_may_is_in_line_the_least_called_in_first() -> None:
    busy, tired, trainee = "A02", "A03", "A05"
    agents = [
        b.agent("A01"),
        b.agent(busy),
        b.agent(tired),
        b.agent("A04"),
        b.agent(trainee, "service"),
        b.agent("A06"),
    ]
    situation = b.situation(agents)
    duty = b.duty("A01", DAY, b.EARLY, "emergency")
    others = b.duty(busy, DAY, b.LATE), b.duty(tired, DAY - timedelta(days=1), b.NIGHT)
    roster = b.roster(situation, duty, *others)
    found = call_ins(roster, situation, POLICY, duty, {"A04": 2})
    assert [one.agent for one in found] == ["A06", "A04"]
    assert [one.called for one in found] == [0, 2]


def test_pay_follows_from_the_day_and_the_hours() -> None:
    holiday, weekend = DAY, b.MONDAY + timedelta(days=5)
    situation = b.situation(2, calendar=Calendar({holiday: DayKind.STATUTORY}))
    classes = []
    for day in (holiday, weekend, DAY + timedelta(days=1)):
        duty = b.duty("A01", day)
        (one,) = call_ins(b.roster(situation, duty), situation, POLICY, duty, {})
        classes.append(one.pay)
    assert classes == [300, 200, 100]


def test_beyond_the_contract_it_is_overtime() -> None:
    spans = ((0, 1), (3, 4))
    away = [Leave("A02", Days(*(b.MONDAY + timedelta(days=day) for day in span))) for span in spans]
    situation = b.situation(2, leaves=away)
    duty = b.duty("A01", DAY)
    weekend = [b.duty("A02", b.MONDAY + timedelta(days=day)) for day in (5, 6)]
    policy = Policy(rules=(Certified(),))
    (one,) = call_ins(b.roster(situation, duty, *weekend), situation, policy, duty, {})
    assert (one.slack <= 0, one.pay) == (True, 150)


def test_the_floor_needs_who_is_there_alone() -> None:
    situation = b.situation(2)
    duty, other = b.duty("A01", DAY, b.EARLY, "emergency"), b.duty("A02", DAY, b.EARLY, "emergency")
    assert floor_needs(b.roster(situation, duty), situation, POLICY, duty)
    assert not floor_needs(b.roster(situation, duty, other), situation, POLICY, duty)
    assert not floor_needs(b.roster(situation, duty), situation, Policy(rules=(Certified(),)), duty)
