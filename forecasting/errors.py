"""How far a forecast lay from what came, in sums that can be added up over months."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Floats = npt.NDArray[np.floating]


class ErrorSums(NamedTuple):
    """Sums over intervals, in calls."""

    calls: float
    error: float
    """Of absolute errors of intervals."""
    day_error: float
    """Of absolute errors of day totals."""
    bias: float
    """Of errors: positive where too many were forecast."""
    floor: float
    """The error that chance alone would leave if the forecast were the true mean (Poisson)."""


def error_sums(mean: Floats, actual: Floats, index: pd.DatetimeIndex) -> ErrorSums:
    """The sums over intervals of which all is known; `index` tells their local days."""
    error = mean - actual
    days = pd.Series(error).groupby(np.asarray(index.date)).sum()
    return ErrorSums(
        float(actual.sum()),
        float(np.abs(error).sum()),
        float(days.abs().sum()),
        float(error.sum()),
        chance(mean),
    )


def chance(mean: Floats) -> float:
    """The error that chance leaves to a mean that is the true one: the mean absolute deviation of Poisson counts."""
    return float(np.sum(2 * mean * stats.poisson.pmf(np.floor(mean), mean)))
