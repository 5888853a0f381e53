"""The solver lays breaks so that cover and floor hold, and moves them before it changes duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from constraints.check import check
from constraints.policy import Policy
from constraints.rules.cells import Certified, OnLeave
from constraints.rules.cover import EmergencyFloor, Requirement
from constraints.rules.rest import DailyRest, OneDutyADay
from domain.demand import Need
from domain.language import plain
from domain.shifts import Break, ShiftType
from domain.situation import Situation
from domain.time import Span
from scheduler import solve as solving
from scheduler.columns import campaign as campaigns
from scheduler.problem import Limits, Problem
from scheduler.repair import repair
from scheduler.result import Status
from scheduler.solve import solve
from scheduler.why import why
from tests import builders as b

DAY = b.MONDAY
MEAL = (Break(180, 30, until=270),)
MORNING = ShiftType("早", plain("早"), time(0), time(12), ("emergency",), MEAL)
EVENING = ShiftType("中", plain("中"), time(12), time(0), ("emergency",), MEAL)
POLICY = Policy(rules=(EmergencyFloor(people=2), Requirement(), OneDutyADay(), DailyRest(), Certified(), OnLeave()))
CALLS = ((0, 187), (217, 720))
LIMITS = Limits(seconds=20, threads=1)


def month(people: int = 8, days: int = 5) -> Situation:
    """Two shifts around the clock, a floor of two: three people a shift do, if they do not eat together."""
    return b.situation(people, days=days, at=b.site(MORNING, EVENING))


@pytest.fixture(params=["programme", "few rows", "many rows"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The constraint programme for the small, or one of the two ways of the columns."""
    way: str = request.param
    monkeypatch.setattr(solving, "SMALL", 10**9 if way == "programme" else 0)
    monkeypatch.setattr(campaigns, "MANY_ROWS", 0 if way == "many rows" else 10**9)
    return way


def test_breaks_are_staggered_so_that_the_floor_holds(way: str) -> None:
    situation = month()
    result = solve(Problem(situation, POLICY), LIMITS)
    assert result.roster is not None, way
    assert check(result.roster, situation, POLICY).clean
    assert any(duty.breaks for duty in result.roster.planned)


def test_no_roster_is_there_where_breaks_cannot_move() -> None:
    """All of a shift eat at once, whoever they are: nobody is left then."""
    fixed = tuple(replace(shift, breaks=(Break(180, 30),)) for shift in (MORNING, EVENING))
    stiff = b.situation(8, days=2, at=b.site(*fixed))
    assert solve(Problem(stiff, POLICY), LIMITS).status is Status.IMPOSSIBLE


def test_the_best_laying_is_proved(way: str) -> None:
    """One person an interval is needed for calls but for the hour in which the meal is free."""
    at = b.site(MORNING, EVENING)
    needs = [b.need(at, DAY, hour, hour + 1, 1, "emergency") for hour in range(24) if hour not in (4, 16)]
    situation = b.situation(2, days=1, at=at, needs=needs)
    result = solve(Problem(situation, Policy(rules=POLICY.rules[1:])), LIMITS)
    assert (result.status, result.report and result.report.score) == (Status.OPTIMAL, 0), way
    assert result.roster is not None
    assert {duty.breaks for duty in result.roster.planned} <= {(240,), (270,)}


def test_a_roster_laid_by_hand_off_the_steps_can_be_begun_from() -> None:
    """One person a shift, asked for calls but from 03:07 to 03:37: only a break laid there by hand is no loss."""
    at = b.site(MORNING)
    needs = [Need(Span(at.zone.at(DAY, first), at.zone.at(DAY, last)), "emergency", 1, 1.0) for first, last in CALLS]
    situation, policy = b.situation(1, days=1, at=at, needs=needs), Policy(rules=POLICY.rules[1:])
    start = b.roster(situation, replace(b.duty("A01", DAY, MORNING, "emergency"), breaks=(187,)))
    assert check(start, situation, policy).score == 0
    assert solve(Problem(situation, policy), LIMITS).report.score > 0  # type: ignore[union-attr]
    again = solve(Problem(situation, policy, start), LIMITS)
    assert (again.status, again.roster) == (Status.OPTIMAL, start)


def test_a_repair_moves_a_break_rather_than_a_duty() -> None:
    at = b.site(MORNING, EVENING)
    needs = [b.need(at, DAY, 3, 4, 2, "emergency")]
    situation = b.situation(4, days=3, at=at, needs=needs)
    rules = (EmergencyFloor(people=1), *POLICY.rules[1:])
    duties = [
        replace(b.duty(who, day, shift, "emergency"), breaks=breaks)
        for day in situation.horizon
        for who, shift, breaks in (
            ("A01", MORNING, ()),
            ("A02", MORNING, ()),
            ("A03", EVENING, ()),
            ("A04", EVENING, ()),
        )
    ]
    roster = b.roster(situation, *duties)
    policy = Policy(rules=rules)
    assert not check(roster, situation, policy).clean
    found = repair(Problem(situation, policy), roster, LIMITS)
    assert found.least is not None
    assert (found.least.changed, found.least.proved, found.least.report.clean) == (0, True, True)
    assert {reasoned.change.of_breaks for reasoned in found.least.changes} == {True}
    moved = [reasoned.change for reasoned in found.least.changes]
    assert len({(change.day, change.new and change.new.shift) for change in moved}) <= 6


def test_a_cell_names_each_shift_once_with_its_best_breaks() -> None:
    situation = month()
    roster = solve(Problem(situation, POLICY), LIMITS).roster
    assert roster is not None
    duty = roster.planned[0]
    cell = why(roster, situation, POLICY, duty.agent, duty.day)
    kinds = [other.duty and other.duty.shift for other in cell.alternatives]
    assert sorted(kinds, key=str) == sorted([None, "早", "中"], key=str)
