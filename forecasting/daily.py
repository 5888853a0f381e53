"""The calls of whole days: the mean is a sum, the band is drawn, for errors of a day hang together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from forecasting.band import HIGH, LOW
from forecasting.forecast import Forecast
from forecasting.scenarios import scenarios

DRAWN: Final = 400
"""Paths from which the band of a day is told: the quantiles move by some per cent of its width from draw to draw."""
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class DayCalls:
    """The calls of one queue on a day, with the band in which eight of ten days lie."""

    day: date
    mean: float
    p10: float
    p90: float


def days_of(forecast: Forecast, queue: str) -> Iterator[DayCalls]:
    """The days of a forecast in their order."""
    rows = forecast.of(queue)
    places, days = pd.factorize(np.array([moment.date() for moment in rows["start"]], dtype=object))
    drawn = scenarios(forecast, queue, DRAWN, np.random.default_rng(SEED))
    means = rows["mean"].to_numpy(dtype=float)
    for place, day in enumerate(days):
        here = places == place
        mean = float(means[here].sum())
        low, high = np.quantile(drawn[:, here].sum(axis=1), [LOW, HIGH])
        yield DayCalls(day, mean, min(mean, float(low)), max(mean, float(high)))
