"""Who could take a duty that somebody would give, on top or in exchange, ranked by fit; and why the others cannot.

Personal rules are asked of everybody, for they rule most out; what a swap does to the site is asked of the best alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from constraints.breach import Breach
from constraints.policy import Policy
from constraints.rules.hours import slack_minutes
from constraints.verdict import Standing
from domain.people import Agent
from domain.requests import Wish, WishKind
from domain.roster import Duty, Roster, replaced
from domain.situation import Situation
from domain.swaps import Leg, changes_of

SHOWN: Final = 12
"""So many of the best are judged by every rule and shown."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who may take a duty, what he would give for it, and how well that fits."""

    agent: str
    returns: Duty | None
    """The duty that would come back; None: he takes it on top of his."""
    cost: int
    """What the roster would cost more, or less."""
    wishes: int
    """Weight of his wishes that it meets, less those that it crosses."""
    slack: int
    """Minutes that his month lies below his contract before it."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """Somebody who cannot, and the rule that stands against it."""

    agent: str
    breach: Breach


@dataclass(frozen=True, slots=True)
class Partners:
    """The answer for one duty."""

    found: tuple[Partner, ...]
    hindered: tuple[Hindered, ...]
    more: int
    """Legal for their person, and not among the best."""


def partners(roster: Roster, situation: Situation, policy: Policy, duty: Duty, days: Iterable[date] = ()) -> Partners:
    """Who could take a duty: on top, for his duty of that day, or for one of his on the given days."""
    return _Search(roster, situation, policy, duty, frozenset(days)).answer()


@dataclass(frozen=True, slots=True)
class _Offer:
    """A swap that is legal for the other person."""

    legs: tuple[Leg, ...]
    partner: Partner

    @property
    def rank(self) -> tuple[int, int, str]:
        return -self.partner.wishes, -self.partner.slack, self.partner.agent


class _Search:
    """One duty, asked of everybody."""

    def __init__(self, roster: Roster, situation: Situation, policy: Policy, duty: Duty, days: frozenset[date]) -> None:
        self.situation, self.duty, self.days = situation, duty, days | {duty.day}
        self.standing = Standing(roster, situation, policy)
        self._by_person: defaultdict[str, list[Duty]] = defaultdict(list)
        for each in roster.planned:
            self._by_person[each.agent].append(each)
        self._wished: defaultdict[str, list[Wish]] = defaultdict(list)
        for wish in situation.wishes:
            self._wished[wish.agent].append(wish)
        self._takes: dict[tuple[date, str, str], bool] = {}

    def answer(self) -> Partners:
        """Ask everybody, judge the best."""
        offers: list[_Offer] = []
        hindered: list[Hindered] = []
        for agent in self.situation.agents:
            if agent.id == self.duty.agent:
                continue
            found, breach = self._of(agent)
            offers += found
            if not found and breach:
                hindered.append(Hindered(agent.id, breach))
        offers.sort(key=lambda offer: offer.rank)
        best = tuple(sorted(self._judged(offers), key=lambda found: (found.cost, -found.wishes, found.agent)))
        return Partners(best, tuple(hindered), max(0, len(offers) - SHOWN))

    def _of(self, agent: Agent) -> tuple[list[_Offer], Breach | None]:
        """The offers of one person that break none of his own rules; the rule against the plainest if there is none."""
        first: Breach | None = None
        found = []
        for legs in self._legs(agent):
            mine = [change for change in changes_of(legs) if change.agent == agent.id]
            breach = self.standing.hindrance(mine)
            if breach is None:
                found.append(_Offer(legs, self._partner(agent, legs)))
            first = first or breach
        return found, first

    def _legs(self, agent: Agent) -> Iterator[tuple[Leg, ...]]:
        """What could be asked of a person: to take it on top, or for one of his duties that the giver could work."""
        give = Leg(self.duty, agent.id)
        own = self._by_person[agent.id]
        same_day = [duty for duty in own if duty.day == self.duty.day]
        if not same_day:
            yield (give,)
        for back in own:
            if back.day in self.days and (back.day == self.duty.day or not same_day) and self._giver_takes(back):
                legs = give, Leg(back, self.duty.agent)
                if changes_of(legs):
                    yield legs

    def _giver_takes(self, back: Duty) -> bool:
        """Whether the giver could work a duty in place of his; asked once for all who have the same."""
        key = back.day, back.shift, back.work
        if key not in self._takes:
            mine = replace(back, agent=self.duty.agent)
            fits = mine != self.duty and self.standing.hindrance(replaced([self.duty], [mine])) is None
            self._takes[key] = fits
        return self._takes[key]

    def _partner(self, agent: Agent, legs: tuple[Leg, ...]) -> Partner:
        returns = legs[1].duty if len(legs) > 1 else None
        slack = slack_minutes(self.standing.book, agent)
        return Partner(agent.id, returns, 0, self._wishes(agent, returns), slack)

    def _wishes(self, agent: Agent, returns: Duty | None) -> int:
        """Weight of a person's wishes that a swap meets, less those that it crosses."""
        weight = 0
        for wish in self._wished[agent.id]:
            gained = wish.day == self.duty.day and wish.shift in (None, self.duty.shift)
            lost = returns is not None and wish.day == returns.day and wish.shift in (None, returns.shift)
            sign = 1 if wish.kind is WishKind.ON else -1
            weight += sign * wish.weight * (gained - lost)
        return weight

    def _judged(self, offers: Sequence[_Offer]) -> Iterator[Partner]:
        """The best offers that break no rule at all, with what they cost."""
        shown = 0
        for offer in offers:
            if shown == SHOWN:
                return
            verdict = self.standing.verdict(changes_of(offer.legs))
            if verdict.allowed:
                shown += 1
                yield replace(offer.partner, cost=verdict.cost)
