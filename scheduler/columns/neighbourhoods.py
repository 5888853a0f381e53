"""Better answers near a known one: some people's months, or many people's days in a window, are chosen anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.answer import Answer, own_price
from scheduler.columns.compile import Compiled
from scheduler.columns.dive import Dive
from scheduler.columns.generate import Generation
from scheduler.columns.master import Duals, Master
from scheduler.columns.person import Column

Stop = Callable[[], bool]
Mask = NDArray[np.bool_]

LEAST = 0.999
"""Prices are whole numbers: a better answer is better by one at least."""
FAMILIAR = 25
"""Known columns of each person that a neighbourhood begins with."""
WINDOW_PEOPLE = 60
"""So many people at most are free in a window of days."""
DIVES = 3
"""Dives into a neighbourhood that its first mixture does not close."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The people who are free, and the days on which they are; None: all."""

    people: tuple[int, ...]
    days: tuple[int, int] | None = None


class Explorer:
    """Tries neighbourhoods of an answer, larger ones where the small are closed."""

    def __init__(self, compiled: Compiled, answer: Answer, randomly: Generator) -> None:
        self.compiled = compiled
        self.answer = answer
        self.randomly = randomly
        self.known: list[list[Column]] = [[] for _ in compiled.people]
        self.duals: Duals | None = None
        self._people = len(compiled.people)
        self._days = len(compiled.book.horizon)
        self._sizes = {"people": 13.0, "cost": 13.0, "days": 11.0}

    def learn(self, generation: Generation) -> None:
        """Keep the columns of a master that its last duals like best."""
        self.duals = generation.master.duals()
        rated: list[list[tuple[float, Column]]] = [[] for _ in self.compiled.people]
        for column, _ in generation.master.columns.values():
            rated[column.person].append((generation.reduced(column, self.duals), column))
        self.known = [[column for _, column in sorted(found, key=lambda pair: pair[0])[:FAMILIAR]] for found in rated]

    def follow(self, answer: Answer | None, teacher: Explorer | None) -> None:
        """Go on from the best answer, with what another has learnt."""
        if answer is not None:
            self.answer = answer
        if teacher is not None and self.duals is None:
            self.known, self.duals = teacher.known, teacher.duals

    def step(self, stop: Stop) -> bool:
        """Try one neighbourhood; whether it brought a better answer."""
        kind = ("people", "cost", "days")[int(self.randomly.integers(3))]
        size = int(self._sizes[kind])
        where = {"people": self._some_people, "cost": self._people_at_a_cost, "days": self._some_days}[kind](size)
        better, closed = self.attempt(where, stop)
        most = 0.6 * self._days if kind == "days" else float(self._people)
        if closed:
            self._sizes[kind] = min(most, self._sizes[kind] * 1.05)
        elif not better:
            self._sizes[kind] = max(4.0, self._sizes[kind] * 0.99)
        return better

    def attempt(self, where: Neighbourhood, stop: Stop) -> tuple[bool, bool]:
        """Search a neighbourhood: whether a better answer was found, and whether there is provably none."""
        mine = [self.answer.columns[person] for person in where.people]
        given = self.answer.heads_without(where.people)
        master = self._master(where, mine, given)
        goal = self._felt(given, mine) - LEAST
        for number in range(DIVES):
            dive = self._dive(where, mine, master, number)
            found = dive.run(stop, goal)
            if dive.hopeless or stop():
                return False, dive.hopeless
            if found is not None:
                return self._take([found[person] for person in where.people]), False
        return False, False

    def _master(self, where: Neighbourhood, mine: Sequence[Column], given: NDArray[np.int64]) -> Master:
        """A master over the free people that knows their months and, where all days are free, those worth knowing."""
        master = Master(self.compiled, where.people, given)
        familiar = [column for person in where.people for column in self.known[person]] if where.days is None else []
        for column in (*mine, *familiar):
            master.add(column)
        return master

    def _dive(self, where: Neighbourhood, mine: Sequence[Column], master: Master, number: int) -> Dive:
        """The dives of a neighbourhood: the first straight, from the duals that are known, the others by chance."""
        dive = Dive(self.compiled, master, self.randomly if number else None)
        dive.center = None if number else self.duals
        if where.days is not None:
            for column in mine:
                dive.narrow(column.person, self._mask(column, where.days))
        return dive

    def _take(self, columns: Sequence[Column]) -> bool:
        changed = self.answer.with_columns(columns)
        if changed.felt >= self.answer.felt - 1e-6:
            return False
        self.answer = changed
        return True

    def _felt(self, given: NDArray[np.int64], columns: Sequence[Column]) -> float:
        """What the master's programme would say of these columns."""
        heads = given.copy()
        for column in columns:
            heads[column.rows] += column.heads
        own = sum(own_price(self.compiled, column).felt for column in columns)
        return own + float(self.compiled.tables.felt(heads).sum())

    def _mask(self, column: Column, days: tuple[int, int]) -> Mask:
        person = self.compiled.people[column.person]
        mask: Mask = person.possible.copy()
        for day, choice in enumerate(column.chosen):
            planned = day - person.reading.choices.known
            if not days[0] <= planned <= days[1]:
                mask[day] = False
                mask[day, choice] = True
        return mask

    def _some_people(self, count: int) -> Neighbourhood:
        chosen = self.randomly.choice(self._people, min(count, self._people), replace=False)
        return Neighbourhood(tuple(sorted(chosen.tolist())))

    def _people_at_a_cost(self, count: int) -> Neighbourhood:
        """Mostly people who could join a row that costs something."""
        near = self.compiled.near(self.compiled.tables.beyond(self.answer.heads), count, self.randomly)
        return Neighbourhood(tuple(near)) if near else self._some_people(count)

    def _some_days(self, length: int) -> Neighbourhood:
        """Many people in a window of days."""
        first = int(self.randomly.integers(-length // 2, self._days - length // 2))
        people = self._some_people(WINDOW_PEOPLE).people
        return Neighbourhood(people, (first, first + length - 1))
