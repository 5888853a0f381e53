"""Days first: the regression over whole days, times the profile of the day; holidays have a shape of their own.

Sums over a day are less noisy than its intervals, so the level of a day is told better; shapes change slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar
from forecasting.models import regression
from forecasting.models.design import days_off
from forecasting.models.poisson import Floats, Ints

DAY: Final = 24 * 60
SHAPE_HALF_LIFE_DAYS: Final = 60.0
TRUST: Final = 300.0
"""Calls' worth of the shape of like days that a weekday's own shape is mixed with."""
KNOWN_SHARE: Final = 0.8
"""A day of which less is known says nothing of its sum."""
OFF: Final = 7
"""The class of days off, after the seven weekdays."""


def forecast(calls: pd.Series[float], future: pd.DatetimeIndex, calendar: Calendar, interval: int) -> Floats:
    """The mean of each future interval: its day's sum times its share of the day."""
    if interval == DAY:
        return regression.forecast(calls, future, calendar, interval)
    shapes = _Shapes.of(calls.dropna(), calendar, interval)
    sums = _day_sums(calls, shapes, calendar)
    days = pd.DatetimeIndex(np.unique(future.normalize()))
    ahead = pd.Series(regression.forecast(sums, days, calendar, DAY), index=days)
    shares = shapes.shares[_classes(future, calendar), _times(future, interval)]
    return ahead.reindex(future.normalize()).to_numpy(dtype=float) * shares


@dataclass(frozen=True, slots=True)
class _Shapes:
    """[class of day, time of day]: the share of a day's calls; seven weekdays, then days off."""

    shares: Floats
    interval: int

    @classmethod
    def of(cls, calls: pd.Series[float], calendar: Calendar, interval: int) -> _Shapes:
        """From all that is known; each class is drawn towards the days most like it."""
        index = pd.DatetimeIndex(calls.index)
        age = np.asarray((index[-1] - index) / pd.Timedelta(days=1), dtype=float) if len(index) else np.zeros(0)
        times = DAY // interval
        counts = np.zeros((OFF + 1, times))
        weighted = 0.5 ** (age / SHAPE_HALF_LIFE_DAYS) * calls.to_numpy(dtype=float)
        np.add.at(counts, (_classes(index, calendar), _times(index, interval)), weighted)
        every = _mixed(counts[:OFF].sum(axis=0), np.full(times, 1 / times), 1.0)
        office = _mixed(counts[:5].sum(axis=0), every, TRUST)
        weekdays = [_mixed(counts[day], office if day < 5 else every, TRUST) for day in range(OFF)]
        return cls(np.stack([*weekdays, _mixed(counts[OFF], weekdays[6], TRUST)]), interval)


def _mixed(counts: Floats, prior: Floats, trust: float) -> Floats:
    total = counts + trust * prior
    shares: Floats = total / total.sum()
    return shares


def _day_sums(calls: pd.Series[float], shapes: _Shapes, calendar: Calendar) -> pd.Series[float]:
    """The sum of each day of which enough is known; what is missing is filled up by its share."""
    index = pd.DatetimeIndex(calls.index)
    share = shapes.shares[_classes(index, calendar), _times(index, shapes.interval)]
    table = pd.DataFrame({"calls": calls.to_numpy(dtype=float), "share": share * calls.notna().to_numpy()})
    sums = table.groupby(index.normalize()).sum()
    return (sums["calls"] / sums["share"].where(sums["share"] > KNOWN_SHARE)).astype(float)


def _classes(index: pd.DatetimeIndex, calendar: Calendar) -> Ints:
    return np.where(days_off(index, calendar), OFF, index.day_of_week).astype(np.intp)


def _times(index: pd.DatetimeIndex, interval: int) -> npt.NDArray[np.intp]:
    return np.asarray((index.hour * 60 + index.minute) // interval, dtype=np.intp)
