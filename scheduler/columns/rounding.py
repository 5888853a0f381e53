"""A good answer out of the bound's mixture: plunged coarsely at first, exactly once much of it is fixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.answer import Answer
from scheduler.columns.compile import Compiled
from scheduler.columns.mixture import Mixture
from scheduler.columns.person import Column
from scheduler.columns.plunge import Plunge

Floats = NDArray[np.float64]
Stop = Callable[[], bool]

SHARE, ROUNDS = 0.12, 6
"""So many of the open cells are fixed in a step, and so often everybody is priced anew then."""
FIRST_ROUNDS = 150
"""Rounds of pricing with shaken prices before anything is fixed."""
EXACT = 0.6
"""Once so few of the cells are open, people are priced exactly."""
SHAKEN = 0.01
"""Noise beside the middle price of the rows."""


def noise_for(compiled: Compiled, people: Sequence[int], randomly: Generator) -> list[Floats]:
    """[person]: a little noise on every cell, so that people who are alike part."""
    degree = SHAKEN * compiled.once("middle", lambda: _middle(compiled))
    return [randomly.normal(size=compiled.people[person].possible.shape) * degree for person in people]


def rounded(compiled: Compiled, mixture: Mixture, randomly: Generator, stop: Stop) -> Answer | None:
    """One month each, out of a mixture of everybody's; None where the time was too short."""
    noise = noise_for(compiled, mixture.people, randomly)
    coarse = again(mixture.compiled, mixture, noise)
    if coarse is None:
        return None
    plunge = Plunge(coarse, randomly, SHARE, ROUNDS)
    plunge.begin(FIRST_ROUNDS, stop)
    whole, left = 0, 1
    exact = False
    while left > 0 and not stop():
        left = plunge.step(stop)
        whole = max(whole, left)
        if not exact and left < EXACT * whole:
            fine = again(compiled, plunge.mixture, noise)
            if fine is None:
                return None
            plunge, exact = Plunge(fine, randomly, SHARE, ROUNDS), True
    columns = [compiled.people[column.person].column(column.chosen) for column in plunge.found()]
    legal = [column for column in columns if column is not None]
    return Answer(compiled, legal) if left == 0 and len(legal) == len(columns) else None


def again(compiled: Compiled, old: Mixture, noise: list[Floats] | None = None) -> Mixture | None:
    """The same mixture over other pricers, or with noise; None if somebody has no month that can be."""

    def remade(column: Column) -> Column | None:
        return compiled.people[column.person].column(column.chosen)

    known = [
        sorted(((month, share) for column, share in old.shares(number) if (month := remade(column))), key=_by_share)
        for number in range(len(old.people))
    ]
    if not all(known):
        return None
    mixture = Mixture(compiled, [months[0][0] for months in known], noise=noise)
    mixture.allowed = [allowed.copy() for allowed in old.allowed]
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
