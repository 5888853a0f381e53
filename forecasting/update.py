"""The same day and the next days anew, from the calls that came so far.

Errors are scores within the band: one part shared by the month, one by each day (fading from day to day), one of each
interval alone, in the shares that earlier forecasts showed. Given the scores of the last days, those to come follow
(Gaussian conditioning; Shen and Huang, M&SOM 10, 2008, update day factors in the same spirit), and the band narrows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecasting.band import Ties
from forecasting.forecast import Forecast, spread
from forecasting.history import History
from forecasting.scenarios import Z90

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.int64]

DAYS: Final = 7
"""So many days from now on are told anew, from as many before."""
FADE: Final = 0.7
"""How much of what a day had in common the next day has too."""
FARTHEST: Final = 4.0
"""Scores beyond this are an outage or a mistake: they count as this much."""


def updated(forecast: Forecast, seen: History, now: datetime) -> Forecast:
    """The forecast with the intervals from now on, up to seven days, told anew; all others stay as they were."""
    tables = [_queue(forecast, queue, seen, pd.Timestamp(now)) for queue in forecast.queues]
    return replace(forecast, frame=pd.concat(tables, ignore_index=True))


def _queue(forecast: Forecast, queue: str, seen: History, now: pd.Timestamp) -> pd.DataFrame:
    rows = forecast.of(queue).reset_index(drop=True)
    if queue not in seen.queues:
        return rows
    starts = pd.DatetimeIndex(pd.to_datetime(rows["start"], utc=True)).tz_convert(seen.zone.key)
    span = pd.Timedelta(days=DAYS)
    scores = _scores(rows, seen.calls[queue].reindex(starts).to_numpy(dtype=float))
    known = np.asarray((starts < now) & (starts >= now - span)) & np.isfinite(scores)
    ahead = np.asarray((starts >= now) & (starts < now + span))
    if not known.any() or not ahead.any():
        return rows
    days = ((starts.normalize() - starts[0].normalize()) / pd.Timedelta(days=1)).to_numpy().round().astype(np.int64)
    told = _Told.of(days[known], scores[known], days[ahead], forecast.ties.get(queue, Ties()))
    rows.loc[ahead, ["mean", "p10", "p90"]] = told.over(rows.loc[ahead])
    return rows


def _scores(rows: pd.DataFrame, came: Floats) -> Floats:
    """[interval]: how far what came lies from the mean, within the band; NaN where nothing is known."""
    low, mean, high = spread(rows)
    width = np.where(came < mean, mean - low, high - mean) / Z90
    scores = np.where(width > 0, (came - mean) / np.where(width > 0, width, 1.0), np.nan)
    return np.clip(scores, -FARTHEST, FARTHEST)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the scores of intervals to come are expected to be, and by how much the band is narrower."""

    score: Floats
    narrower: Floats

    @classmethod
    def of(cls, seen: Ints, scores: Floats, ahead: Ints, ties: Ties) -> _Told:
        """From the scores of intervals seen; days are numbers."""
        own = max(0.05, 1 - ties.month - ties.day)
        days, place = np.unique(seen, return_inverse=True)
        counts = np.bincount(place)
        means = np.bincount(place, scores) / counts
        future, where = np.unique(ahead, return_inverse=True)
        among = _together(days, days, ties) + np.diag(own / counts)
        across = _together(future, days, ties)
        solved = np.linalg.solve(among, np.column_stack([means, across.T]))
        left = np.maximum(ties.month + ties.day - (across * solved[:, 1:].T).sum(axis=1), 0.0)
        narrower = np.sqrt((left + own) / (ties.month + ties.day + own))
        return cls((across @ solved[:, 0])[where], narrower[where])

    def over(self, rows: pd.DataFrame) -> Floats:
        """[interval, 3]: mean, 10 % and 90 % quantile anew."""
        low, mean, high = spread(rows)
        width = np.where(self.score < 0, mean - low, high - mean) / Z90
        middle = np.maximum(mean + self.score * width, 0.0)
        below = np.maximum(middle - self.narrower * (mean - low), 0.0)
        return np.column_stack([middle, below, middle + self.narrower * (high - mean)])


def _together(one: Ints, other: Ints, ties: Ties) -> Floats:
    """[day, day]: how much of the scores' variance two days have in common."""
    apart = np.abs(one[:, None] - other[None, :])
    return np.asarray(ties.month + ties.day * FADE**apart, dtype=float)
