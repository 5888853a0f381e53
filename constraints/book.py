"""The book of duties that rules read: all possible duties for a solver, the worked ones for the evaluator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Self

from constraints.timetable import Placed, timetable
from domain.people import Agent
from domain.roster import Duty
from domain.situation import Situation

_order = attrgetter("day", "agent", "shift", "work")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A duty in the book, placed on the absolute clock. Entries are compared by identity: fast as keys."""

    duty: Duty
    agent: Agent
    placed: Placed
    fixed: bool
    """It lies in the history: a fact that no solver can undo."""

    @property
    def day(self) -> date:
        """The local day on which the duty starts."""
        return self.duty.day

    @property
    def start(self) -> int:
        """First minute of presence on the absolute clock."""
        return self.placed.start

    @property
    def end(self) -> int:
        """First minute after presence on the absolute clock."""
        return self.placed.end

    @property
    def paid(self) -> int:
        """Paid minutes."""
        return self.placed.paid

    @property
    def night(self) -> bool:
        """Whether it is a night duty."""
        return self.placed.night

    def may(self, skill: str) -> bool:
        """Whether the person holds a certificate for the skill from the first to the last minute."""
        return self.agent.may(skill, self.duty.day) and self.agent.may(skill, self.placed.last_day)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the duty shares a minute with a span of the absolute clock."""
        return self.placed.start < end and start < self.placed.end


class Book:
    """Entries by person and day over history and horizon, in one order for everybody."""

    def __init__(self, situation: Situation, duties: Iterable[Duty]) -> None:
        """Enter the history of the situation and these duties."""
        self.situation = situation
        self.horizon = situation.horizon
        self.timetable = timetable(situation.site)
        people = {agent.id: agent for agent in situation.agents}
        self.agents = situation.agents
        self.entries = tuple(
            Entry(
                duty,
                people.get(duty.agent) or situation.agent(duty.agent),
                self.timetable.placed(duty.shift, duty.day),
                fixed=duty.day < self.horizon.first,
            )
            for duty in sorted({*situation.history, *duties}, key=_order)
        )

    def watching(self, agents: Set[str]) -> Self:
        """The same book, with personal rules looking at these people alone."""
        narrow = copy(self)
        narrow.agents = tuple(agent for agent in self.agents if agent.id in agents)
        return narrow

    @cached_property
    def _cells(self) -> dict[tuple[str, date], tuple[Entry, ...]]:
        cells: defaultdict[tuple[str, date], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            cells[entry.duty.agent, entry.day].append(entry)
        return {cell: tuple(entries) for cell, entries in cells.items()}

    @cached_property
    def _people(self) -> dict[str, tuple[Entry, ...]]:
        people: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            people[entry.duty.agent].append(entry)
        return {agent: tuple(sorted(entries, key=lambda entry: entry.start)) for agent, entries in people.items()}

    def cell(self, agent: Agent, day: date) -> tuple[Entry, ...]:
        """The entries of one person that start on one day."""
        return self._cells.get((agent.id, day), ())

    def of(self, agent: Agent) -> tuple[Entry, ...]:
        """The entries of one person, by start."""
        return self._people.get(agent.id, ())

    @cached_property
    def away(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Approved leave of each person, as minutes of the absolute clock."""
        spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for leave in self.situation.leaves:
            spans[leave.agent].append((self.timetable.day(leave.days.first)[0], self.timetable.day(leave.days.last)[1]))
        return {agent: tuple(found) for agent, found in spans.items()}
