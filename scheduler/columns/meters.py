"""Sums over a person's month: what they count, and what the total costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

from constraints.price import Price
from constraints.shapes import Sum
from scheduler.columns.coupling import Row, convex_row

LOCAL_DAYS = 3
"""A sum over so few days is remembered exactly on the way."""
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Judge:
    """What a total costs: nothing between the bounds, the price of the gap outside, or it cannot be."""

    low: int | None
    high: int | None
    constant: int
    """What history already adds."""
    price: Price | None
    weight: int

    @classmethod
    def of(cls, shape: Sum, constant: int) -> Judge:
        """The judge of a sum; what history has too much is nobody's fault any more."""
        high = None if shape.high is None else max(shape.high, constant)
        return cls(shape.low, high, constant, shape.price, shape.weight)

    def gap(self, value: int) -> int:
        """Units outside the bounds."""
        total = value + self.constant
        if self.low is not None and total < self.low:
            return self.low - total
        return max(0, total - self.high) if self.high is not None else 0

    def cost(self, value: int) -> float:
        """The price of what the horizon adds."""
        gap = self.gap(value)
        if not gap:
            return 0.0
        return NEVER if self.price is None else float(self.weight * self.price.of(gap))

    def linear(self, most: int, least: int) -> float | None:
        """The price of each further unit, if it is the same from the least to the most."""
        if least < 0 or self.low is not None or self.high is None:
            return None
        if most + self.constant <= self.high:
            return 0.0
        if self.price is None or len(self.price.steps) > 1 or self.high > self.constant:
            return None
        return float(self.weight * self.price.steps[0].each)


@dataclass(eq=False)
class Meter:
    """Weights by day and choice and by mark that add up over many days, and all that judge the total."""

    weights: NDArray[np.int64]
    marks: tuple[tuple[int, int], ...]
    bounds: tuple[int, int]
    judges: list[Judge] = field(default_factory=list)

    @property
    def hard(self) -> bool:
        """Whether a total can be impossible."""
        return any(judge.price is None for judge in self.judges)

    @cached_property
    def unit(self) -> int:
        """The greatest number that divides all weights."""
        found = gcd(*(int(weight) for weight in np.unique(self.weights)), *(weight for _, weight in self.marks))
        return found or 1

    @property
    def most(self) -> int:
        """The largest total that can be: the most a month adds up to, or the lowest hard bound."""
        caps = [judge.high - judge.constant for judge in self.judges if judge.price is None and judge.high is not None]
        return min([self.bounds[1], *caps])

    @property
    def size(self) -> int:
        """How many totals there are; none if weights can be negative."""
        return self.most // self.unit + 1 if self.bounds[0] >= 0 else 0

    def cost(self, value: int) -> float:
        """The price of a total."""
        return sum(judge.cost(value) for judge in self.judges)

    def row(self, penalty: float) -> Row:
        """What each number of units costs, as a row of the master; a hard unit is priced by a part of the penalty."""
        heaviest = int(self.weights.max(initial=1))
        return meter_row(tuple(self.judges), self.unit, self.bounds, penalty * self.unit / max(1, heaviest))

    def units(self, chosen: NDArray[np.int64], marked: set[int]) -> int:
        """The units that a month adds up to."""
        return self.total(chosen, marked) // self.unit

    def total(self, chosen: NDArray[np.int64], marked: set[int]) -> int:
        """The total of a month: the choice of each day, and the marks it hits."""
        value = int(self.weights[np.arange(len(chosen)), chosen].sum())
        return value + sum(weight for mark, weight in self.marks if mark in marked)


@lru_cache(maxsize=4096)
def meter_row(judges: tuple[Judge, ...], unit: int, bounds: tuple[int, int], penalty: float) -> Row:
    """The convex price of units; people with the same bounds share it."""
    least, largest = bounds[0] // unit, bounds[1] // unit
    counts = range(least, largest + 1)
    priced = [judge for judge in judges if judge.price is not None]
    strict = [judge for judge in judges if judge.price is None]
    prices = np.array([sum(judge.cost(count * unit) for judge in priced) for count in counts], dtype=float)
    hard = np.array([sum(judge.gap(count * unit) for judge in strict) for count in counts], dtype=float) / unit
    return convex_row(least, prices, hard, penalty)
