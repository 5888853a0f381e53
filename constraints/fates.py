"""What became of each wish on a roster, and which rule or whose need stood against those that were not met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constraints.breach import Breach
from constraints.policy import Policy
from constraints.rules.wishes import against, met
from constraints.verdict import Standing
from domain.people import Agent
from domain.requests import Wish, WishKind
from domain.roster import Change, Duty, Roster, replaced
from domain.situation import Situation


@dataclass(frozen=True, slots=True)
class Fate:
    """A wish, whether it is met, and the worst of what meeting it on this roster would break."""

    wish: Wish
    granted: bool
    breach: Breach | None = None
    """None where it is met, or where no single rule stands against it: the roster as a whole would be dearer."""


def fates(roster: Roster, situation: Situation, policy: Policy) -> tuple[Fate, ...]:
    """The fate of every wish of the horizon, in the order of the wishes."""
    standing = Standing(roster, situation, policy)
    agents = {agent.id: agent for agent in situation.agents}
    wishes = (wish for wish in situation.wishes if wish.day in situation.horizon and wish.agent in agents)
    return tuple(_fate(standing, agents[wish.agent], wish) for wish in wishes)


def _fate(standing: Standing, agent: Agent, wish: Wish) -> Fate:
    if met(standing.book, agent, wish):
        return Fate(wish, granted=True)
    ways = [_worst(standing, changes) for changes in _ways(standing, agent, wish)]
    return Fate(wish, granted=False, breach=min(ways, key=_weight, default=None))


def _weight(breach: Breach | None) -> tuple[bool, int]:
    """Hard before priced, then by price."""
    return (breach.hard, breach.cost) if breach else (False, 0)


def _ways(standing: Standing, agent: Agent, wish: Wish) -> Iterator[tuple[Change, ...]]:
    """How a wish could be met by changing its person's duties alone."""
    book = standing.book
    gone = [entry.duty for entry in against(book, agent, wish)]
    if wish.kind is not WishKind.ON or wish.shift is None:
        yield replaced(gone, ())
        return
    for shift in book.situation.site.shifts:
        if shift.code == wish.shift:  # a later plan may have dropped it
            yield from (replaced(gone, [Duty(wish.day, agent.id, shift.code, work)]) for work in shift.works)


def _worst(standing: Standing, changes: tuple[Change, ...]) -> Breach | None:
    """The gravest of what changes break: hard before priced, then the dearest; a wish's own price is no reason."""
    broken = [breach for breach in standing.verdict(changes).broken if breach.rule.kind != "wishes"]
    return max(broken, key=_weight, default=None)
