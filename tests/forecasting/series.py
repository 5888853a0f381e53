"""Invented call series with a known law, as the tables of strings that a file reader hands over."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from domain.time import Days, Zone
from forecasting.intervals import intervals

SHANGHAI = Zone("Asia/Shanghai")


def rates(index: pd.DatetimeIndex, peak: float = 40.0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A working day that peaks at noon; half as much at the weekend."""
    hours = np.asarray(index.hour + index.minute / 60, dtype=float)
    shape = 0.15 + np.exp(-((hours - 12) ** 2) / 18)
    return peak * shape * np.where(index.day_of_week < 5, 1.0, 0.5)


def table(
    first: date = date(2026, 6, 1),
    last: date = date(2026, 11, 25),
    *,
    zone: Zone = SHANGHAI,
    length: int = 30,
    seed: int = 1,
    peak: float = 40.0,
) -> pd.DataFrame:
    """One row an interval: timestamp and calls, Poisson around the rates."""
    index = intervals(zone, Days(first, last), length)
    calls = np.random.default_rng(seed).poisson(rates(index, peak) * length / 30)
    frame = pd.DataFrame({"timestamp": index.strftime("%Y-%m-%d %H:%M:%S"), "calls": calls.astype(str)})
    return numbered(frame)


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows as a spreadsheet counts them."""
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame.astype(str)
