"""The personal shapes of one person read as arrays: what a day's choice costs, forbids, and what must be remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.choices import Choices
from scheduler.columns.judge import Judge
from scheduler.columns.meters import Meter

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]


@dataclass(slots=True)
class Mark:
    """Something that counts once though several days can bring it about: a worked weekend."""

    first: int
    last: int
    choices: list[tuple[int, int]]
    cost: float = 0.0
    bit: int = -1


@dataclass(slots=True)
class Window:
    """A sum over few days, remembered exactly while they last."""

    first: int
    last: int
    add: dict[tuple[int, int], int]
    marks: list[tuple[int, int]]
    judge: Judge


@dataclass(slots=True)
class Rest:
    """A choice of free stretches: which bundles begin and end on which day, which choice breaks which."""

    first: int
    last: int
    begins: dict[int, int]
    ends: dict[int, int]
    breaks: dict[tuple[int, int], int]
    cost: float


@dataclass(slots=True)
class Stretch:
    """A run of days of a class, with its bounds and the price of a day too many or missing."""

    of_class: NDArray[np.uint8]
    first: int
    last: int
    known: int
    shortest: int
    longest: int
    cost: float


@dataclass
class Reading:
    """All that the shortest path needs to know of one person."""

    choices: Choices
    cost: Floats
    """[day, choice]: the price of a choice by itself; infinite where it cannot be."""
    forbids: Words
    """[day, choice, offset]: choices of the day so many and one days later that it forbids."""
    follow_cost: Floats | None
    """[day, choice, choice of the next day]: the price of the succession, if any costs."""
    runs: list[Stretch] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    meters: list[Meter] = field(default_factory=list)
    constant: float = 0.0
    exact: bool = True
    """Whether the path's price is the roster's price, or only a bound from below."""

    @property
    def days(self) -> int:
        """Days of history and horizon together."""
        return len(self.choices.cells)
