"""From a mixture of months to one month each, by shaken prices: the surest cells are fixed, the others priced anew.

People who are alike share their months evenly in the best mixture, and nothing in it is sure. A little noise on every
cell, another for everybody, tells them apart and costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np
from numpy.random import Generator

from scheduler.columns.mixture import Mixture
from scheduler.columns.person import Column

Stop = Callable[[], bool]
Cell = tuple[float, int, int, int]

SURE = 0.995
"""Cells of at least this weight are fixed at once."""
CLOSE = 0.003
"""A mixture this near its bound is good enough to fix cells by."""
TRACE = 1e-3
"""Less of a person's mixture than this is not worth keeping."""


class Plunge:
    """Fixes the cells of a mixture step by step until everybody has one month."""

    def __init__(self, mixture: Mixture, randomly: Generator, share: float, rounds: int) -> None:
        self.mixture = mixture
        self._randomly = randomly
        self._share = share
        self._rounds = rounds

    def begin(self, rounds: int, stop: Stop, goal: float = float("inf")) -> bool:
        """Price before anything is fixed; False if the bound says that nothing below the goal can be found."""
        self.mixture.bound = float("-inf")
        return self._price(rounds, stop, goal)

    def step(self, stop: Stop, goal: float = float("inf")) -> int:
        """Fix some cells and price anew: how many were open, zero at the end, -1 where the goal is out of reach."""
        cells = self._open_cells()
        if not cells:
            return 0
        few = max(4, int(len(cells) * self._share))
        sure = sum(cell[0] > SURE for cell in cells)
        self._fix(cells[: sure + few])
        self.mixture.bound, self.mixture.centre = float("-inf"), self.mixture.duals.copy()
        return len(cells) if self._price(self._rounds, stop, goal) else -1

    def found(self) -> Sequence[Column]:
        """The months of everybody once nothing is open."""
        return [
            max(self.mixture.shares(number), key=lambda pair: pair[1])[0] for number in range(len(self.mixture.people))
        ]

    def _price(self, rounds: int, stop: Stop, goal: float) -> bool:
        mixture = self.mixture
        for _ in range(rounds):
            if stop():
                return False
            mixture.round(self._randomly, CLOSE / 10)
            if mixture.bound >= goal:
                return False
            if mixture.value - mixture.bound < CLOSE * abs(mixture.value):
                break
        return True

    def _open_cells(self) -> list[Cell]:
        """The heaviest choice of each open day of everybody, the surest first."""
        cells: list[Cell] = []
        for number, allowed in enumerate(self.mixture.allowed):
            days = np.nonzero(allowed.sum(axis=1) > 1)[0]
            weights = self.mixture.weights(number)[days]
            choices = weights.argmax(axis=1) if len(days) else []
            cells += [
                (float(weight[choice]), number, int(day), int(choice))
                for day, choice, weight in zip(days, choices, weights, strict=True)
            ]
        return sorted(cells, key=lambda cell: (-cell[0], *cell[1:]))

    def _fix(self, cells: list[Cell]) -> None:
        """Fix cells, but none that would leave a person with next to nothing of their mixture."""
        for number, of_person in groupby(sorted(cells, key=lambda cell: cell[1]), key=lambda cell: cell[1]):
            chosen = np.array([column.chosen for column in self.mixture.known[number]])
            shares = self.mixture.months.share[number, : len(chosen)]
            kept = np.ones(len(chosen), dtype=np.bool_)
            for _, _, day, choice in sorted(of_person, key=lambda cell: -cell[0]):
                fewer = kept & (chosen[:, day] == choice)
                if shares[fewer].sum() >= TRACE:
                    kept = fewer
                    self.mixture.allowed[number][day] = False
                    self.mixture.allowed[number][day, choice] = True
            self.mixture.forget(number, kept)
        self.mixture.settle()
