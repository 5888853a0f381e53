"""Several clearly different good rosters to choose from: each leans towards something else that people care about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from constraints.check import check
from constraints.policy import Policy
from constraints.price import Price, Step
from constraints.rule import Rule
from domain.language import Text
from domain.roster import Roster
from scheduler.problem import Limits, Problem
from scheduler.search import Stop
from scheduler.solve import solve
from scheduler.whatif import Figures, figures

LEAN: Final = 5
"""What a candidate cares about most counts so many times."""
DIFFERENT: Final = 0.15
"""Two rosters are clearly different when so large a part of their duties differs."""

LEANINGS: Final[tuple[tuple[Text, frozenset[str]], ...]] = (
    (Text("均衡", "balanced"), frozenset()),
    (Text("需求优先", "cover first"), frozenset({"requirement", "surplus", "reserve"})),
    (Text("公平优先", "fairness first"), frozenset({"fair-share"})),
    (Text("意愿优先", "wishes first"), frozenset({"wishes"})),
    (Text("工时优先", "hours first"), frozenset({"contract-hours", "pay"})),
    (Text("少改动优先", "stability first"), frozenset({"stability"})),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A roster with what it leans to, judged by the site's own prices."""

    name: Text
    roster: Roster
    figures: Figures
    differs: float
    """Part of the duties that differs from the first candidate."""


def candidates(problem: Problem, limits: Limits, count: int = 3, stop: Stop = lambda: False) -> tuple[Candidate, ...]:
    """Up to so many rosters that differ clearly, the balanced one first; the time is shared out among them."""
    leanings = [(name, kinds) for name, kinds in LEANINGS if not kinds or kinds & _priced(problem)][: count + 1]
    share = replace(limits, seconds=limits.seconds / max(1, len(leanings)))
    found: list[Candidate] = []
    for name, kinds in leanings:
        if len(found) == count or stop():
            break
        roster = solve(replace(problem, policy=leaning(problem.policy, kinds)), share, stop=stop).roster
        if roster is not None and all(distance(roster, other.roster) >= DIFFERENT for other in found):
            report = check(roster, problem.situation, problem.policy)
            differs = distance(roster, found[0].roster) if found else 0.0
            found.append(Candidate(name, roster, figures(problem.situation, roster, report), differs))
    return tuple(found)


def leaning(policy: Policy, kinds: Iterable[str]) -> Policy:
    """The policy with the prices of some kinds of rules multiplied."""
    dear = set(kinds)
    rules = tuple(_dearer(rule) if rule.kind in dear and rule.price else rule for rule in policy.rules)
    return Policy(rules=rules, law=policy.law)


def distance(one: Roster, other: Roster) -> float:
    """The part of the duties of both that only one of them has, wherever their breaks lie."""
    first, second = ({replace(duty, breaks=()) for duty in roster.planned} for roster in (one, other))
    both = len(first) + len(second)
    return len(first ^ second) / both if both else 0.0


def _dearer(rule: Rule) -> Rule:
    assert rule.price is not None  # noqa: S101 - asked only of priced rules
    steps = tuple(Step(units=step.units, each=step.each * LEAN) for step in rule.price.steps)
    return rule.model_copy(update={"price": Price(steps=steps)})


def _priced(problem: Problem) -> set[str]:
    return {rule.kind for rule in problem.policy.rules if rule.price is not None}
