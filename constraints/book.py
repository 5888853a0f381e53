"""The book of duties that rules read: all possible duties for a solver, the worked ones for the evaluator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Self

from constraints.given import Given, Minutes
from constraints.timetable import Placed, Timetable
from domain.people import Agent
from domain.roster import Duty
from domain.situation import Situation
from domain.time import Days

_order = attrgetter("day", "agent", "shift", "work", "breaks")
_start = attrgetter("placed.start")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A duty in the book, placed on the absolute clock. Entries are compared by identity: fast as keys."""

    duty: Duty
    agent: Agent
    placed: Placed
    fixed: bool
    """It lies in the history: a fact that no solver can undo."""
    skills: frozenset[str]
    """The certificates that the person holds from the first to the last minute."""

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

    @property
    def standby(self) -> bool:
        """Whether it is spent on standby, away from the premises."""
        return self.placed.response is not None

    def may(self, skill: str) -> bool:
        """Whether the person holds a certificate for the skill from the first to the last minute."""
        return skill in self.skills

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the duty shares a minute with a span of the absolute clock."""
        return self.placed.start < end and start < self.placed.end


def entered(given: Given, duty: Duty) -> Entry:
    """A duty as an entry of a book."""
    agent, placed = given.person(duty.agent), given.placed(duty)
    fixed = duty.day < given.situation.horizon.first
    return Entry(duty, agent, placed, fixed, given.skills(agent, duty.day, placed.last_day))


class Book:
    """Entries by person and day over history and horizon, in one order for everybody."""

    def __init__(self, situation: Situation, duties: Iterable[Duty], given: Given | None = None) -> None:
        """Enter the history of the situation and these duties; what is given is looked up once for many books."""
        self.given = given or Given(situation)
        self.entries = tuple(entered(self.given, duty) for duty in sorted({*situation.history, *duties}, key=_order))
        self.agents = situation.agents
        self.windows: tuple[Minutes, ...] | None = None

    @property
    def situation(self) -> Situation:
        """All that is given before anybody is assigned."""
        return self.given.situation

    @property
    def horizon(self) -> Days:
        """The days to be planned."""
        return self.given.situation.horizon

    @property
    def timetable(self) -> Timetable:
        """When each shift starts, ends and is available."""
        return self.given.timetable

    def only(self, wanted: Callable[[Entry], bool]) -> Self:
        """The same book with these entries alone."""
        return self.holding(filter(wanted, self.entries))

    def holding(self, entries: Iterable[Entry]) -> Self:
        """The same book with these entries, in their order, and no others."""
        other = copy(self)
        other.__dict__.pop("_cells", None)
        other.__dict__.pop("_people", None)
        other.entries = tuple(entries)
        return other

    def watching(self, agents: Set[str]) -> Self:
        """The same book, with personal rules looking at these people alone."""
        narrow = copy(self)
        narrow.agents = tuple(agent for agent in self.agents if agent.id in agents)
        return narrow

    def within(self, windows: Iterable[Minutes]) -> Self:
        """The same book, with the rules of the site looking at these minutes alone."""
        narrow = copy(self)
        narrow.windows = tuple(windows)
        return narrow

    @cached_property
    def _cells(self) -> dict[tuple[str, date], tuple[Entry, ...]]:
        cells: defaultdict[tuple[str, date], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            cells[entry.duty.agent, entry.duty.day].append(entry)
        return {cell: tuple(entries) for cell, entries in cells.items()}

    @cached_property
    def _people(self) -> dict[str, tuple[Entry, ...]]:
        people: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            people[entry.duty.agent].append(entry)
        return {agent: tuple(sorted(entries, key=_start)) for agent, entries in people.items()}

    def cell(self, agent: Agent, day: date) -> tuple[Entry, ...]:
        """The entries of one person that start on one day."""
        return self._cells.get((agent.id, day), ())

    def of(self, agent: Agent) -> tuple[Entry, ...]:
        """The entries of one person, by start."""
        return self._people.get(agent.id, ())
