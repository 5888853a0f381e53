"""Holidays on which a line stands still: seen in the records, and expected in the days to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from domain.calendar import Calendar, DayKind
from forecasting.intervals import stamps

LIKELY: Final = 2 / 3
"""From this share of like holidays on that stood still the next one is expected to."""


def still_days(counts: pd.Series[float], calendar: Calendar) -> frozenset[date]:
    """Holidays without one call, or without a row, on a weekday that has calls on most other days."""
    dates = np.asarray(stamps(counts).date)
    sums = counts.fillna(0.0).groupby(dates).sum()
    holiday = np.array([_special(calendar, day) for day in sums.index])
    weekday = np.array([day.weekday() for day in sums.index])
    usual = sums[~holiday].groupby(weekday[~holiday]).median().reindex(range(7)).fillna(0.0).to_numpy()
    return frozenset(sums.index[holiday & (sums.to_numpy() == 0) & (usual[weekday] > 0)])


def standing_still(
    days: Iterable[date], still: Collection[date], seen: Iterable[date], calendar: Calendar
) -> frozenset[date]:
    """Those of the days that are holidays like ones seen which stood still; the same feast tells more than others."""
    holidays = [day for day in seen if _special(calendar, day)]
    if not still:
        return frozenset()
    found = []
    for day in filter(lambda day: _special(calendar, day), days):
        feast = calendar.feast(day)
        alike = [past for past in holidays if feast and calendar.feast(past) == feast] or holidays
        if sum(past in still for past in alike) >= LIKELY * len(alike):
            found.append(day)
    return frozenset(found)


def _special(calendar: Calendar, day: date) -> bool:
    return calendar.kind(day) in (DayKind.STATUTORY, DayKind.SWAPPED_REST)
