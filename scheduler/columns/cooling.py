"""Rounds of annealing by small moves, each cooling down from the best answer of all workers."""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from scheduler.columns.answer import Answer
from scheduler.columns.cells import Cells
from scheduler.columns.compile import Compiled

Rounds = tuple[tuple[float, float], ...]
"""Until which part of the time each round goes on, and how hot it begins in parts of the first temperature."""

ROUNDS: Rounds = ((0.1, 1.0), (0.3, 0.6), (0.85, 0.6), (1.0, 0.3))
LONE_BEFORE: Rounds = ((0.35, 1.0),)
LONE_AFTER: Rounds = ((0.85, 0.4), (1.0, 0.3))
"""The same for a worker alone, before the bound and after it."""
HOT, COLDEST = 0.12, 1 / 15
"""The first temperature in parts of what a move costs that makes a good answer worse, the last in parts of that."""
COLD, COLD_STARTS = 1e-3, 5
"""A temperature at which nothing gets worse, and so many times some thousand moves at it to begin with."""
LOOK = 0.02
"""So much of the time passes between two answers that are told."""


class Cooling:
    """Anneals from the best answer there is, and tells of better ones."""

    def __init__(
        self,
        compiled: Compiled,
        randomly: Generator,
        best: Callable[[], Answer],
        take: Callable[[Answer], None],
        over: Callable[[], bool],
    ) -> None:
        self._cells = Cells(compiled)
        self._clock = compiled.clock
        self._randomly = randomly
        self._best, self._take, self._over = best, take, over

    def run(self, rounds: Rounds) -> None:
        """All rounds, or until it is over."""
        hot = self._uphill() * HOT
        for until, part in rounds:
            self._round(hot * part, until)

    def _uphill(self) -> float:
        """What a move costs that makes a good answer worse."""
        self._cells.begin(self._best())
        for _ in range(COLD_STARTS):
            self._cells.anneal(COLD, self._randomly)
        self._tell()
        return self._cells.uphill

    def _round(self, hot: float, until: float) -> None:
        """From hot to cold until so much of the time is spent."""
        began = told = self._clock.share
        self._cells.begin(self._best())
        fresh = False
        while (share := self._clock.share) < until and not self._over():
            fresh |= self._cells.anneal(hot * COLDEST ** ((share - began) / (until - began)), self._randomly)
            if fresh and share > told + LOOK:
                self._tell()
                told, fresh = share, False
        self._tell()

    def _tell(self) -> None:
        answer = self._cells.best()
        if answer is not None:
            self._take(answer)
