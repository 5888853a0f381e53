"""The same mixture again over other pricers, and the noise that tells people apart who are alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.compile import Compiled
from scheduler.columns.mixture import Mixture
from scheduler.columns.person import Column

Floats = NDArray[np.float64]

SHAKEN = 0.01
"""Noise beside the middle price of the rows."""


def noise_for(compiled: Compiled, people: Sequence[int], randomly: Generator) -> list[Floats]:
    """[person]: a little noise on every cell, so that people who are alike part."""
    degree = SHAKEN * compiled.once("middle", lambda: _middle(compiled))
    return [randomly.normal(size=compiled.people[person].possible.shape) * degree for person in people]


def again(compiled: Compiled, old: Mixture) -> Mixture | None:
    """The same mixture over other pricers; None if somebody has no month that can be."""

    def remade(column: Column) -> Column | None:
        return compiled.people[column.person].column(column.chosen)

    known = [
        sorted(((month, share) for column, share in old.shares(number) if (month := remade(column))), key=_by_share)
        for number in range(len(old.people))
    ]
    if not all(known):
        return None
    mixture = Mixture(compiled, [months[0][0] for months in known])
    for number, months in enumerate(known):
        whole = sum(share for _, share in months)
        mixture.months.share[number] = 0.0
        for month, share in months:
            mixture.take(number, month, share / whole)
    mixture.centre = old.centre.copy()
    mixture.settle()
    return mixture


def _by_share(pair: tuple[Column, float]) -> float:
    return -pair[1]


def _middle(compiled: Compiled) -> float:
    """The middle of what a head too few or too many costs at least, over all rows with a price."""
    priced = [row.cheapest for row in compiled.coupling.rows if row.cheapest and not row.hard.any()]
    return float(np.median(priced)) if priced else 1.0
