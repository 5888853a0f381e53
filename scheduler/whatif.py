"""What if: a problem branched, people, rules or demand changed, each branch solved, and the figures side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from constraints.check import Report
from constraints.figures import cover, months, shortfall
from domain.language import Text
from domain.roster import Roster
from domain.situation import Situation
from scheduler.problem import Limits, Problem
from scheduler.result import Result
from scheduler.search import Stop
from scheduler.solve import solve


@dataclass(frozen=True, slots=True)
class Figures:
    """A roster in the numbers that a scheduler compares."""

    score: int
    hard: int
    covered: float
    """Share of the need that is covered."""
    short_minutes: int
    overtime_minutes: int
    wishes: int
    wishes_met: int
    costs: dict[str, int]
    """The price by kind of rule."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A problem that differs from another, under a name."""

    name: Text
    problem: Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a branch; no figures where no roster was found."""

    branch: Branch
    result: Result
    figures: Figures | None


def compare(branches: Iterable[Branch], limits: Limits, stop: Stop = lambda: False) -> tuple[Outcome, ...]:
    """Solve every branch with the same means; a branch without a start begins from the roster of the first."""
    found: list[Outcome] = []
    for branch in branches:
        first = found[0].result.roster if found else None
        result = solve(_begun(branch.problem, first), limits, stop=stop)
        found.append(Outcome(branch, result, _figures(branch.problem.situation, result)))
    return tuple(found)


def _begun(problem: Problem, first: Roster | None) -> Problem:
    """The problem with a start: the duties of the first roster that its people still can have."""
    if problem.start or first is None:
        return problem
    known = {agent.id for agent in problem.situation.agents}
    kept = (duty for duty in first.duties if duty.agent in known)
    return replace(problem, start=Roster.of(first.horizon, kept))


def _figures(situation: Situation, result: Result) -> Figures | None:
    if result.roster is None or result.report is None:
        return None
    return figures(situation, result.roster, result.report)


def figures(situation: Situation, roster: Roster, report: Report) -> Figures:
    """The numbers of a judged roster."""
    short = shortfall(cover(roster, situation))
    people = months(roster, situation)
    costs: Counter[str] = Counter()
    for breach in report.priced:
        costs[breach.rule.kind] += breach.cost
    return Figures(
        report.score,
        len(report.hard),
        short.covered_share,
        short.person_minutes,
        sum(max(0, month.overtime_minutes) for month in people),
        sum(month.wishes for month in people),
        sum(month.wishes_met for month in people),
        dict(costs),
    )
