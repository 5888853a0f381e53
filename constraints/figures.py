"""A roster in numbers: each person's hours and burdens, and the cover of every need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from constraints.book import Book
from constraints.check import worked_book
from constraints.rules.cover import serving
from constraints.rules.fairness import Burden, carries
from constraints.rules.hours import leave_halves, owed_minutes
from constraints.rules.wishes import met
from constraints.timeline import available, meeting, stretches
from domain.demand import Need
from domain.people import Agent
from domain.roster import Duty, Roster
from domain.situation import Situation
from domain.time import minute


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's month."""

    agent: Agent
    duties: dict[date, Duty]
    owed_minutes: int
    paid_minutes: int
    nights: int
    weekends: int
    holidays: int
    leave_days: float
    wishes: int
    wishes_met: int

    @property
    def overtime_minutes(self) -> int:
        """Paid beyond the contract; negative where less."""
        return self.paid_minutes - self.owed_minutes


@dataclass(frozen=True, slots=True)
class Covered:
    """A need and the fewest people available at any of its minutes."""

    need: Need
    heads: int

    @property
    def short(self) -> int:
        """Heads missing."""
        return max(0, self.need.heads - self.heads)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How much of the need is covered, and what is missing."""

    covered_share: float
    person_minutes: int


def shortfall(covered: Iterable[Covered]) -> Shortfall:
    """Add up what is missing over all needs."""
    covered = tuple(covered)
    needed = sum(found.need.heads * found.need.span.minutes for found in covered)
    short = sum(found.short * found.need.span.minutes for found in covered)
    return Shortfall(1 - short / needed if needed else 1.0, short)


def month_of(roster: Roster, situation: Situation, agent_id: str) -> PersonMonth:
    """One person's month; the duties of the others are not looked at."""
    own = Roster(roster.horizon, tuple(duty for duty in roster.planned if duty.agent == agent_id))
    past = tuple(duty for duty in situation.history if duty.agent == agent_id)
    return _month(worked_book(own, replace(situation, history=past)), situation.agent(agent_id))


def months(roster: Roster, situation: Situation) -> tuple[PersonMonth, ...]:
    """Every person's month, in the order of the people."""
    book = worked_book(roster, situation)
    return tuple(_month(book, agent) for agent in situation.agents)


def cover(roster: Roster, situation: Situation) -> tuple[Covered, ...]:
    """The people available for every need."""
    book = worked_book(roster, situation)
    covered: list[Covered] = []
    for work in situation.site.works:
        needs = [need for need in situation.requirement.needs if need.work == work.id]
        if needs:
            covered += _covered(book, needs)
    return tuple(covered)


def _month(book: Book, agent: Agent) -> PersonMonth:
    entries = [entry for entry in book.of(agent) if not entry.fixed]
    burden = Counter(kind for entry in entries for kind in Burden if carries(book, kind, entry))
    leave = leave_halves(book.given.leaves.get(agent.id, ()), book.horizon)
    wishes = [met(book, agent, wish) for wish in book.given.wishes.get(agent.id, ()) if wish.day in book.horizon]
    return PersonMonth(
        agent,
        {entry.day: entry.duty for entry in entries},
        owed_minutes(book.given, agent),
        sum(entry.paid for entry in entries),
        burden[Burden.NIGHTS],
        burden[Burden.WEEKENDS],
        burden[Burden.HOLIDAYS],
        sum(leave.values()) / 2,
        len(wishes),
        sum(wishes),
    )


def _covered(book: Book, needs: list[Need]) -> list[Covered]:
    """Count heads over every stretch that a need of one work meets; the fewest count."""
    needs = sorted(needs, key=lambda need: minute(need.span.start))
    spans = [(minute(need.span.start), minute(need.span.end)) for need in needs]
    line = list(stretches(book, serving(needs[0].work), available, spans[0][0], spans[-1][1]))
    return [
        Covered(need, min(sum(map(len, stretch.teams)) for stretch in met))
        for need, met in zip(needs, meeting(line, spans), strict=True)
    ]
