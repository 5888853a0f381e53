"""History and days to come -> the distribution of calls in every interval: mean, 10 % and 90 % quantile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from forecasting.band import Ties
from forecasting.ensemble import mixed, weights
from forecasting.history import History
from forecasting.intervals import in_slots, intervals, on_days, stamps
from forecasting.models import ENSEMBLE, ENSEMBLES, EXTRAS, MODELS
from forecasting.standstill import standing_still
from forecasting.trials import latest, trials

Floats = npt.NDArray[np.float64]

SHORTEST_DAYS: Final = 21
"""Three weeks are the least from which a week's shape can be told."""
FARTHEST_DAYS: Final = 92
TAIL: Final = 1.15
"""How much further from the mean than the 80 % band the outer points of staffing lie: errors beyond it are larger than
a normal's, by 1 to 10 % over both sides and 6 to 26 % above, on four series."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """One row an interval and queue: `queue`, `start` (aware), `mean`, `p10`, `p90`, in calls.

    A further column `handle_s` tells the mean handle time to be expected, seconds; NaN where nothing tells it.
    """

    zone: Zone
    interval: int
    frame: pd.DataFrame
    ties: Mapping[str, Ties] = field(default_factory=dict)
    """How much of what the calls of a queue are above or below the mean a day or a month has in common."""
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """What each model weighs in the forecast of a queue."""

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues forecast."""
        return tuple(dict.fromkeys(self.frame["queue"]))

    def of(self, queue: str) -> pd.DataFrame:
        """One queue's rows, by start."""
        return self.frame[self.frame["queue"] == queue].sort_values("start")

    def handle_s(self, queue: str) -> Floats | None:
        """[interval]: mean handle seconds, None where the forecast does not tell them."""
        rows = self.of(queue)
        seconds = rows["handle_s"].to_numpy(dtype=float) if "handle_s" in rows else np.full(len(rows), np.nan)
        return seconds if len(seconds) and np.isfinite(seconds).all() else None

    def points(self, queue: str) -> Floats:
        """[3, interval]: three calls that stand for the distribution of each interval in staffing, the mean amidst."""
        return points(self.of(queue))


def spread(rows: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """The 10 % quantile, the mean and the 90 % quantile of some rows."""
    low, mean, high = (rows[name].to_numpy(dtype=float) for name in ("p10", "mean", "p90"))
    return low, mean, high


def points(rows: pd.DataFrame) -> Floats:
    """[3, interval]: mean and both quantiles of some rows, the quantiles as far out as the tails want it."""
    low, mean, high = spread(rows)
    return np.stack([np.maximum(mean - TAIL * (mean - low), 0.0), mean, mean + TAIL * (high - mean)])


def forecast(history: History, days: Days, calendar: Calendar, *, model: str = ENSEMBLE) -> Forecast:
    """Forecast every queue over the days, from all that the history knows; by an ensemble, or by one model alone."""
    _refuse_short(history)
    _refuse_far(history, days)
    future = intervals(history.zone, days, history.interval)
    ahead = {queue: _queue(history, queue, future, calendar, model) for queue in history.queues}
    return Forecast(
        history.zone,
        history.interval,
        pd.concat([found.table for found in ahead.values()], ignore_index=True),
        {queue: found.ties for queue, found in ahead.items()},
        {queue: found.weights for queue, found in ahead.items()},
    )


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What is foreseen of one queue."""

    table: pd.DataFrame
    ties: Ties
    weights: Mapping[str, float]


def _queue(history: History, queue: str, future: pd.DatetimeIndex, calendar: Calendar, model: str) -> _Ahead:
    calls, shut = history.calls[queue], history.closed.get(queue, frozenset())
    calls = calls.mask(in_slots(stamps(calls), shut))
    usual = ENSEMBLES.get(model, {model: 1.0})
    models = {name: each for name, each in {**MODELS, **EXTRAS}.items() if name in usual}
    earlier = trials(calls, calendar, history.interval, models, latest(stamps(calls)))
    weight = weights(earlier, usual) if len(usual) > 1 else dict(usual)
    mean = mixed({name: each(calls, future, calendar, history.interval) for name, each in models.items()}, weight)
    mean = np.where(in_slots(future, shut) | _still(history, queue, future, calendar), 0.0, mean)
    errors = [band.Errors(mixed(trial.means, weight), trial.actual, trial.index) for trial in earlier]
    low, high = band.quantiles(mean, errors)
    handle = history.handle[queue].at(future, calendar) if queue in history.handle else np.nan
    table = pd.DataFrame({"queue": queue, "start": future, "mean": mean, "p10": low, "p90": high, "handle_s": handle})
    return _Ahead(table, band.ties(errors), weight)


def _still(history: History, queue: str, future: pd.DatetimeIndex, calendar: Calendar) -> npt.NDArray[np.bool_]:
    """Whether each interval lies on a holiday on which the line will stand still."""
    seen = np.unique(np.asarray(stamps(history.calls[queue]).date))
    rests = standing_still(np.unique(np.asarray(future.date)), history.still.get(queue, frozenset()), seen, calendar)
    return on_days(future, rests)


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
