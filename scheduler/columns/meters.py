"""Sums over a person's month: what they count, and what the total costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import gcd

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.judge import Judge
from scheduler.columns.rows import Row, row_of

LEAST_SHARE = 0.25
"""A hard unit of a sum costs this part of the penalty at least."""
LOCAL_DAYS = 3
"""A sum over so few days is remembered exactly on the way."""


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
    def _heaviest(self) -> int:
        """The most that one choice adds, one at least."""
        return max(1, int(self.weights.max(initial=1)))

    @property
    def of_a_duty(self) -> int:
        """The most units that one duty adds, one at least."""
        return max(1, self._heaviest // self.unit)

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
        """What each number of units costs, as a row of the master; a hard unit is priced by a part of the penalty.

        However small the unit, it is dearer than the duty without which the limit would hold.
        """
        least, largest = self.bounds[0] // self.unit, self.bounds[1] // self.unit
        share = max(self.unit / self._heaviest, LEAST_SHARE)
        return row_of(tuple(self.judges), (least, largest), penalty * share, self.unit)


class Adding:
    """Adds up several meters at once."""

    def __init__(self, meters: Sequence[Meter]) -> None:
        self._marks = [meter.marks for meter in meters]
        self._weights = np.stack([meter.weights for meter in meters], axis=-1) if meters else None

    def up(self, chosen: NDArray[np.int64], marked: set[int]) -> list[int]:
        """[meter]: the total of a month, the choice of each day and the marks it hits."""
        if self._weights is None:
            return []
        values: list[int] = self._weights[np.arange(len(chosen)), chosen].sum(axis=0).tolist()
        return [
            value + sum(weight for mark, weight in marks if mark in marked) if marks else value
            for value, marks in zip(values, self._marks, strict=True)
        ]
