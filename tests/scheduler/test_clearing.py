"""Clearing: legal, within everybody's terms, and the best there is (every other way is tried on small markets)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.verdict import Standing
from domain.roster import Duty
from domain.swaps import Leg, changes_of
from scheduler.clearing import LONGEST, Posted, _rings, clear, pairwise
from tests.scheduler.test_partners import month

DAYS = [date(2026, 12, day) for day in range(5, 32)]


@st.composite
def markets(draw: st.DrawFn, most: int = 6) -> list[Posted]:
    """Posts of different duties, with wanted days."""
    roster, _, _ = month()
    late = [duty for duty in roster.planned if duty.day.day >= 5]
    duties = draw(st.lists(st.sampled_from(late), min_size=2, max_size=most, unique=True))
    wanted = st.frozensets(st.sampled_from(DAYS), min_size=8, max_size=20)
    return [Posted(duty, draw(wanted)) for duty in duties]


def best_of_all(posts: list[Posted]) -> int:
    """The most wishes that any legal set of rings meets: all permutations are tried."""
    roster, situation, policy = month()
    standing, best = Standing(roster, situation, policy), 0
    for taken in permutations(range(len(posts))):
        edges = [(taker, giver) for taker, giver in enumerate(taken) if taker != giver]
        if len(edges) > best and all(fits(posts, *edge) for edge in edges):
            rings = list(_rings(edges))
            short = all(len(ring) <= LONGEST for ring in rings)
            if short and all(allowed(standing, posts, part) for part in (*rings, edges)):
                best = len(edges)
    return best


def allowed(standing: Standing, posts: list[Posted], edges: Iterable[tuple[int, int]]) -> bool:
    """Whether no rule stands against it; each ring is decided on its own, so each must be legal alone, too."""
    legs = [Leg(posts[giver].duty, posts[taker].duty.agent) for taker, giver in edges]
    return standing.verdict(changes_of(legs)).allowed


def fits(posts: list[Posted], taker: int, giver: int) -> bool:
    own, other = posts[taker], posts[giver]
    same = replace(other.duty, agent=own.duty.agent) == own.duty  # a swap of two equal duties is none
    return own.duty.agent != other.duty.agent and own.takes(other.duty) and not same


@settings(max_examples=25, deadline=None)
@given(markets())
def test_no_other_legal_set_of_rings_meets_more_wishes(posts: list[Posted]) -> None:
    found = clear(*month(), posts)
    assert found.proved
    assert found.met == found.bound == best_of_all(posts)


@settings(max_examples=25, deadline=None)
@given(markets(most=16))
def test_what_is_cleared_is_legal_and_within_everybodys_terms(posts: list[Posted]) -> None:
    roster, situation, policy = month()
    found = clear(roster, situation, policy, posts)
    legs = [leg for ring in found.rings for leg in ring]
    assert found.met == len(legs) >= 2 * len(pairwise(roster, situation, policy, posts)) * (found.proved)
    assert Standing(roster, situation, policy).verdict(changes_of(legs)).allowed
    by_duty = {post.duty: post for post in posts}
    for ring in found.rings:
        assert 2 <= len(ring) <= LONGEST
        for own, come in pairs(ring):
            assert by_duty[own].takes(come)
    assert len({leg.duty for leg in legs}) == len(legs)


def pairs(ring: tuple[Leg, ...]) -> Iterator[tuple[Duty, Duty]]:
    """What each gives, and what he gets for it."""
    taken = {leg.taker: leg.duty for leg in ring}
    return ((leg.duty, taken[leg.giver]) for leg in ring if leg.giver in taken)


def test_an_empty_board_is_cleared_at_once() -> None:
    found = clear(*month(), [])
    assert (found.rings, found.met, found.bound, found.proved) == ((), 0, 0, True)
