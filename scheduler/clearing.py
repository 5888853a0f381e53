"""Clearing: of all wishes to change, the largest set that can be met at once, in exchanges and rings.

Each posted duty goes to somebody who posted one, too, and would take it for his; nobody gives without getting what he
asked for. The assignment is solved by CP-SAT with every pair that a person's own rules allow. What only shows together
(a ring that is too long, two duties of one person, the rules of the site) is cut off and the rest solved anew, so the
last solution is the best of all legal ones: kidney exchange by cycles, Roth, Sönmez and Ünver (2004).
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ortools.sat.python import cp_model

from constraints.policy import Policy
from constraints.verdict import Standing
from domain.roster import Change, Duty, Roster, replaced
from domain.situation import Situation
from domain.swaps import Leg, changes_of

LONGEST: Final = 5
"""People in a ring."""
Edge = tuple[int, int]
"""The poster of the first takes the duty of the second."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A duty that its person would give for one of these days and shifts; none named: any."""

    duty: Duty
    days: frozenset[date] = frozenset()
    shifts: frozenset[str] = frozenset()
    weight: int = 1

    def takes(self, duty: Duty) -> bool:
        """Whether a duty would do in return."""
        return (not self.days or duty.day in self.days) and (not self.shifts or duty.shift in self.shifts)


@dataclass(frozen=True, slots=True)
class Cleared:
    """The rings to be done, each all or nothing, and how good that is."""

    rings: tuple[tuple[Leg, ...], ...]
    met: int
    """Weight of the wishes that are met."""
    bound: int
    """Weight that no legal set can pass."""
    proved: bool
    rounds: int
    """How often something was cut off."""


def clear(
    roster: Roster, situation: Situation, policy: Policy, posts: Sequence[Posted], seconds: float = 10
) -> Cleared:
    """The best set of exchanges and rings among posted duties, under every rule."""
    market = _Market(roster, situation, policy, tuple(posts))
    return market.cleared(time.monotonic() + seconds)


