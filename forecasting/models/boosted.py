"""Boosted trees: direct, Poisson, starting from the mean of the last eight weeks; an extra that needs LightGBM.

They see what a planner would look at: the slot, the calendar, how the last weeks ran beside the last eight, and how far
ahead the day lies. Trained on weekly pseudo-origins of the past. Ke et al., LightGBM, NeurIPS 30 (2017).
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar, DayKind
from domain.language import Refusal, Text
from forecasting.intervals import slots, stamps
from forecasting.models.design import days_off, kinds

Floats = npt.NDArray[np.floating]

AVAILABLE: Final = find_spec("lightgbm") is not None
ORIGINS: Final = 40
LEAST_ORIGINS: Final = 6
WEEK: Final = pd.Timedelta(days=7)
AHEAD: Final = pd.Timedelta(days=37)
SMALL: Final = 0.1
"""Calls that stand for none where a logarithm is taken."""
SETTINGS: Final = {
    "objective": "poisson",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 100,
    "lambda_l2": 10.0,
    "feature_fraction": 0.8,
    "seed": 1,
    "deterministic": True,
    "num_threads": 1,
    "verbosity": -1,
}
ROUNDS: Final = 120


def forecast(calls: pd.Series[float], future: pd.DatetimeIndex, calendar: Calendar, _interval: int) -> Floats:
    """The mean of each future interval; where the past is short, the mean of the last eight weeks."""
    if not AVAILABLE:
        words = Text("需要 LightGBM: pip install 'paiban[boost]'", "LightGBM is needed: pip install 'paiban[boost]'")
        raise Refusal(words)
    import lightgbm  # noqa: PLC0415 - an extra

    known = calls.dropna()
    end = stamps(calls)[-1]
    origins = [end - AHEAD - back * WEEK for back in range(ORIGINS)]
    origins = [origin for origin in origins if origin - stamps(calls)[0] > 9 * WEEK]
    base, columns = _features(known, future, calendar, end)
    if len(origins) < LEAST_ORIGINS:
        return base
    bases, tables, came = [], [], []
    for origin in origins:
        ahead = known[(stamps(known) >= origin) & (stamps(known) < origin + AHEAD)]
        start, table = _features(known[stamps(known) < origin], stamps(ahead), calendar, origin)
        bases.append(start)
        tables.append(table)
        came.append(ahead.to_numpy(dtype=float))
    begun = np.log(np.maximum(np.concatenate(bases), SMALL))
    data = lightgbm.Dataset(np.concatenate(tables), np.concatenate(came), init_score=begun)
    grown = lightgbm.train(dict(SETTINGS), data, ROUNDS)
    told: Floats = np.exp(np.log(np.maximum(base, SMALL)) + np.asarray(grown.predict(columns, raw_score=True)))
    return told


def _features(
    past: pd.Series[float], ahead: pd.DatetimeIndex, calendar: Calendar, origin: pd.Timestamp
) -> tuple[Floats, Floats]:
    """The mean of the last eight weeks, and beside it what else is known of each interval ahead."""
    last = past[stamps(past) >= origin - 8 * WEEK]
    means = last.groupby(slots(stamps(last))).mean()
    base = means.reindex(slots(ahead)).fillna(float(last.mean()) if len(last) else 0.0).to_numpy(dtype=float)
    off, day_kinds = days_off(ahead, calendar), kinds(ahead, calendar)
    before = days_off(pd.DatetimeIndex(ahead + pd.Timedelta(days=1)), calendar)
    after = days_off(pd.DatetimeIndex(ahead - pd.Timedelta(days=1)), calendar)
    columns = [
        base,
        ahead.hour * 60 + ahead.minute,
        ahead.day_of_week,
        ahead.day_of_year,
        ahead.day,
        (ahead - origin) / pd.Timedelta(days=1),
        off,
        before,
        after,
        day_kinds == DayKind.MAKE_UP_WORK,
        np.full(len(ahead), _trend(last, origin, 2)),
        np.full(len(ahead), _trend(last, origin, 4)),
    ]
    return base, np.column_stack([np.asarray(column, dtype=float) for column in columns])


def _trend(last: pd.Series[float], origin: pd.Timestamp, weeks: int) -> float:
    """How the last weeks ran beside the last eight."""
    recent = float(last[stamps(last) >= origin - weeks * WEEK].mean())
    whole = float(last.mean())
    return recent / whole if whole > 0 and recent == recent else 1.0  # noqa: PLR0124 - NaN is not itself
