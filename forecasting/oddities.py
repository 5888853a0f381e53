"""What in a series of calls cannot be learnt from: gaps, closed hours, spikes."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar
from forecasting.intervals import Slot, slots, stamps

OUTLIER_SPREADS: Final = 8.0
"""Robust standard deviations from the median of the same weekday and time, beyond which a value is left out."""
OUTLIER_WEEKS: Final = 9
UNUSUAL_SHARE: Final = 0.25
"""A day with more far values than this is unusual as a whole."""
LONGEST_EVENT_DAYS: Final = 2
"""More unusual days in a row are a new level, not an event: they are learnt from."""
CLOSED_WEEKS: Final = 3
QUIET_RATE: Final = 0.02
"""Share of the mean rate below which an open line is not expected to fall for hours on end."""
CLOSED_DOUBT: Final = 1e-3
"""How improbable silence must be, at the quiet rate, before hours count as closed."""


def find_gaps(counts: pd.Series[float], *, per_call: bool, missing: float | None) -> pd.Series[bool]:
    """Intervals of which nothing is known; for single calls only whole days without any call on a busy line."""
    if missing is not None:
        return pd.Series(data=False, index=counts.index)
    if not per_call:
        return counts.isna()
    index = stamps(counts)
    days = counts.fillna(0.0).groupby(index.date).transform("sum")
    busy = days.groupby(index.day_of_week).transform("median") >= 10
    return (days == 0) & busy


def closed_slots(calls: pd.Series[float]) -> frozenset[Slot]:
    """Hours of the week in which no call ever came although an open line would have had some.

    A stretch of silent slots counts as closed only if even a quiet line (2 % of the mean) would hardly have been
    silent for so long in so many weeks; a lull of a night line does not.
    """
    keys = slots(stamps(calls))
    weeks = calls.groupby(keys).size()
    total = calls.groupby(keys).sum(min_count=0)
    silent = ((total == 0) & (weeks >= CLOSED_WEEKS)).to_numpy()
    open_rate = total.sum() / max(1.0, float(weeks[~silent].sum()))
    expected = QUIET_RATE * open_rate * weeks.to_numpy(dtype=float)
    shut = np.zeros(len(silent), dtype=bool)
    for start, end in _stretches(silent):
        shut[start:end] = np.exp(-expected[start:end].sum()) < CLOSED_DOUBT
    return frozenset(total.index[shut])


def find_outliers(calls: pd.Series[float], calendar: Calendar) -> pd.Series[bool]:
    """Values far from the median of the same weekday and time in the weeks around; holidays and events are meant to."""
    index = stamps(calls)
    usual = calls.groupby(slots(index)).transform(
        lambda slot: slot.rolling(OUTLIER_WEEKS, center=True, min_periods=3).median()
    )
    spread = np.sqrt(usual + 1.0)
    scale = max(1.0, float(((calls - usual).abs() / spread).median()) * 1.4826)
    far = ((calls - usual).abs() > OUTLIER_SPREADS * scale * spread).to_numpy()
    dates, day = np.unique(np.asarray(index.date), return_inverse=True)
    special = np.isin(dates, np.array([*calendar.special, *calendar.events], dtype=object))
    return pd.Series(far & ~special[day] & ~_new_level(far, day, len(dates))[day], index=calls.index)


def _new_level(far: npt.NDArray[np.bool_], day: npt.NDArray[np.intp], days: int) -> npt.NDArray[np.bool_]:
    """Days within a run of unusual days too long to be an event."""
    unusual = np.bincount(day, far, days) > UNUSUAL_SHARE * np.bincount(day, minlength=days)
    level = np.zeros(days, dtype=bool)
    for start, end in _stretches(unusual):
        level[start:end] = end - start > LONGEST_EVENT_DAYS
    return level


def _stretches(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where runs of true begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
