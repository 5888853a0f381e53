"""A problem made ready for column generation: every person's pricer and the rows that couple them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from constraints.book import Book
from constraints.shapes import AnyOf, Cover, Entries, Run, Shape, Succession
from domain.roster import Duty, Roster
from scheduler.columns.choices import TooWide, choices_of
from scheduler.columns.clock import Clock
from scheduler.columns.coupling import Tables, couple
from scheduler.columns.person import Column, Common, Person
from scheduler.columns.reader import read_person
from scheduler.columns.reading import Reading

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Made = TypeVar("Made")

WEEK = 7
"""Hard sums over a week are remembered exactly: the hours of a week are seldom the same twice."""
HISTORY = 31
"""Days of history that a run or a rest can reach back to."""


class Compiled:
    """All people and rows of a problem."""

    def __init__(self, book: Book, shapes: Sequence[Shape], clock: Clock) -> None:
        self.book = book
        self.clock = clock
        self._made: dict[str, Any] = {}
        personal: defaultdict[str, list[Shape]] = defaultdict(list)
        covers: list[Cover] = []
        for shape in shapes:
            if isinstance(shape, Cover):
                covers.append(shape)
            elif shape.about.agent is not None:
                personal[shape.about.agent.id].append(shape)
            else:
                raise TooWide("a shape of nobody and not of cover")
        self.penalty = _penalty(shapes)
        self.coupling = couple(covers, self.penalty)
        common = Common(self.coupling, self.penalty, len(book.agents))
        self.people = [
            Person(number, personal[agent.id], _read(book, number, personal[agent.id]), common)
            for number, agent in enumerate(book.agents)
        ]

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Something worked out of rows and left sums alone, made at the first question; coarse people share it."""
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    @cached_property
    def tables(self) -> Tables:
        """The prices of all rows."""
        return Tables(self.coupling)

    def people_of(self, row: int) -> Ints:
        """The people who could join a row."""
        return self._members[row]

    def near(self, costs: Floats, count: int, randomly: Generator) -> list[int] | None:
        """So many people, two in three of whom could join a row drawn by its cost; None where no row costs anything."""
        dear = np.nonzero(costs > 0)[0]
        if not len(dear):
            return None
        row = int(randomly.choice(dear, p=costs[dear] / costs[dear].sum()))
        near = randomly.permutation(self.people_of(row))[: (2 * count + 2) // 3]
        others = randomly.permutation(np.setdiff1d(np.arange(len(self.people)), near))
        return sorted([*near.tolist(), *others[: max(0, count - len(near))].tolist()])

    @cached_property
    def _members(self) -> list[Ints]:
        coupling = self.coupling
        members: list[set[int]] = [set() for _ in coupling.rows]
        for person in self.people:
            for team in np.unique(person.teams)[:-1].tolist():
                for row in coupling.team_rows[coupling.team_ends[team] : coupling.team_ends[team + 1]].tolist():
                    members[row].add(person.number)
        return [np.array(sorted(found), dtype=np.int64) for found in members]

    def team_worth(self, one_more: Floats, one_fewer: Floats | None = None) -> Floats:
        """[team]: what joining a team is worth when a head more and a head fewer are worth so much in each row."""
        coupling = self.coupling
        fewer = one_more if one_fewer is None else one_fewer
        signs = coupling.team_signs
        each = np.where(signs > 0, one_more[coupling.team_rows], fewer[coupling.team_rows]) * signs
        return np.append(np.bincount(self._team_of_place, each, len(coupling.team_ends) - 1), 0.0)

    @cached_property
    def _team_of_place(self) -> Ints:
        """[place in the rows of all teams]: whose it is."""
        ends = self.coupling.team_ends
        return np.repeat(np.arange(len(ends) - 1), np.diff(ends))

    def roster(self, columns: Sequence[Column]) -> Roster:
        """The roster of one column a person."""
        duties: list[Duty] = list(self.book.situation.history)
        for person, column in zip(self.people, columns, strict=True):
            cells = person.reading.choices.cells
            duties += [
                entry.duty
                for day, choice in enumerate(column.chosen)
                for entry in cells[day][choice]
                if not entry.fixed
            ]
        return Roster.of(self.book.horizon, duties)

    def columns(self, roster: Roster) -> list[Column] | None:
        """One column a person from a roster; None if a person's month is not legal."""
        planned = set(roster.planned)
        found: list[Column] = []
        for person in self.people:
            cells = person.reading.choices.cells
            wanted = [
                next((c for c, entries in enumerate(cell) if {e.duty for e in entries} == _on(planned, cell)), -1)
                for cell in cells
            ]
            wanted[: person.reading.choices.known] = [0] * person.reading.choices.known
            column = person.column(np.array(wanted, dtype=np.int64)) if min(wanted) >= 0 else None
            if column is None:
                return None
            found.append(column)
        return found


def _on(planned: set[Duty], cell: tuple[Entries, ...]) -> set[Duty]:
    return {entry.duty for entries in cell for entry in entries} & planned


def _read(book: Book, number: int, shapes: Sequence[Shape]) -> Reading:
    agent = book.agents[number]
    known = _known(book, number, shapes)
    return read_person(choices_of(book, agent, shapes, known), shapes, WEEK)


def _known(book: Book, number: int, shapes: Sequence[Shape]) -> int:
    """The days of history that the person's shapes look back to."""
    first = book.horizon.first
    fixed = [entry.day for entry in book.of(book.agents[number]) if entry.fixed]
    runs = [shape.about.day for shape in shapes if isinstance(shape, Run)]
    seen = [*fixed, *runs] if any(isinstance(shape, Succession | Run | AnyOf) for shape in shapes) else []
    return min(HISTORY, max(((first - day).days for day in seen), default=0))


def _penalty(shapes: Sequence[Shape]) -> float:
    """The price of a hard unit: more than a whole duty can be worth."""
    top = [shape.weight * shape.price.steps[-1].each for shape in shapes if shape.price is not None]
    return 20.0 * max(top, default=1) + 10.0
