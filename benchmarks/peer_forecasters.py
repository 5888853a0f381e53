"""Ready models of other libraries on the same cleaned history; each where its library is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pandas as pd

from domain.calendar import Calendar
from domain.time import Days
from forecasting.history import History
from forecasting.intervals import intervals, stamps

Peer = Callable[[History, Days, Calendar], pd.DataFrame]
DAY = 24 * 60


def _prophet(history: History, days: Days, calendar: Calendar) -> pd.DataFrame:
    """Prophet with a daily season for each weekday, the best of its settings that was found, and the holidays."""
    from prophet import Prophet  # noqa: PLC0415 - an extra

    calls = _only(history)
    holidays = pd.DataFrame({"ds": pd.to_datetime(list(calendar.special)), "holiday": "holiday"})
    model = Prophet(
        daily_seasonality=False, weekly_seasonality=True, holidays=holidays, interval_width=0.8, uncertainty_samples=300
    )
    if history.interval < DAY:
        for day in range(7):
            model.add_seasonality(f"day{day}", period=1, fourier_order=8, condition_name=f"is{day}")
    model.fit(_conditions(stamps(calls)).assign(y=calls.to_numpy()))
    ahead = intervals(history.zone, days, history.interval)
    found = model.predict(_conditions(ahead))
    named = found[["yhat", "yhat_lower", "yhat_upper"]].clip(lower=0).to_numpy()
    return pd.DataFrame(named, index=ahead, columns=["mean", "p10", "p90"])


def _conditions(index: pd.DatetimeIndex) -> pd.DataFrame:
    frame = pd.DataFrame({"ds": index.tz_localize(None)})
    return frame.assign(**{f"is{day}": frame["ds"].dt.day_of_week == day for day in range(7)})


def _auto_arima(history: History, days: Days, _: Calendar) -> pd.DataFrame:
    """Statsforecast's AutoARIMA over whole days, times the mean profile of the weekday over eight weeks."""
    from statsforecast.models import AutoARIMA  # noqa: PLC0415 - an extra

    calls = _only(history)
    index = stamps(calls)
    sums = calls.groupby(index.tz_localize(None).normalize()).sum().asfreq("D").interpolate()
    ahead = intervals(history.zone, days, history.interval)
    steps = (days.last - sums.index[-1].date()).days
    found = AutoARIMA(season_length=7).fit(sums.to_numpy(dtype=float)).predict(steps, level=[80])
    later = pd.date_range(sums.index[-1].date() + pd.Timedelta(days=1), periods=steps)
    shares = _shares(calls[index >= index[-1] - pd.Timedelta(days=56)])
    keys = pd.MultiIndex.from_arrays([ahead.day_of_week, ahead.hour * 60 + ahead.minute])
    share = shares.reindex(keys).fillna(0.0).to_numpy()
    place = later.get_indexer(ahead.tz_localize(None).normalize())
    columns = {name: np.maximum(np.asarray(found[key], dtype=float)[place], 0.0) * share for name, key in NAMES.items()}
    return pd.DataFrame(columns, index=ahead)


NAMES = {"mean": "mean", "p10": "lo-80", "p90": "hi-80"}


def _shares(calls: pd.Series[float]) -> pd.Series[float]:
    index = stamps(calls)
    means = calls.groupby([index.day_of_week, index.hour * 60 + index.minute]).mean()
    return means / means.groupby(level=0).transform("sum")


def _only(history: History) -> pd.Series[float]:
    """The known calls of the one queue."""
    calls: pd.Series[float] = history.calls[history.queues[0]].dropna()
    return calls


KNOWN: dict[str, tuple[str, Peer]] = {
    "Prophet, a daily season per weekday": ("prophet", _prophet),
    "AutoARIMA over days x profile": ("statsforecast", _auto_arima),
}
PEERS: dict[str, Peer] = {name: peer for name, (library, peer) in KNOWN.items() if find_spec(library) is not None}
