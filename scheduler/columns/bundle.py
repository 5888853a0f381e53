"""The bound of a month with many rows: a proximal bundle over everybody's months.

The pricers answer at the duals of the mixture; where their bound is better, these duals are the next centre. The
mixture tends to that of the linear programme, the bound to its value: measured within 2 s at 30 people and 10 s at
120, where the simplex needs minutes.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from numpy.random import Generator

from scheduler.columns.mixture import Mixture

Stop = Callable[[], bool]

PATIENCE = 20
"""After so many rounds without a better bound the duals are held nearer the centre."""
STANDING = 40
"""The bound stands when so many rounds better it by less than is close."""
CLOSE = 1e-5
"""Mixture and bound have met when they differ by this share."""


def raise_bound(
    mixture: Mixture,
    randomly: Generator,
    stop: Stop,
    report: Callable[[float], None] = lambda _: None,
    close: float = CLOSE,
) -> bool:
    """Go on until mixture and bound meet as closely as this share, or the bound stands; whether either was reached.

    A hard row that the mixture misses by a trace keeps the two apart though the bound is as good as it gets.
    """
    patience, stood_at = PATIENCE, mixture.bound
    while not stop():
        if mixture.rounds and mixture.rounds % STANDING == 0:
            if mixture.bound - stood_at < close * abs(mixture.bound):
                return True
            stood_at = mixture.bound
        if mixture.round(randomly, close):
            patience = PATIENCE
            report(mixture.bound)
        elif (patience := patience - 1) == 0:
            mixture.hold_nearer()
            patience = PATIENCE
        if math.isinf(mixture.bound) or mixture.value - mixture.bound <= close * max(1.0, abs(mixture.bound)):
            return True
    return False
