"""Annealing by small moves: hundreds of thousands of cells changed and exchanged where a pricing takes milliseconds.

Moves of one or two people over a few days (Ceschia, Guido and Schaerf 2020 anneal nurse rosters by them), each judged
exactly by the machines and rows of column generation: a move that no legal month allows is never made.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.answer import Answer
from scheduler.columns.board import board_of
from scheduler.columns.compile import Compiled
from scheduler.columns.kernels.swap import anneal_cells, enter

Ints = NDArray[np.int64]

STEPS = 20_000
"""Moves between two looks at the clock."""
EFFORT = 5e-6
"""Nominal seconds of a move."""


class Cells:
    """An answer on a board, ready for small moves."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.board = compiled.once("board", lambda: board_of(compiled))
        people, days = self.board.duty.shape[:2]
        self._chosen = np.zeros((people, days), dtype=np.int64)
        self._states = np.zeros((people, days + 1), dtype=np.int64)
        self._totals = np.zeros((people, self.board.arc_adds.shape[1]), dtype=np.int64)
        self._best = self._chosen.copy()
        self.heads = np.zeros(0, dtype=np.int64)
        self._begun: Answer | None = None
        self.now = self._least = 0.0
        """What the answer on the board, and the best met, cost more than the one begun from."""
        self.uphill = 0.0
        """What a move cost that made the answer worse, as the mean of its logarithm says."""

    def begin(self, answer: Answer) -> None:
        """Put an answer on the board."""
        for person, column in enumerate(answer.columns):
            self._chosen[person, : len(column.chosen)] = column.chosen
            enter(self.board, person, self._chosen[person], self._states[person], self._totals[person])
        self.heads = answer.heads.copy()
        self._begun = answer
        self.now = self._least = 0.0

    def chosen(self, person: int) -> Ints:
        """[day]: the choices of a person on the board."""
        return self._chosen[person, : self.compiled.people[person].reading.days].copy()

    def anneal(self, degree: float, randomly: Generator) -> bool:
        """Some thousand moves from where the last ones ended; whether a better answer than any before was met."""
        self.compiled.clock.spend(STEPS * EFFORT)
        state = self._chosen, self._states, self._totals, self.heads, self._best
        seed = int(randomly.integers(2**31))
        before = self._least
        self.now, self._least, self.uphill = anneal_cells(
            self.board, *state, (self.now, self._least), degree, STEPS, seed
        )
        return self._least < before

    def best(self) -> Answer | None:
        """The best answer met, if every month of it is as legal as the board says and it is better than the first."""
        if self._begun is None or self._least >= 0:
            return None
        fresh = []
        for person, column in zip(self.compiled.people, self._begun.columns, strict=True):
            chosen = self._best[person.number, : len(column.chosen)]
            if not np.array_equal(chosen, column.chosen):
                found = person.column(chosen.copy())
                if found is None:
                    return None
                fresh.append(found)
        return self._begun.with_columns(fresh)
