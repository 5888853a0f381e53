"""Better answers where the rows are many: some people are freed and plunged anew beside all others' months."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.answer import Answer
from scheduler.columns.compile import Compiled
from scheduler.columns.mixture import Mixture
from scheduler.columns.person import Column
from scheduler.columns.plunge import Plunge
from scheduler.columns.remix import noise_for

Floats = NDArray[np.float64]
Stop = Callable[[], bool]

SHARE, ROUNDS, FIRST_ROUNDS = 0.15, 4, 25
"""Cells fixed in a step, rounds of pricing after it, and before the first."""
FEWEST, BEGIN = 3, 10.0
GROW, SHRINK = 1.05, 0.95
FAMILIAR = 10
"""Months a person that earlier groups ended with."""
LEAST = 1.0
"""Prices are whole numbers: an answer is better by one at least."""


class Groups:
    """Frees groups of people, larger ones where the small are closed."""

    def __init__(self, compiled: Compiled, answer: Answer, centre: Floats, randomly: Generator) -> None:
        self.compiled = compiled
        self.answer = answer
        self._centre = centre
        self._randomly = randomly
        self._size = BEGIN
        self._known: list[list[Column]] = [[] for _ in compiled.people]

    def follow(self, answer: Answer | None) -> None:
        """Go on from the best answer."""
        if answer is not None:
            self.answer = answer

    def step(self, stop: Stop) -> bool:
        """Try one group; whether it brought a better answer."""
        better, closed = self._attempt(self._group(min(len(self.compiled.people), int(self._size))), stop)
        if closed:
            self._size = min(float(len(self.compiled.people)), self._size * GROW)
        elif not better:
            self._size = max(FEWEST, self._size * SHRINK)
        return better

    def _attempt(self, group: list[int], stop: Stop) -> tuple[bool, bool]:
        """Whether a better answer was found, and whether the bound of the group says that there is none."""
        mixture = self._mixture(group)
        goal = mixture.value - LEAST
        plunge = Plunge(mixture, self._randomly, SHARE, ROUNDS)
        if not plunge.begin(FIRST_ROUNDS, stop, goal):
            return False, mixture.bound >= goal
        left = 1
        while left > 0:
            left = plunge.step(stop, goal)
        if left < 0:
            return False, False
        found = list(plunge.found())
        for column in found:
            self._known[column.person] = [column, *self._known[column.person]][:FAMILIAR]
        changed = self.answer.with_columns(found)
        if changed.felt >= self.answer.felt - 1e-6:
            return False, False
        self.answer = changed
        return True, False

    def _mixture(self, group: list[int]) -> Mixture:
        free = set(group)
        others = [column for column in self.answer.columns if column.person not in free]
        mine = [self.answer.columns[person] for person in group]
        mixture = Mixture(self.compiled, mine, others, noise_for(self.compiled, group, self._randomly))
        for number, person in enumerate(group):
            for column in self._known[person]:
                mixture.take(number, column)
        mixture.centre = self._centre.copy()
        mixture.settle()
        return mixture

    def _group(self, size: int) -> list[int]:
        """People at random or, as often, mostly people who could join a row that costs something."""
        if self._randomly.random() < 0.5:
            near = self.compiled.near(self.compiled.tables.beyond(self.answer.heads), size, self._randomly)
            if near:
                return near
        return sorted(self._randomly.permutation(len(self.compiled.people))[:size].tolist())
