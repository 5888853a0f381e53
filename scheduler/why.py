"""One cell explained: why this duty, and why not another, by the verdict and the price of the one change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from constraints.policy import Policy
from constraints.verdict import Standing, Verdict
from domain.language import Refusal, Text, day_text
from domain.roster import Change, Duty, Roster
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else a cell could hold (None: rest), and what that would break, heal and cost."""

    duty: Duty | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands, and its alternatives: the allowed ones first, the cheapest before the dear."""

    agent: str
    day: date
    duty: Duty | None
    alternatives: tuple[Alternative, ...]

    @property
    def best(self) -> bool:
        """Whether no allowed change of this cell alone would lower the price."""
        return not any(other.verdict.allowed and other.verdict.cost < 0 for other in self.alternatives)


def why(roster: Roster, situation: Situation, policy: Policy, agent: str, day: date) -> Cell:
    """Explain one cell of the horizon by every other duty that could stand in it, and by rest."""
    if day not in roster.horizon:
        words = Text("{day}不在排班月内", "{day} is not in the month of the roster")
        raise Refusal(words.filled(day=day_text(day)))
    person = situation.agent(agent)
    here = next((duty for duty in roster.planned if (duty.agent, duty.day) == (person.id, day)), None)
    standing = Standing(roster, situation, policy)
    others = [other for other in _others(situation, agent, day) if other != here]
    found = _ranked(Alternative(other, standing.verdict([Change(agent, day, here, other)])) for other in others)
    return Cell(agent, day, here, tuple(_best_layouts(found)))


def _ranked(alternatives: Iterable[Alternative]) -> list[Alternative]:
    """The allowed ones first, the cheapest before the dear."""
    return sorted(alternatives, key=lambda other: (not other.verdict.allowed, other.verdict.cost))


def _best_layouts(ranked: Iterable[Alternative]) -> Iterator[Alternative]:
    """Of each shift and work the best laying of its breaks alone."""
    seen: set[tuple[str, str] | None] = set()
    for other in ranked:
        kind = (other.duty.shift, other.duty.work) if other.duty else None
        if kind not in seen:
            seen.add(kind)
            yield other


def _others(situation: Situation, agent: str, day: date) -> Iterator[Duty | None]:
    yield None
    for shift in situation.site.shifts:
        for work, layout in product(shift.works, shift.layouts):
            yield Duty(day, agent, shift.code, work, layout)
