"""Whether day and month look exchanged in some dates: the first twelve days of a month then do not follow the week."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecasting.intervals import stamps

Floats = npt.NDArray[np.floating]

LEAST_DAYS: Final = 300
"""With fewer days too few can be exchanged to tell."""
BETTER: Final = 0.7
"""Exchanged, the days must fit the week so much better than as they are told."""
LEVEL_DAYS: Final = 57
LAST: Final = 12
"""Only days up to the twelfth can be taken for months."""


def looks_exchanged(calls: pd.Series[float]) -> bool:
    """Compare how well those days fit the pattern of the week of all other days, as told and exchanged."""
    sums = calls.dropna().groupby(stamps(calls.dropna()).date).sum()
    days = pd.DatetimeIndex(pd.to_datetime(list(sums.index)))
    early = np.asarray(days.day <= LAST)
    if len(days) < LEAST_DAYS or early.sum() < LEAST_DAYS // 4:
        return False
    level = pd.Series(sums.to_numpy(dtype=float), index=days).rolling(LEVEL_DAYS, center=True, min_periods=10).median()
    shape = (sums.to_numpy(dtype=float) / np.maximum(level.to_numpy(), 1e-9)).astype(float)
    week = pd.Series(shape[~early]).groupby(days.day_of_week[~early]).median().reindex(range(7)).to_numpy(dtype=float)
    told = days[early]
    other = pd.DatetimeIndex([_exchanged(day.date()) for day in told])
    levels = level.reindex(other, method="nearest").to_numpy(dtype=float)
    seen = sums.to_numpy(dtype=float)[early]
    return _misfit(seen / np.maximum(levels, 1e-9), week, other) < BETTER * _misfit(shape[early], week, told)


def _exchanged(day: date) -> date:
    return date(day.year, day.day, day.month)


def _misfit(shape: Floats, week: Floats, days: pd.DatetimeIndex) -> float:
    """The median distance from the pattern of the week; days that stay the same when exchanged say nothing."""
    tells = np.asarray(days.day != days.month)
    return float(np.nanmedian(np.abs(shape - week[days.day_of_week])[tells]))
