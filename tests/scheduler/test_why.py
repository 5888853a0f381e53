from __future__ import annotations

from datetime import timedelta

import pytest

from constraints.check import check
from constraints.policy import Policy
from constraints.rules.cells import Certified, OnLeave
from constraints.rules.cover import EmergencyFloor, Requirement
from constraints.rules.rest import DailyRest, OneDutyADay
from domain.language import Refusal
from domain.requests import Leave
from domain.roster import Change
from domain.time import Days
from scheduler.problem import Problem
from scheduler.standins import slots
from scheduler.why import why
from tests import builders as b
from tests.scheduler.test_repair import SHIFTS, month

DAY = b.MONDAY
POLICY = Policy(rules=(EmergencyFloor(people=1), Requirement(), OneDutyADay(), DailyRest(), Certified(), OnLeave()))


def test_a_cell_is_explained_by_every_other_duty_and_by_rest() -> None:
    situation, roster = month()
    duty = roster.planned[0]
    cell = why(roster, situation, POLICY, duty.agent, duty.day)
    assert cell.duty == duty
    others = {other.duty and (other.duty.shift, other.duty.work) for other in cell.alternatives}
    assert others == {None, ("早", "service"), ("中", "service"), ("中", "emergency"), ("夜", "emergency")}
    rest = next(other for other in cell.alternatives if other.duty is None)
    assert {breach.rule.kind for breach in rest.verdict.broken} == {"emergency-floor"}


def test_the_price_of_an_alternative_is_the_difference_of_the_scores() -> None:
    situation, roster = month()
    asked = b.situation(6, days=12, at=situation.site, needs=[b.need(situation.site, DAY, 9, 11, 1)])
    free = next(a.id for a in asked.agents if a.id not in {duty.agent for duty in roster.planned if duty.day == DAY})
    cell = why(roster, asked, POLICY, free, DAY)
    assert not cell.best
    first = cell.alternatives[0]
    after = roster.apply([Change(free, DAY, None, first.duty)])
    assert first.verdict.cost == check(after, asked, POLICY).score - check(roster, asked, POLICY).score == -480


def test_an_unknown_person_or_day_is_refused() -> None:
    situation, roster = month()
    with pytest.raises(Refusal):
        why(roster, situation, POLICY, "nobody", DAY)
    with pytest.raises(Refusal):
        why(roster, situation, POLICY, "A01", DAY - timedelta(days=1))


def test_stand_ins_are_those_who_may_by_every_hard_rule() -> None:
    given = b.situation(
        [
            b.agent("A01", "emergency"),
            b.agent("A02", "emergency"),
            b.agent("A03", "service"),
            b.agent("A04", "emergency"),
        ],
        days=1,
        at=b.site(*SHIFTS),
        leaves=[Leave("A04", Days(DAY, DAY))],
    )
    roster = b.roster(given, b.duty("A01", DAY, b.EARLY, "emergency"))
    found = slots(roster, given, POLICY)
    assert [(slot.duty.agent, [one.agent for one in slot.stand_ins]) for slot in found] == [("A01", ["A02"])]


def test_a_duty_that_nobody_can_take_is_in_plain_sight() -> None:
    given = b.situation([b.agent("A01", "emergency"), b.agent("A02", "service")], days=1, at=b.site(*SHIFTS))
    roster = b.roster(given, b.duty("A01", DAY, b.EARLY, "emergency"))
    assert [slot.survives for slot in slots(roster, given, POLICY)] == [False]


def test_a_duty_beyond_the_floor_needs_no_stand_in() -> None:
    given = b.situation(2, days=1, at=b.site(*SHIFTS))
    two = [b.duty(agent, DAY, b.EARLY, "emergency") for agent in ("A01", "A02")]
    assert slots(b.roster(given, *two), given, POLICY) == ()


def test_every_stand_in_keeps_the_roster_clean_of_new_breaches() -> None:
    situation, roster = month()
    problem = Problem(situation, POLICY)
    found = slots(roster, situation, POLICY)
    assert found
    for slot in found:
        for one in slot.stand_ins:
            taken = b.duty(one.agent, slot.duty.day, slot.duty.shift, slot.duty.work)
            changes = [
                Change(slot.duty.agent, slot.duty.day, slot.duty, None),
                Change(one.agent, slot.duty.day, one.gives_up, taken),
            ]
            after = check(roster.apply(changes), problem.situation, POLICY)
            assert len(after.hard) <= len(check(roster, situation, POLICY).hard)
