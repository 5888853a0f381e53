"""The grid of intervals: the absolute clock steps, the wall clock labels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.time import Days, Zone

DAY = 24 * 60

Slot = tuple[int, int]
"""Weekday (0 is Monday) and minute of the day."""


def intervals(zone: Zone, days: Days, length: int) -> pd.DatetimeIndex:
    """The starts of all intervals of some local days, `length` minutes each: 46, 48 or 50 half hours a day.

    A length of a day is the local day, also where it has 23 or 25 hours.
    """
    if length == DAY:
        return pd.DatetimeIndex([zone.day(day).start for day in days]).tz_convert(zone.key).as_unit("s")
    ends = zone.day(days.first).start, zone.day(days.last).end
    start, end = (pd.Timestamp(moment).tz_convert("UTC") for moment in ends)
    return pd.date_range(start, end, freq=f"{length}min", inclusive="left").tz_convert(zone.key).as_unit("s")


def stamps(calls: pd.Series[float]) -> pd.DatetimeIndex:
    """The index of a series of calls, as times."""
    return pd.DatetimeIndex(calls.index)


def slots(index: pd.DatetimeIndex) -> pd.MultiIndex:
    """The slot of the week of each interval."""
    return pd.MultiIndex.from_arrays([index.day_of_week, index.hour * 60 + index.minute])


def on_days(index: pd.DatetimeIndex, days: Iterable[date]) -> npt.NDArray[np.bool_]:
    """Whether each interval lies on one of the local days."""
    return np.isin(np.asarray(index.date), np.array(list(days), dtype=object))


def in_slots(index: pd.DatetimeIndex, wanted: frozenset[Slot]) -> npt.NDArray[np.bool_]:
    """Whether each interval lies in one of the slots."""
    return np.asarray(slots(index).isin(list(wanted))) if wanted else np.zeros(len(index), dtype=bool)