@dataclass
class _Market:
    """Posts, and who could take which."""

    roster: Roster
    situation: Situation
    policy: Policy
    posts: tuple[Posted, ...]
    cuts: list[frozenset[Edge]] = field(default_factory=list)
    """Sets of edges of which not all may be chosen."""

    def __post_init__(self) -> None:
        self.standing = Standing(self.roster, self.situation, self.policy)
        count = Counter(post.duty.agent for post in self.posts)
        self.several = {agent for agent, posts in count.items() if posts > 1}
        self.edges = [edge for edge in self._pairs() if self._suits(edge)]

    def cleared(self, until: float) -> Cleared:
        """Solve, look, cut, until what comes out is legal as a whole."""
        rounds, bound = 0, sum(post.weight for post in self.posts)
        while True:
            chosen, best, proved = self._solve(until)
            bound = min(bound, best)
            rings = list(_rings(chosen))
            wrong = list(self._wrong(rings))
            if not wrong or time.monotonic() > until:
                legal = [] if wrong else rings
                met = sum(self.posts[node].weight for ring in legal for node, _ in ring)
                legs = tuple(tuple(self._leg(edge) for edge in ring) for ring in legal)
                return Cleared(legs, met, bound, proved and not wrong, rounds)
            self.cuts += wrong
            rounds += 1

    def _pairs(self) -> Iterator[Edge]:
        """Who would take what."""
        for taker, post in enumerate(self.posts):
            for giver, other in enumerate(self.posts):
                if post.duty.agent != other.duty.agent and post.takes(other.duty):
                    yield taker, giver

    def _suits(self, edge: Edge) -> bool:
        """Whether his own rules let a person work the other's duty in place of his; of several it shows together."""
        mine, taken = self.posts[edge[0]].duty, self._leg(edge).taken
        if mine == taken or mine.agent in self.several:
            return mine != taken
        return self.standing.hindrance(replaced([mine], [taken])) is None

    def _leg(self, edge: Edge) -> Leg:
        taker, giver = edge
        return Leg(self.posts[giver].duty, self.posts[taker].duty.agent)

    def _solve(self, until: float) -> tuple[list[Edge], int, bool]:
        """The best assignment within the cuts so far: each post gives and takes once, or not at all."""
        model = cp_model.CpModel()
        chosen = {edge: model.new_bool_var(f"{edge}") for edge in self.edges}
        gives, takes = defaultdict(list), defaultdict(list)
        for (taker, giver), bit in chosen.items():
            takes[taker].append(bit)
            gives[giver].append(bit)
        for node in range(len(self.posts)):
            model.add(sum(takes[node]) == sum(gives[node]))
            model.add_at_most_one(takes[node])
        for cut in self.cuts:
            model.add(sum(chosen[edge] for edge in cut) <= len(cut) - 1)
        model.maximize(sum(self.posts[taker].weight * bit for (taker, _), bit in chosen.items()))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.1, until - time.monotonic())
        solver.parameters.num_workers = 2
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return [], sum(post.weight for post in self.posts), False
        found = [edge for edge, bit in chosen.items() if solver.boolean_value(bit)]
        return found, int(solver.best_objective_bound), status == cp_model.OPTIMAL

    def _wrong(self, rings: Sequence[tuple[Edge, ...]]) -> Iterator[frozenset[Edge]]:
        """What may not be chosen together: rings that are too long or break a rule, else what they break as a whole."""
        alone = [cut for ring in rings for cut in self._cuts_of(ring)]
        yield from alone
        if not alone and rings and not self._allowed(rings):
            yield self._smallest(rings)

    def _cuts_of(self, ring: tuple[Edge, ...]) -> Iterator[frozenset[Edge]]:
        """What is wrong with one ring: no way of so many steps lies in a ring that is short enough; or a rule."""
        if len(ring) > LONGEST:
            around = ring + ring[: LONGEST - 1]
            yield from (frozenset(around[place : place + LONGEST]) for place in range(len(ring)))
        elif not self._allowed([ring]):
            yield frozenset(ring)

    def _smallest(self, rings: Sequence[tuple[Edge, ...]]) -> frozenset[Edge]:
        """Rings that break a rule together, none of which can be left out."""
        kept = list(rings)
        for ring in rings:
            fewer = [other for other in kept if other is not ring]
            if not self._allowed(fewer):
                kept = fewer
        return frozenset(edge for ring in kept for edge in ring)

    def _allowed(self, rings: Iterable[tuple[Edge, ...]]) -> bool:
        changes = changes_of([self._leg(edge) for ring in rings for edge in ring])
        return self.standing.verdict(changes).allowed


def _rings(edges: Iterable[Edge]) -> Iterator[tuple[Edge, ...]]:
    """The rings of an assignment."""
    following = dict(edges)
    while following:
        start, node = next(iter(following.items()))
        ring = [(start, following.pop(start))]
        while node != start:
            ring.append((node, following.pop(node)))
            node = ring[-1][1]
        yield tuple(ring)


def pairwise(
    roster: Roster, situation: Situation, policy: Policy, posts: Sequence[Posted]
) -> tuple[tuple[Leg, ...], ...]:
    """What first come, first served makes of the same wishes: exchanges of two, each as soon as there is a partner."""
    standing, done, found = Standing(roster, situation, policy), set[int](), list[tuple[Leg, ...]]()
    changes: tuple[Change, ...] = ()
    for late, post in enumerate(posts):
        for early in range(late):
            other = posts[early]
            if early in done or other.duty.agent == post.duty.agent:
                continue
            if not (post.takes(other.duty) and other.takes(post.duty)):
                continue
            legs = Leg(post.duty, other.duty.agent), Leg(other.duty, post.duty.agent)
            tried = (*changes, *changes_of(legs))
            if changes_of(legs) and standing.verdict(tried).allowed:
                changes = tried
                done |= {late, early}
                found.append(legs)
                break
    return tuple(found)
