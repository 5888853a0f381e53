"""Rolling origins inside a history: what each model would have said of earlier months, beside what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar
from forecasting.intervals import stamps
from forecasting.models import Model

Floats = npt.NDArray[np.floating]

ORIGINS: Final = 6
MONTH_DAYS: Final = 30
LEAD_DAYS: Final = 5
"""A month's forecast is made on the 25th."""
LEAST_DAYS: Final = 42
"""An origin with fewer days before it says nothing of what a longer history will do."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A month of the past, as each model saw it a few days before it began."""

    index: pd.DatetimeIndex
    means: Mapping[str, Floats]
    actual: Floats


def trials(
    calls: pd.Series[float], calendar: Calendar, interval: int, models: Mapping[str, Model], origins: int = ORIGINS
) -> list[Trial]:
    """The latest months that are long enough after the beginning, the last first; unknown intervals are left out."""
    return list(_trials(calls, calendar, interval, models, origins))


def _trials(
    calls: pd.Series[float], calendar: Calendar, interval: int, models: Mapping[str, Model], origins: int
) -> Iterator[Trial]:
    index = stamps(calls)
    for back in range(1, origins + 1):
        begin = index[-1] - pd.Timedelta(days=MONTH_DAYS * back)
        origin = begin - pd.Timedelta(days=LEAD_DAYS)
        past = calls[index < origin]
        if len(past) == 0 or (origin - index[0]).days < LEAST_DAYS:
            return
        came = calls[(index >= begin) & (index < begin + pd.Timedelta(days=MONTH_DAYS))].dropna()
        ahead = stamps(came)
        if past.notna().any() and len(ahead):
            means = {name: model(past, ahead, calendar, interval) for name, model in models.items()}
            yield Trial(ahead, means, came.to_numpy(dtype=float))
