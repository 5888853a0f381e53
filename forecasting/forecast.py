"""History and days to come -> the distribution of calls in every interval: mean, 10 % and 90 % quantile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar
from domain.faults import BadInput
from domain.language import Text, day_text
from domain.time import Days, Zone
from forecasting import band
from forecasting.history import History
from forecasting.intervals import in_slots, intervals, stamps
from forecasting.models import MODELS, Model

Floats = npt.NDArray[np.floating]

SHORTEST_DAYS: Final = 21
"""Three weeks are the least from which a week's shape can be told."""
ORIGINS: Final = 4
FARTHEST_DAYS: Final = 92


@dataclass(frozen=True, slots=True)
class Forecast:
    """One row an interval and queue: `queue`, `start` (aware), `mean`, `p10`, `p90`, in calls."""

    zone: Zone
    interval: int
    frame: pd.DataFrame

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues forecast."""
        return tuple(dict.fromkeys(self.frame["queue"]))

    def of(self, queue: str) -> pd.DataFrame:
        """One queue's rows, by start."""
        return self.frame[self.frame["queue"] == queue].sort_values("start")


def forecast(history: History, days: Days, calendar: Calendar, *, model: Model = MODELS["regression"]) -> Forecast:
    """Forecast every queue over the days, from all that the history knows."""
    _refuse_short(history)
    _refuse_far(history, days)
    future = intervals(history.zone, days, history.interval)
    tables = [_queue(history, queue, future, calendar, model) for queue in history.queues]
    return Forecast(history.zone, history.interval, pd.concat(tables, ignore_index=True))


def _queue(history: History, queue: str, future: pd.DatetimeIndex, calendar: Calendar, model: Model) -> pd.DataFrame:
    calls, shut = history.calls[queue], history.closed.get(queue, frozenset())
    calls = calls.mask(in_slots(stamps(calls), shut))
    mean = np.where(in_slots(future, shut), 0.0, model(calls, future, calendar, history.interval))
    low, high = band.quantiles(mean, _past_errors(calls, calendar, history.interval, model))
    return pd.DataFrame({"queue": queue, "start": future, "mean": mean, "p10": low, "p90": high})


def _past_errors(calls: pd.Series[float], calendar: Calendar, interval: int, model: Model) -> band.Errors | None:
    """Forecasts of earlier months made inside the history, a few days ahead and a month long, beside what came."""
    index = stamps(calls)
    means: list[Floats] = []
    actuals: list[Floats] = []
    for back in range(1, ORIGINS + 1):
        begin = index[-1] - pd.Timedelta(days=30 * back)
        origin = begin - pd.Timedelta(days=5)
        past = calls[index < origin]
        if len(past) == 0 or (origin - index[0]).days < 2 * SHORTEST_DAYS:
            break
        span = calls[(index >= begin) & (index < begin + pd.Timedelta(days=30))].dropna()
        means.append(model(past, pd.DatetimeIndex(span.index), calendar, interval))
        actuals.append(span.to_numpy(dtype=float))
    return band.Errors(np.concatenate(means), np.concatenate(actuals)) if means else None


def _refuse_short(history: History) -> None:
    index = history.calls.index
    if len(index) == 0 or index[-1] - index[0] < timedelta(days=SHORTEST_DAYS - 1):
        first = day_text(index[0].date()) if len(index) else Text("无", "none")
        words = Text(
            "来电记录太短(从{first}起), 至少需要三周",
            "the call records are too short (from {first}); at least three weeks are needed",
        )
        raise BadInput(words.filled(first=first))


def _refuse_far(history: History, days: Days) -> None:
    if (days.first - history.last_day).days > FARTHEST_DAYS:
        words = Text(
            "来电记录到{last}为止, 离{first}太远; 应止于之前三个月内",
            "the call records end on {last}, too far from {first}; they must end within three months before it",
        )
        raise BadInput(words.filled(last=day_text(history.last_day), first=day_text(days.first)))
