"""Rows of the master: what each count of something costs, and the steps away from the best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.judge import Judge

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """So many heads fewer (+1) or more (-1) than the target cost this much each."""

    side: int
    each: float
    units: float


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Something counted, heads of teams or units of a sum: the target that costs least, and the steps away from it."""

    target: int
    steps: tuple[Step, ...]
    least: int
    prices: Floats
    """The price of each count from `least` on."""
    hard: Floats
    """The hard units missing or too many, at each count."""
    felt: Floats
    """Price and penalty together."""

    def at(self, count: int) -> int:
        """The place of a count in the tables; beyond their ends the last one stands."""
        return min(max(count - self.least, 0), len(self.prices) - 1)

    @property
    def floor(self) -> float:
        """What the target costs: the row is never cheaper."""
        return float(self.felt[self.target - self.least])

    @property
    def cheapest(self) -> float:
        """What the first unit away from the best costs at least; zero where none costs."""
        return min((step.each for step in self.steps if step.each > 0), default=0.0)

    @property
    def most_dual(self) -> float:
        """More than the last head below the target is worth, no dual price can be."""
        return max((step.each for step in self.steps if step.side > 0), default=0.0)

    @property
    def least_dual(self) -> float:
        """No dual price is lower than what the last head above the target costs."""
        return -max((step.each for step in self.steps if step.side < 0), default=0.0)

    def kept(self, dual: float) -> float:
        """A dual price within what the steps allow."""
        return min(max(dual, self.least_dual), self.most_dual)


@lru_cache(maxsize=16384)
def row_of(judges: tuple[Judge, ...], reach: tuple[int, int], penalty: float, unit: int = 1) -> Row:
    """The convex price of counts of units from the least to the most; what is judged alike shares one row."""
    counts = np.arange(reach[0], reach[1] + 1) * unit
    priced = [judge for judge in judges if judge.price is not None]
    strict = [judge for judge in judges if judge.price is None]
    prices = sum((judge.costs(counts) for judge in priced), np.zeros(len(counts)))
    hard = sum((judge.gaps(counts) for judge in strict), np.zeros(len(counts))) / unit
    felt = prices + penalty * hard
    best = int(np.argmin(felt))
    steps = (
        *_steps(1, (felt[:best] - felt[1 : best + 1])[::-1]),
        *_steps(-1, np.diff(felt[best:])),
    )
    return Row(best + reach[0], steps, reach[0], prices, hard, felt)


def _steps(side: int, slopes: Floats) -> list[Step]:
    """Equal slopes joined; the last goes on without end."""
    if not len(slopes):
        return []
    rises = np.nonzero(~np.isclose(slopes[1:], slopes[:-1], rtol=1e-9, atol=0.0))[0] + 1
    ends = np.append(rises, len(slopes))
    eaches, units = slopes[ends - 1], np.diff(ends, prepend=0)
    steps = [Step(side, float(each), float(count)) for each, count in zip(eaches, units, strict=True)]
    return [*steps[:-1], Step(side, steps[-1].each, float("inf"))]
