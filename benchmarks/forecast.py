"""Month-ahead backtest: made on the 25th, judged on every interval of the next month, beside the yardsticks.

Series: the example (always), and every call file in --folder (default: data beside the project, skipped when absent).
WAPE is the sum of absolute errors over the sum of calls; `floor` is what chance
alone would leave if the forecast mean were the true one (Poisson).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from api.example.calls import draw_calls
from api.files.tables import read_table
from benchmarks.table import arguments, show
from domain.calendar import Calendar
from domain.time import Month, Zone
from forecasting.calendar import calendar
from forecasting.forecast import forecast
from forecasting.history import History, How, clean
from forecasting.models import MODELS
from forecasting.records import Records, understand

MOST_DAYS = 730
HALF_HOUR = pd.Timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Series:
    """One queue to be forecast, and the months that are judged."""

    name: str
    zone: Zone
    country: str
    raw: pd.DataFrame
    months: tuple[Month, ...]
    missing: float | None = None


def main() -> None:
    """Backtest every series with every model."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[2] / "shared" / "data" / "calls")
    options = parser.parse_args()
    rows = [row for series in [*_example(), *_real(options.folder)] for row in _judge(series)]
    show("Month-ahead forecast", rows, options)


def _example() -> Iterator[Series]:
    calls = draw_calls(1).astype(str)
    calls.index = pd.RangeIndex(2, len(calls) + 2)
    months = tuple(Month(2026, number) for number in (6, 7, 8, 9, 10))
    for queue in ("service", "emergency"):
        yield Series(f"example {queue}", Zone("Asia/Shanghai"), "CN", calls[calls["queue"] == queue], months)


def _real(folder: Path) -> Iterator[Series]:
    found = {
        "denver_ems_2011_2019_hourly.csv.gz": (
            "America/Denver",
            tuple(Month(2018, n) for n in (1, 3, 5, 7, 9, 11)),
            2.0,
        ),
        "us_bank_calls_2003_30min.csv.gz": ("America/New_York", tuple(Month(2003, n) for n in (7, 8, 9, 10)), None),
    }
    for name, (zone, months, missing) in found.items():
        if (folder / name).exists():
            yield Series(name.split(".")[0], Zone(zone), "US", read_table(folder / name), months, missing)
        else:
            print(f"skipped: {folder / name} is not on this machine")


def _judge(series: Series) -> Iterator[dict[str, object]]:
    records = understand(series.raw, series.zone)
    special = calendar(series.country, range(2000, 2028))
    whole = _came(records, series)
    sums = {name: np.zeros(8) for name in MODELS}
    for month in series.months:
        known = _known(records, series, special, month)
        for name, model in MODELS.items():
            began = time.perf_counter()
            frame = forecast(known, month.days, special, model=model).frame.set_index("start")
            sums[name] += _errors(frame, whole.reindex(frame.index), time.perf_counter() - began)
    best = sums["eight-week-mean"]
    for name, (error, calls, day_error, bias, inside, count, seconds, chance) in sums.items():
        yield {
            "series": series.name,
            "model": name,
            "WAPE %": 100 * error / calls,
            "relative": error / best[0],
            "day WAPE %": 100 * day_error / calls,
            "day relative": day_error / best[2],
            "bias %": 100 * bias / calls,
            "80 % band holds %": 100 * inside / count,
            "floor %": 100 * chance / calls,
            "s a month": seconds / len(series.months),
        }


def _came(records: Records, series: Series) -> pd.Series[float]:
    """The calls that came, nothing left out: for the judge."""
    rows = records.frame if records.per_call else records.frame.drop_duplicates(["queue", "start"])
    length = pd.Timedelta(rows["start"].sort_values().diff().mode().iloc[0]) if not records.per_call else HALF_HOUR
    counts = rows.groupby(rows["start"].dt.tz_convert("UTC").dt.floor(length))["calls"].sum()
    whole = counts.resample(length).sum(min_count=1)
    return whole.fillna(0.0 if records.per_call else series.missing).tz_convert(series.zone.key)


def _known(records: Records, series: Series, special: Calendar, month: Month) -> History:
    """What was known at the end of the 25th before, at most two years: cleaned without a look at later days."""
    made = (month.days.first - timedelta(days=1)).replace(day=25)
    history = clean(records, series.zone, special, How(missing=series.missing, until=made))
    oldest: date = made - timedelta(days=MOST_DAYS)
    return replace(history, calls=history.calls[history.calls.index >= pd.Timestamp(series.zone.day(oldest).start)])


def _errors(
    frame: pd.DataFrame, actual: pd.Series[float], seconds: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    there = actual.notna()
    mean, came = frame["mean"][there], actual[there]
    days = pd.DataFrame({"mean": mean, "came": came}).groupby(pd.DatetimeIndex(came.index).date).sum()
    inside = (came >= frame["p10"][there]) & (came <= frame["p90"][there])
    return np.array(
        [
            (mean - came).abs().sum(),
            came.sum(),
            (days["mean"] - days["came"]).abs().sum(),
            (mean - came).sum(),
            inside.sum(),
            len(came),
            seconds,
            _chance(mean),
        ]
    )


def _chance(mean: pd.Series[float]) -> float:
    """The error that chance alone leaves to this mean if it is the true one: mean absolute deviation, Poisson."""
    rate = mean.to_numpy(dtype=float)
    return float(np.sum(2 * rate * stats.poisson.pmf(np.floor(rate), rate)))


if __name__ == "__main__":
    main()
