"""Yardsticks that every forecaster has to beat: last week again, and the mean of the last eight weeks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar
from forecasting.intervals import slots, stamps

Floats = npt.NDArray[np.floating]


def seasonal_naive(calls: pd.Series[float], future: pd.DatetimeIndex, _calendar: Calendar, _interval: int) -> Floats:
    """The last known value of the same weekday and time."""
    return _of_weeks(calls, future, 1)


def mean_of_eight_weeks(
    calls: pd.Series[float], future: pd.DatetimeIndex, _calendar: Calendar, _interval: int
) -> Floats:
    """The mean of the last eight known values of the same weekday and time."""
    return _of_weeks(calls, future, 8)


def median_of_eight_weeks(
    calls: pd.Series[float], future: pd.DatetimeIndex, _calendar: Calendar, _interval: int
) -> Floats:
    """The median of the last eight known values of the same weekday and time: one odd day does not move it."""
    return _of_weeks(calls, future, 8, "median")


def _of_weeks(calls: pd.Series[float], future: pd.DatetimeIndex, weeks: int, middle: str = "mean") -> Floats:
    known = calls.dropna()
    recent = known.groupby(slots(stamps(known))).tail(weeks)
    found = recent.groupby(slots(stamps(recent))).agg(middle)
    return found.reindex(slots(future)).fillna(0.0).to_numpy(dtype=float)
