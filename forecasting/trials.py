"""Rolling origins inside a history: what each model would have said of earlier months, beside what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
MONTH: Final = pd.Timedelta(days=30)
LEAD: Final = pd.Timedelta(days=5)
"""A month's forecast is made on the 25th."""
MADE_ON: Final = 25
LEAST_DAYS: Final = 42
"""An origin with fewer days before it says nothing of what a longer history will do."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span that is forecast as if it had not come: nothing from the origin on is known."""

    origin: pd.Timestamp
    begin: pd.Timestamp
    end: pd.Timestamp


@dataclass(frozen=True, slots=True)
class Trial:
    """A window of the past, as each model saw it."""

    window: Window
    index: pd.DatetimeIndex
    means: Mapping[str, Floats]
    actual: Floats


def latest(index: pd.DatetimeIndex, count: int = ORIGINS) -> list[Window]:
    """The last months counted back from the end, thirty days each, the last first: all that is known is used."""
    begins = [index[-1] - back * MONTH for back in range(1, count + 1)]
    return [Window(begin - LEAD, begin, begin + MONTH) for begin in begins]


def calendar_months(index: pd.DatetimeIndex, count: int) -> list[Window]:
    """The last whole calendar months, the last first, each seen from the end of the 25th before it."""
    last = index[-1] + (index[1] - index[0])
    naive = pd.period_range(index[0].date(), last.date(), freq="M")[::-1]
    found: list[Window] = []
    for period in naive:
        begin, end = (moment.tz_localize(index.tz) for moment in (period.to_timestamp(), (period + 1).to_timestamp()))
        eve = (begin - pd.Timedelta(days=1)).replace(day=MADE_ON)
        if end <= last and len(found) < count:
            found.append(Window(eve.normalize() + pd.Timedelta(days=1), begin, end))
    return found


def trials(
    calls: pd.Series[float], calendar: Calendar, interval: int, models: Mapping[str, Model], windows: Iterable[Window]
) -> list[Trial]:
    """The windows that lie long enough after the beginning; unknown intervals are left out."""
    return list(_trials(calls, calendar, interval, models, windows))


def _trials(
    calls: pd.Series[float], calendar: Calendar, interval: int, models: Mapping[str, Model], windows: Iterable[Window]
) -> Iterator[Trial]:
    index = stamps(calls)
    for window in windows:
        past = calls[index < window.origin]
        if len(past) == 0 or (window.origin - index[0]).days < LEAST_DAYS:
            return
        came = calls[(index >= window.begin) & (index < window.end)].dropna()
        ahead = stamps(came)
        if past.notna().any() and len(ahead):
            means = {name: model(past, ahead, calendar, interval) for name, model in models.items()}
            yield Trial(window, ahead, means, came.to_numpy(dtype=float))
