"""Better answers near a known one: some people's months, or all people's days in a window, are chosen anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.answer import Answer, own_price
from scheduler.columns.compile import Column, Compiled
from scheduler.columns.dive import Dive
from scheduler.columns.generate import Generation
from scheduler.columns.master import Master

Stop = Callable[[], bool]
Mask = NDArray[np.bool_]

LEAST = 0.999
"""Prices are whole numbers: an answer is better by one at least."""
FAMILIAR = 25
"""Known columns of each person that a neighbourhood begins with."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The people who are free, and the days on which they are; None: all."""

    people: tuple[int, ...]
    days: tuple[int, int] | None = None


class Explorer:
    """Tries neighbourhoods of an answer; what it learns about months it keeps."""

    def __init__(self, compiled: Compiled, answer: Answer, randomly: Generator) -> None:
        self.compiled = compiled
        self.answer = answer
        self.randomly = randomly
        self.known: list[list[Column]] = [[] for _ in compiled.people]
        self.tried = self.closed = 0

    def learn(self, generation: Generation) -> None:
        """Keep the columns of a master that its last duals like best."""
        duals = generation.master.duals()
        rated: list[list[tuple[float, Column]]] = [[] for _ in self.compiled.people]
        for column, _ in generation.master.columns.values():
            rated[column.person].append((generation.reduced(column, duals), column))
        self.known = [
            [column for _, column in sorted(found, key=lambda pair: pair[0])[:FAMILIAR]] for found in rated
        ]

    def attempt(self, where: Neighbourhood, stop: Stop) -> bool:
        """Search a neighbourhood; whether a better answer was found, which is then the answer."""
        self.tried += 1
        people = where.people
        mine = [self.answer.columns[person] for person in people]
        given = self.answer.heads.copy()
        for column in mine:
            given[column.rows] -= column.heads
        master = Master(self.compiled, people, given)
        dive = Dive(self.compiled, master, self.randomly)
        for column in mine:
            master.add(column)
        if where.days is None:
            for person in people:
                for column in self.known[person]:
                    master.add(column)
        else:
            for person, column in zip(people, mine, strict=True):
                dive.narrow(person, self._mask(column, where.days))
        goal = self._felt(given, mine) - LEAST
        found = dive.run(stop, goal)
        if found is None:
            self.closed += dive.hopeless
            return False
        changed = self.answer.with_columns([found[person] for person in people])
        if changed.felt >= self.answer.felt - 1e-6:
            return False
        self.answer = changed
        return True

    def _felt(self, given: NDArray[np.int64], columns: Sequence[Column]) -> float:
        """What the master's programme would say of these columns."""
        heads = given.copy()
        for column in columns:
            heads[column.rows] += column.heads
        own = sum(own_price(self.compiled, column)[2] for column in columns)
        return own + float(self.compiled.tables.felt(heads).sum())

    def _mask(self, column: Column, days: tuple[int, int]) -> Mask:
        reading = self.compiled.people[column.person].reading
        mask: Mask = np.isfinite(reading.cost)
        for day, choice in enumerate(column.chosen):
            if not days[0] <= day <= days[1]:
                mask[day] = False
                mask[day, choice] = True
        return mask

    def some_people(self, count: int) -> Neighbourhood:
        """People who could do one another's work, around one who is drawn."""
        people = len(self.compiled.people)
        return Neighbourhood(tuple(sorted(self.randomly.choice(people, min(count, people), replace=False).tolist())))

    def people_at_a_cost(self, count: int) -> Neighbourhood:
        """People who could join a row that costs something, or who are in it."""
        costs = self.compiled.tables.beyond(self.answer.heads)
        dear = np.nonzero(costs > 0)[0]
        if not len(dear):
            return self.some_people(count)
        row = int(self.randomly.choice(dear, p=costs[dear] / costs[dear].sum()))
        near = self.compiled.people_of(row)
        close = self.randomly.permutation(near)[: (2 * count + 2) // 3]
        others = self.randomly.permutation(np.setdiff1d(np.arange(len(self.compiled.people)), close))
        chosen = [*close.tolist(), *others[: max(0, count - len(close))].tolist()]
        return Neighbourhood(tuple(sorted(chosen)))

    def some_days(self, length: int, count: int) -> Neighbourhood:
        """Many people in a window of days."""
        reading = self.compiled.people[0].reading
        first = int(self.randomly.integers(reading.choices.known - length // 2, reading.days - length // 2))
        people = self.some_people(count).people
        return Neighbourhood(people, (first, first + length - 1))
