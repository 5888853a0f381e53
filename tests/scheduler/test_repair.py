from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.check import check
from constraints.policy import Policy
from constraints.rules.cells import Certified, FixedCells, OnLeave
from constraints.rules.cover import EmergencyFloor, Requirement
from constraints.rules.rest import DailyRest, OneDutyADay
from domain.language import Refusal
from domain.requests import Leave, Pin
from domain.roster import Roster, diff
from domain.situation import Situation
from domain.time import Days
from scheduler.problem import Limits, Problem
from scheduler.repair import Leeway, repair, window_of
from scheduler.solve import solve
from tests import builders as b

DAY = b.MONDAY
LIMITS = Limits(seconds=10, threads=1)
POLICY = Policy(
    rules=(EmergencyFloor(people=1), Requirement(), OneDutyADay(), DailyRest(), Certified(), OnLeave(), FixedCells())
)
SHIFTS = tuple(replace(shift, breaks=(), handover=0) for shift in b.SHIFTS)


def month(people: int = 6, days: int = 12) -> tuple[Situation, Roster]:
    """Around the clock, one person a shift, in turns."""
    situation = b.situation(people, days=days, at=b.site(*SHIFTS))
    duties = [
        b.duty(f"A{(number + 2 * place) % people + 1:02d}", day, shift, "emergency")
        for number, day in enumerate(situation.horizon)
        for place, shift in enumerate((b.EARLY, b.LATE, b.NIGHT))
    ]
    return situation, b.roster(situation, *duties)


def sick(situation: Situation, agent: str, first: date, last: date) -> Problem:
    return Problem(replace(situation, leaves=(*situation.leaves, Leave(agent, Days(first, last), "sick"))), POLICY)


def fifth() -> date:
    return DAY + timedelta(days=4)


def test_a_clean_roster_needs_no_change() -> None:
    situation, roster = month()
    found = repair(Problem(situation, POLICY), roster, LIMITS)
    assert found.least is not None
    assert (found.least.changes, found.least.proved, found.least.roster) == ((), True, roster)


def test_after_a_sick_call_the_holes_are_filled_with_the_fewest_changes() -> None:
    situation, roster = month()
    duty = next(duty for duty in roster.planned if duty.day == fifth())
    problem = sick(situation, duty.agent, fifth(), fifth())
    found = repair(problem, roster, LIMITS)
    assert found.least is not None
    assert found.least.proved
    assert found.least.report.clean
    assert len(found.least.changes) == 2
    reasons = {reasoned.change.agent == duty.agent: reasoned.because for reasoned in found.least.changes}
    assert {breach.rule.kind for breach in reasons[True]} == {"leave"}
    assert {breach.rule.kind for breach in reasons[False]} == {"emergency-floor"}


def test_days_outside_the_window_and_pinned_cells_stay() -> None:
    situation, roster = month()
    duty = next(duty for duty in roster.planned if duty.day == fifth())
    free = [
        agent.id for agent in situation.agents if agent.id not in {d.agent for d in roster.planned if d.day == fifth()}
    ]
    pinned = replace(situation, pins=tuple(Pin(agent, fifth()) for agent in free[:-1]))
    found = repair(sick(pinned, duty.agent, fifth(), fifth()), roster, LIMITS, Leeway(Days(fifth(), fifth())))
    assert found.least is not None
    assert {reasoned.change.day for reasoned in found.least.changes} == {fifth()}
    assert not {reasoned.change.agent for reasoned in found.least.changes} & set(free[:-1])


def test_what_cannot_be_mended_is_named() -> None:
    situation, roster = month()
    away = replace(situation, leaves=tuple(Leave(agent.id, Days(fifth(), fifth())) for agent in situation.agents))
    found = repair(Problem(away, POLICY), roster, LIMITS)
    assert found.least is not None
    assert {breach.rule.kind for breach in found.least.left} == {"emergency-floor"}


def test_a_change_more_must_save_what_it_costs() -> None:
    situation, roster = month()
    needs = [b.need(situation.site, fifth(), 9, 11, 1)]
    asked = replace(situation, requirement=b.situation(1, needs=needs).requirement)
    cheap, dear = (repair(Problem(asked, POLICY), roster, LIMITS, Leeway(change=price)) for price in (400, 500))
    assert [len(way.changes) for way in cheap.ways] == [0, 1]
    assert [len(way.changes) for way in dear.ways] == [0]
    assert cheap.ways[1].report.score == 0


def test_a_window_outside_the_month_is_refused() -> None:
    situation, roster = month()
    before = DAY - timedelta(days=1)
    with pytest.raises(Refusal):
        repair(Problem(situation, POLICY), roster, LIMITS, Leeway(Days(before, DAY)))


def test_the_window_reaches_nine_days_from_the_first_hole() -> None:
    situation, roster = month()
    second = DAY + timedelta(days=1)
    duty = next(duty for duty in roster.planned if duty.day == second)
    assert window_of(sick(situation, duty.agent, second, second), roster) == Days(second, second + timedelta(days=8))


@settings(max_examples=10, deadline=None)
@given(who=st.integers(1, 6), first=st.integers(0, 11), length=st.integers(0, 3))
def test_no_roster_of_the_solver_needs_fewer_changes(who: int, first: int, length: int) -> None:
    """A whole new roster is one of those among which the fewest changes are looked for."""
    situation, roster = month()
    start = DAY + timedelta(days=first)
    last = min(start + timedelta(days=length), situation.horizon.last)
    problem = sick(situation, f"A{who:02d}", start, last)
    found = repair(problem, roster, LIMITS, Leeway(situation.horizon))
    other = solve(problem, Limits(seconds=2, threads=1)).roster
    assert found.least is not None
    assert other is not None
    assert found.least.proved
    assert len(found.least.changes) <= len(diff(roster, other))
    assert check(found.least.roster, problem.situation, POLICY).clean
