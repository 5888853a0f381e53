"""From a mixture of months to one month each: the surest cells are fixed, the others priced anew, again and again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.compile import Compiled
from scheduler.columns.generate import Generation
from scheduler.columns.master import Duals, Master
from scheduler.columns.person import Column

Floats = NDArray[np.float64]
Stop = Callable[[], bool]

SURE = 0.9
"""Cells of at least this weight are fixed at once."""
SHARE = 0.02
"""Of the others, so many of the heaviest are fixed in a round."""
MOST_A_PERSON = 1
ROUNDS = 3
"""Rounds of pricing after each fixing."""
FIRST_ROUNDS = 30
"""Rounds of pricing before the first fixing, where a known answer is to be bettered."""
WHOLE = 1 - 1e-6


class Dive:
    """One dive through a master; the columns it shuts are opened again at the end."""

    def __init__(self, compiled: Compiled, master: Master, randomly: Generator | None = None) -> None:
        self.compiled = compiled
        self.master = master
        self.generation = Generation(compiled, master)
        self.allowed = self.generation.allowed
        for person in master.people:
            self.allowed[person] = compiled.people[person].possible.copy()
        self._randomly = randomly
        self._shut: list[tuple[int, bytes]] = []
        self.center: Duals | None = None
        """Duals near which the first mixture is looked for."""
        self.hopeless = False
        """Whether the first mixture already was no better than the known answer."""

    def narrow(self, person: int, allowed: NDArray[np.bool_]) -> None:
        """Leave a person only these choices."""
        self.allowed[person] = allowed

    def run(self, stop: Stop, worse_than: float = float("inf")) -> dict[int, Column] | None:
        """One column a person, or None where the dive went wrong or can only end worse than a known answer."""
        rounds = FIRST_ROUNDS if worse_than < float("inf") else ROUNDS
        try:
            while not stop():
                self.generation.bound, self.generation.center = float("-inf"), self.center
                self.center = None
                self.generation.goal = worse_than
                self.generation.run(stop, rounds)
                if self.generation.bound >= worse_than:
                    self.hopeless = rounds == FIRST_ROUNDS
                    return None
                if self.master.value == float("inf") or (rounds == ROUNDS and self.master.value >= worse_than):
                    return None
                rounds = ROUNDS
                mixture = self.master.mixture()
                whole = {column.person: column for column, share in mixture if share >= WHOLE}
                if len(whole) == len(self.master.people):
                    return whole
                self._duals = self.master.duals()
                self._worth = self.compiled.team_worth(self._duals.rows)
                if not self._fix(mixture, whole):
                    return None
            return None
        finally:
            for key in self._shut:
                self.master.open(key)

    def _fix(self, mixture: list[tuple[Column, float]], whole: dict[int, Column]) -> bool:
        """Fix the surest cells of people whose month is not whole; whole months stay free, but count for nothing."""
        weights = self._weights(mixture, whole)
        cells = [
            (weight, person, int(day), int(choice))
            for person, weight_of in weights.items()
            for day, choice in zip(*np.nonzero((weight_of > 1e-6) & self._open_days(person)), strict=True)
            if (weight := float(weight_of[day, choice]))
        ]
        if self._randomly is not None:
            shaken = self._randomly.random(len(cells))
            cells = [(cell[0] * (1 + 0.1 * float(by)), *cell[1:]) for cell, by in zip(cells, shaken, strict=True)]
        cells.sort(key=lambda cell: (-cell[0], cell[1:]))
        sure = [cell for cell in cells if cell[0] >= SURE]
        few = max(1, round(SHARE * len({cell[1:3] for cell in cells})))
        chosen: list[tuple[float, int, int, int]] = []
        count: dict[int, int] = {}
        for cell in cells[len(sure) :]:
            if len(chosen) == few:
                break
            if count.get(cell[1], 0) < MOST_A_PERSON:
                count[cell[1]] = count.get(cell[1], 0) + 1
                chosen.append(cell)
        touched = {cell[1] for cell in (*sure, *chosen)}
        before = {person: self.allowed[person].copy() for person in touched}
        for _, person, day, choice in (*sure, *chosen):
            if self.allowed[person][day, choice]:
                self.allowed[person][day] = False
                self.allowed[person][day, choice] = True
        fixed = [person for person in touched if self._possible(person, before)]
        self._shut_others(fixed)
        return bool(fixed)

    def _open_days(self, person: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (self.allowed[person].sum(axis=1) > 1)[:, None] & self.allowed[person]
        return found

    def _weights(self, mixture: list[tuple[Column, float]], whole: dict[int, Column]) -> dict[int, Floats]:
        weights: dict[int, Floats] = {}
        for column, share in mixture:
            if column.person in whole:
                continue
            if column.person not in weights:
                weights[column.person] = np.zeros(self.allowed[column.person].shape)
            weights[column.person][np.arange(len(column.chosen)), column.chosen] += share
        return weights

    def _possible(self, person: int, before: dict[int, NDArray[np.bool_]]) -> bool:
        """Whether the person still has a month, which is taken in; if not, what was fixed is undone."""
        _, column = self.generation.best_month(person, self._duals, self._worth)
        if column is None:
            self.allowed[person] = before[person]
            return False
        self.master.add(column)
        return True

    def _shut_others(self, people: list[int]) -> None:
        fixed = set(people)
        for key, (column, _) in self.master.columns.items():
            if column.person in fixed and self.master.is_open(key):
                allowed = self.allowed[column.person]
                if not allowed[np.arange(len(column.chosen)), column.chosen].all():
                    self.master.shut(key)
                    self._shut.append(key)
