"""The smallest set of demands that clash: found by leaving out one after the other, each time asking a plain solve.

Assumptions inside the solver give no answer in a minute (google/or-tools issue 5141); deletion does in seconds. The
answer has three states: a clash, a month that can be, or not decided in the time given.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ortools.sat.python import cp_model, cp_model_helper

from constraints.book import Book
from constraints.rule import Rule
from constraints.shapes import Shape
from scheduler.exclusion import is_exclusion
from scheduler.fewest import fewest
from scheduler.options import all_duties
from scheduler.posting import Posting
from scheduler.problem import Limits, Problem
from scheduler.variables import Variables

LONGEST = 0.25
"""So much of the time at most goes into one question."""


class Found(StrEnum):
    """How the search for a clash ended."""

    CLASH = "clash"
    SOLVABLE = "solvable"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Demand:
    """What one rule demands of one person, or of the site on one day."""

    rule: Rule
    agent: str | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Demands that cannot all be met."""

    state: Found
    demands: tuple[Demand, ...] = ()
    irreducible: bool = False
    """Whether leaving out any one of them is known to let a roster be."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that clash, each once."""
        return tuple(dict.fromkeys(demand.rule for demand in self.demands))

    def of(self, rule: Rule) -> tuple[Demand, ...]:
        """The demands of one rule."""
        return tuple(demand for demand in self.demands if demand.rule == rule)


def clash(problem: Problem, limits: Limits) -> Clash:
    """Find a smallest clash of the hard rules: rules first, then their days, then their people."""
    return _Deletion(problem, limits).run()


Kept = list[Demand]


class _Deletion:
    """One model of all hard rules whose demands can be left out one by one."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.until = time.monotonic() + limits.seconds
        self.limits = limits
        self.doubt = False
        book = Book(problem.situation, all_duties(problem))
        hard = [rule for rule in problem.policy.rules if rule.price is None]
        self.variables = Variables(book)
        shapes = [(rule, shape) for rule in hard for shape in rule.over(book)]
        self.variables.exclude(shape for _, shape in shapes)
        self.parts = self._post(shapes)

    def _post(self, shapes: Iterable[tuple[Rule, Shape]]) -> dict[Demand, list[int]]:
        """Post every shape but those that every roster keeps anyway, and remember which constraints are whose."""
        posting, parts = Posting(self.variables), defaultdict[Demand, list[int]](list)
        for rule, shape in shapes:
            if is_exclusion(shape):
                continue
            before = len(posting.posted)
            posting.post(shape)
            about = shape.about
            demand = Demand(rule, about.agent.id if about.agent else None, None if about.agent else about.day)
            parts[demand] += posting.posted[before:]
        return dict(parts)

    def run(self) -> Clash:
        """Narrow down from everything."""
        everything = list(self.parts)
        possible = self._possible(everything)
        if possible is not False:
            return Clash(Found.SOLVABLE if possible else Found.UNDECIDED)
        kept = self._fewer_rules(everything)
        kept = self._fewer(kept, lambda demand: demand.day is not None)
        kept = self._fewer(kept, lambda demand: demand.day is None)
        return Clash(Found.CLASH, tuple(kept), irreducible=not self.doubt)

    def _fewer_rules(self, kept: Kept) -> Kept:
        """Leave out whole rules, the last of the policy first."""
        for rule in reversed(list(dict.fromkeys(demand.rule for demand in kept))):
            without = [demand for demand in kept if demand.rule != rule]
            if self._clashes(without):
                kept = without
        return kept

    def _fewer(self, kept: Kept, some: Callable[[Demand], bool]) -> Kept:
        """Leave out as many of some of the demands as goes; the others stay."""

        def beside_others(stay: tuple[Demand, ...]) -> Kept:
            staying = set(stay)
            return [demand for demand in kept if not some(demand) or demand in staying]

        return beside_others(fewest(tuple(filter(some, kept)), lambda stay: self._clashes(beside_others(stay))))

    def _clashes(self, kept: Kept) -> bool:
        """Whether these still clash; in doubt they are taken for possible, and the doubt is remembered."""
        possible = self._possible(kept)
        self.doubt |= possible is None
        return possible is False

    def _possible(self, kept: Kept) -> bool | None:
        """Whether a roster meets these demands; None if that is not decided in time."""
        left = self.until - time.monotonic()
        if left <= 0:
            return None
        model = self.variables.model.clone()
        nothing, stay = cp_model_helper.ConstraintProto(), set(kept)
        for demand, numbers in self.parts.items():
            if demand not in stay:
                for number in numbers:
                    model.proto.constraints[number].copy_from(nothing)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.limits.threads
        solver.parameters.random_seed = self.limits.seed
        solver.parameters.max_time_in_seconds = min(left, max(1.0, LONGEST * self.limits.seconds))
        status = solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return True
        return False if status == cp_model.INFEASIBLE else None
