"""The problem: what is given, by which rules, from where to start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from constraints.policy import Policy
from constraints.rules.cells import FixedCells
from constraints.rules.stability import Stability
from domain.requests import Pin
from domain.roster import Duty, Roster
from domain.situation import Situation

Cell = tuple[str, date]
"""A person and a day."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A month to be rostered. Read once, handed over as a value."""

    situation: Situation
    policy: Policy
    start: Roster | None = None
    """A roster to begin from, clean or not."""
    held: frozenset[Cell] = frozenset()
    """Cells that stay as the start has them; what is broken among them alone is not this problem's to mend."""


def near(problem: Problem, published: Roster) -> Problem:
    """The problem with what was published: the search begins there; a policy without the rule of stability gets it."""
    policy = problem.policy
    if not any(isinstance(rule, Stability) for rule in policy.rules):
        policy = policy.model_copy(update={"rules": (*policy.rules, Stability())})
    return Problem(replace(problem.situation, published=published.planned), policy, published)


def holding(problem: Problem, start: Roster, possible: Callable[[Duty], bool], free: Callable[[Cell], bool]) -> Problem:
    """The problem whose cells stay as a roster has them, but for the free ones; a held duty that cannot be is rest."""
    given, duties = problem.situation, {(duty.agent, duty.day): duty for duty in start.planned}
    cells = [(agent.id, day) for agent in given.agents for day in given.horizon if not free((agent.id, day))]
    kept = {cell: duties[cell] for cell in cells if cell in duties and possible(duties[cell])}
    held = frozenset(cells)
    pins = [Pin(agent, day, kept[agent, day].shift if (agent, day) in kept else None) for agent, day in cells]
    others = [pin for pin in given.pins if (pin.agent, pin.day) not in held]
    left = [duty for cell, duty in duties.items() if cell not in held or cell in kept]
    policy = problem.policy
    if not any(isinstance(rule, FixedCells) for rule in policy.rules):
        policy = policy.model_copy(update={"rules": (*policy.rules, FixedCells())})
    start = Roster.of(start.horizon, (*given.history, *left))
    return Problem(replace(given, pins=(*others, *pins)), policy, start, held)


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
