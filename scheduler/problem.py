"""The problem: what is given, by which rules, from where to start."""

from __future__ import annotations

from dataclasses import dataclass, replace

from constraints.policy import Policy
from constraints.rules.stability import Stability
from domain.roster import Roster
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class Problem:
    """A month to be rostered. Read once, handed over as a value."""

    situation: Situation
    policy: Policy
    start: Roster | None = None
    """A roster to begin from, clean or not."""


def near(problem: Problem, published: Roster) -> Problem:
    """The problem with what was published: the search begins there; a policy without the rule of stability gets it."""
    policy = problem.policy
    if not any(isinstance(rule, Stability) for rule in policy.rules):
        policy = policy.model_copy(update={"rules": (*policy.rules, Stability())})
    return Problem(replace(problem.situation, published=published.planned), policy, published)


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop and with what means; one thread and a work limit make a run repeatable."""

    seconds: float = 60.0
    threads: int = 2
    seed: int = 1
    work: float | None = None
    """Limit in the solver's own deterministic seconds."""

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.threads < 1:
            raise ValueError("seconds and threads must be positive")
