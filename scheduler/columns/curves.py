"""All rows as curves for the bundle: those of heads, then everybody's sums, and how loosely their duals follow."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.compile import Compiled
from scheduler.columns.kernels.mix import Curves
from scheduler.columns.rows import Row

Floats = NDArray[np.float64]

LOOSE = 0.3
"""A dual leaves the centre by so much of its row's scale for each head that the mixture misses."""


def curves_of(compiled: Compiled) -> Curves:
    """The curve of each row and its reach.

    A row's scale is its cheapest step, and no more than the middle of those with a price: hard units are no scale.
    A sum is scaled by what one duty adds to it.
    """
    people = compiled.people
    rows = [*compiled.coupling.rows, *(row for person in people for row in person.sums)]
    units = np.ones(len(rows))
    units[len(compiled.coupling.rows) :] = [meter.of_a_duty for person in people for meter in person.left]
    ends, bends, worth, floor = [0], list[float](), list[float](), list[float]()
    for row in rows:
        at, slopes, first = _curve(row)
        bends, worth = bends + at, worth + slopes
        floor.append(first)
        ends.append(len(bends))
    always = np.zeros(len(rows))
    always[: len(compiled.coupling.rows)] = compiled.coupling.always
    reach = LOOSE * _scales(rows, units) / units**2
    return Curves(np.array(ends), np.array(bends), np.array(worth), np.array(floor), always, reach)


def _scales(rows: list[Row], units: Floats) -> Floats:
    """[row]: its cheapest step times what one duty adds, at most the middle of the priced rows."""
    cheapest = np.array([row.cheapest for row in rows]) * units
    hard = np.array([bool(row.hard.any()) for row in rows])
    priced = cheapest[(cheapest > 0) & ~hard]
    middle = float(np.median(priced)) if len(priced) else float(cheapest.max(initial=1.0))
    return np.where(cheapest > 0, np.minimum(cheapest, middle), middle)


def ends_of_sums(compiled: Compiled) -> NDArray[np.int64]:
    """[person]: where the rows of their sums begin; one place more for the end of the last."""
    counts = [len(person.sums) for person in compiled.people]
    ends: NDArray[np.int64] = len(compiled.coupling.rows) + np.cumsum([0, *counts])
    return ends


def _curve(row: Row) -> tuple[list[float], list[float], float]:
    """Where the slope of a row changes, the slopes, and what the first bend costs."""
    before = [step for step in row.steps if step.side > 0]
    after = [step for step in row.steps if step.side < 0]
    capped = [step for step in before if math.isfinite(step.units)]
    left = row.target - np.cumsum([0.0, *(step.units for step in capped)])
    right = row.target + np.cumsum([step.units for step in after if math.isfinite(step.units)])
    bends = [*left[::-1].tolist(), *right.tolist()]
    slopes = [step.each for step in before[::-1]] or [0.0]
    slopes += [-step.each for step in after] or [0.0]
    return bends, slopes, row.floor + sum(step.each * step.units for step in capped)
