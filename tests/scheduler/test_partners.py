"""Who could take a duty: nobody is offered who may not, nobody is left out who may, and everybody else has a reason."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.rosters.cells import to_duties
from api.rosters.given import read_given, roster_row
from constraints.policy import Policy
from constraints.verdict import Standing
from domain.roster import Duty, Roster
from domain.situation import Situation
from domain.swaps import Leg, changes_of
from scheduler.partners import Partner, partners
from tests.api.clients import new_world
from tests.api.rosters.solved import MONTH, december, site_id, staffed


@cache
def month() -> tuple[Roster, Situation, Policy]:
    """The clean month of eight people."""
    with new_world("sqlite", "harbour") as world:
        staffed(world)
        with world.store.reading() as session:
            found = read_given(session, roster_row(session, site_id(world), MONTH))
        return found.roster_of(to_duties(december())), found.situation, found.plan.policy


def legs(duty: Duty, found: Partner) -> tuple[Leg, ...]:
    give = Leg(duty, found.agent)
    return (give,) if found.returns is None else (give, Leg(found.returns, duty.agent))


places = st.integers(0, 10_000)


@settings(max_examples=30, deadline=None)
@given(places, places)
def test_whoever_is_offered_breaks_no_rule_and_costs_what_is_told(one: int, other: int) -> None:
    roster, situation, policy = month()
    duty = roster.planned[one % len(roster.planned)]
    day = roster.planned[other % len(roster.planned)].day
    standing = Standing(roster, situation, policy)
    answer = partners(roster, situation, policy, duty, [day])
    for found in answer.found:
        verdict = standing.verdict(changes_of(legs(duty, found)))
        assert (verdict.allowed, verdict.cost) == (True, found.cost)
    costs = [found.cost for found in answer.found]
    assert costs == sorted(costs)


@settings(max_examples=20, deadline=None)
@given(places)
def test_nobody_is_left_out_who_could_take_it_on_top(place: int) -> None:
    roster, situation, policy = month()
    duty = roster.planned[place % len(roster.planned)]
    standing = Standing(roster, situation, policy)
    busy = {each.agent for each in roster.planned if each.day == duty.day}
    able = {
        agent.id
        for agent in situation.agents
        if agent.id not in busy and standing.verdict(changes_of([Leg(duty, agent.id)])).allowed
    }
    answer = partners(roster, situation, policy, duty)
    assert able <= {found.agent for found in answer.found}
    assert not able & {each.agent for each in answer.hindered}


@pytest.mark.parametrize("place", [5, 40, 77])
def test_who_cannot_has_a_rule_that_says_why(place: int) -> None:
    roster, situation, policy = month()
    duty = roster.planned[place]
    for each in partners(roster, situation, policy, duty).hindered:
        assert each.breach.hard
        assert each.breach.about.agent is not None
        assert each.breach.about.agent.id == each.agent
