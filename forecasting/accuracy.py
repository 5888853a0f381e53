"""Forecasts that were kept, beside what came: each version's error over the days that both know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.backtest import chance
from forecasting.forecast import Forecast
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
    mean, low, high = (rows[column].to_numpy(dtype=float)[known] for column in ("mean", "p10", "p90"))
    actual, error = actual[known], mean - actual[known]
    days = pd.Series(error).groupby(np.asarray(starts[known].date)).sum()
    calls = float(actual.sum())

    def share(part: float) -> float:
        return part / calls if calls else float("nan")

    return Version(
        name,
        queue,
        int(known.sum()),
        calls,
        share(float(np.abs(error).sum())),
        share(float(days.abs().sum())),
        share(float(error.sum())),
        float(((actual >= low) & (actual <= high)).mean()),
        share(chance(mean)),
    )
