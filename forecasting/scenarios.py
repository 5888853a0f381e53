"""Paths of calls as they may come: each interval within its band, errors of a day and of a month hanging together."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from numpy.random import Generator

from forecasting.band import Ties
from forecasting.forecast import Forecast, spread

Floats = npt.NDArray[np.float64]

Z90: Final = 1.2815515655446004
"""The 90 % quantile of the standard normal distribution."""
TILT: Final = 0.3112893
"""The mean of a positive half of a standard normal score (density at zero) over its 90 % quantile."""


def scenarios(forecast: Forecast, queue: str, count: int, randomly: Generator) -> Floats:
    """[scenario, interval]: whole calls of one queue, by start.

    One normal score for the month, one for each day and one for each interval (a Gaussian copula); below and above the
    middle a score is stretched to the 10 % and to the 90 % quantile, and the middle lies where the mean is kept.
    """
    rows = forecast.of(queue)
    low, mean, high = spread(rows)
    days = pd.factorize(np.array([moment.date() for moment in rows["start"]], dtype=object))[0]
    scores = _scores(days, forecast.ties.get(queue, Ties()), count, randomly)
    middle = np.clip((mean - TILT * (low + high)) / (1 - 2 * TILT), low, high)
    stretch = np.where(scores < 0, middle - low, high - middle) / Z90
    found: Floats = np.rint(np.maximum(middle + scores * stretch, 0.0))
    return found


def _scores(days: npt.NDArray[np.intp], ties: Ties, count: int, randomly: Generator) -> Floats:
    """[scenario, interval]: standard normal scores, tied by day and by month."""
    month = randomly.standard_normal((count, 1))
    day = randomly.standard_normal((count, int(days.max(initial=0)) + 1))[:, days]
    own = randomly.standard_normal((count, len(days)))
    rest = max(0.0, 1 - ties.month - ties.day)
    scores: Floats = np.sqrt(ties.month) * month + np.sqrt(ties.day) * day + np.sqrt(rest) * own
    return scores
