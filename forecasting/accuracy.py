"""Forecasts that were kept, beside what came: each version's error over the days that both know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.errors import error_sums
from forecasting.forecast import Forecast, spread
from forecasting.history import History


@dataclass(frozen=True, slots=True)
class Version:
    """How good one kept forecast was for one queue."""

    name: str
    queue: str
    intervals: int
    calls: float
    wape: float
    """Sum of absolute errors over calls, by interval; NaN without calls."""
    day_wape: float
    bias: float
    """Positive where too many were forecast."""
    held: float
    """Share of the intervals within the 80 % band."""
    floor: float
    """The error that chance alone leaves."""


def accuracy(versions: Mapping[str, Forecast], came: History) -> list[Version]:
    """Every version and queue that has come at least in part; what was left out of the history is not judged."""
    return [
        found
        for name, forecast in versions.items()
        for queue in forecast.queues
        if queue in came.queues and (found := _judged(name, queue, forecast, came)) is not None
    ]


def _judged(name: str, queue: str, forecast: Forecast, came: History) -> Version | None:
    rows = forecast.of(queue)
    starts = pd.DatetimeIndex(pd.to_datetime(rows["start"], utc=True)).tz_convert(came.zone.key)
    actual = came.calls[queue].reindex(starts).to_numpy(dtype=float)
    known = np.isfinite(actual)
    if not known.any():
        return None
    low, mean, high = (numbers[known] for numbers in spread(rows))
    actual = actual[known]
    sums = error_sums(mean, actual, pd.DatetimeIndex(starts[known]))

    def share(part: float) -> float:
        return part / sums.calls if sums.calls else float("nan")

    return Version(
        name,
        queue,
        len(actual),
        sums.calls,
        share(sums.error),
        share(sums.day_error),
        share(sums.bias),
        float(((actual >= low) & (actual <= high)).mean()),
        share(sums.floor),
    )
