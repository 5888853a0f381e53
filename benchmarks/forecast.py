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

from api.example.calls import draw_calls
from api.files.tables import read_table
from benchmarks.table import arguments, show
from domain.calendar import Calendar
from domain.time import Days, Month, Zone
from forecasting.backtest import chance
from forecasting.calendar import calendar
from forecasting.forecast import forecast
from forecasting.history import History, How, clean
from forecasting.intervals import intervals
from forecasting.models import MODELS
from forecasting.models.yardsticks import mean_of_eight_weeks
from forecasting.records import Records, understand

MOST_DAYS = 730
LEAST_DAYS = 100
ENSEMBLE = "ensemble"
YARDSTICK = "last eight, as they came"


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
    parser.add_argument("--zone", default="UTC", help="of files that are not known")
    parser.add_argument("--country", default="US", help="whose public holidays, for files that are not known")
    parser.add_argument(
        "--missing", type=float, help="calls of an interval without a row, for files that are not known"
    )
    options = parser.parse_args()
    real = _real(options.folder, Known(options.zone, options.country, None, options.missing))
    rows = [row for series in [*_example(), *real] for row in _judge(series)]
    show("Month-ahead forecast", rows, options)


def _example() -> Iterator[Series]:
    calls = draw_calls(1).astype(str)
    calls.index = pd.RangeIndex(2, len(calls) + 2)
    months = tuple(Month(2026, number) for number in (6, 7, 8, 9, 10))
    for queue in ("service", "emergency"):
        yield Series(f"example {queue}", Zone("Asia/Shanghai"), "CN", calls[calls["queue"] == queue], months)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file beside its rows."""

    zone: str
    country: str
    months: tuple[Month, ...] | None = None
    missing: float | None = None


KNOWN = {
    "denver_ems_2011_2019_hourly.csv.gz": Known(
        "America/Denver", "US", tuple(Month(2018, number) for number in (1, 3, 5, 7, 9, 11)), 2.0
    ),
    "us_bank_calls_2003_30min.csv.gz": Known(
        "America/New_York", "US", tuple(Month(2003, number) for number in (7, 8, 9, 10))
    ),
    "us_call_centre_2012_2019_daily.csv.gz": Known(
        "America/New_York", "US", tuple(Month(2018, number) for number in (1, 3, 5, 7, 9, 11))
    ),
}
"""The public records; any other file of calls is judged on every second of its last twelve whole months."""


def _real(folder: Path, other: Known) -> Iterator[Series]:
    files = sorted(path for path in folder.glob("*.csv*") if path.is_file()) if folder.is_dir() else []
    if not files:
        print(f"skipped: there are no call records in {folder}")
    for path in files:
        known = KNOWN.get(path.name, other)
        raw, zone = read_table(path), Zone(known.zone)
        months = known.months or _last_months(understand(raw, zone).frame["start"])
        yield Series(path.name.split(".")[0], zone, known.country, raw, months, known.missing)


def _last_months(start: pd.Series[pd.Timestamp]) -> tuple[Month, ...]:
    """Every second of the last twelve whole months that have a hundred days of history, or all if they are few."""
    first, last = start.min().date(), start.max().date()
    periods = pd.period_range(first + timedelta(days=LEAST_DAYS), last, freq="M")
    whole = [Month(month.year, month.month) for month in periods]
    whole = [month for month in whole if month.days.last <= last and (month.days.first - first).days >= LEAST_DAYS][
        -12:
    ]
    return tuple(whole[::-2][::-1] if len(whole) > 6 else whole)


def _judge(series: Series) -> Iterator[dict[str, object]]:
    records = understand(series.raw, series.zone)
    special = calendar(series.country, range(2000, 2028))
    whole = _came(records, series)
    sums = {name: np.zeros(8) for name in (YARDSTICK, ENSEMBLE, *MODELS)}
    for month in series.months:
        known = _known(records, series, special, month)
        for name in sums:
            began = time.perf_counter()
            frame = _plain(whole, month) if name == YARDSTICK else _foreseen(known, month, special, name)
            sums[name] += _errors(frame, whole.reindex(frame.index), time.perf_counter() - began)
    best = sums[YARDSTICK]
    for name, (error, calls, day_error, bias, inside, count, seconds, floor) in sums.items():
        yield {
            "series": series.name,
            "model": name,
            "WAPE %": 100 * error / calls,
            "relative": error / best[0],
            "day WAPE %": 100 * day_error / calls,
            "day relative": day_error / best[2],
            "bias %": 100 * bias / calls,
            "80 % band holds %": 100 * inside / count,
            "floor %": 100 * floor / calls,
            "s a month": seconds / len(series.months),
        }


def _foreseen(known: History, month: Month, special: Calendar, name: str) -> pd.DataFrame:
    frame = forecast(known, month.days, special, model=None if name == ENSEMBLE else name).frame
    return frame.set_index("start")


def _plain(whole: pd.Series[float], month: Month) -> pd.DataFrame:
    """The mean of the last eight same weekdays and times, nothing cleaned: what a spreadsheet would say."""
    index = pd.DatetimeIndex(whole.index)
    made, first = _made(month), pd.Timestamp(month.days.first, tz=index.tz)
    past = whole[index < pd.Timestamp(made + timedelta(days=1), tz=index.tz)]
    ahead = index[(index >= first) & (index < pd.Timestamp(month.days.last + timedelta(days=1), tz=index.tz))]
    mean = mean_of_eight_weeks(past, ahead, Calendar(), 0)
    return pd.DataFrame({"mean": mean, "p10": mean, "p90": mean}, index=ahead)


def _made(month: Month) -> date:
    return (month.days.first - timedelta(days=1)).replace(day=25)


def _came(records: Records, series: Series) -> pd.Series[float]:
    """The calls that came, nothing left out: for the judge."""
    rows = records.frame if records.per_call else records.frame.drop_duplicates(["queue", "start"])
    minutes = 30 if records.per_call else int(rows["start"].sort_values().diff().mode().iloc[0].total_seconds() // 60)
    grid = intervals(series.zone, Days(rows["start"].min().date(), rows["start"].max().date()), minutes)
    place = grid.searchsorted(pd.DatetimeIndex(rows["start"]), side="right") - 1
    whole = rows.groupby(grid[place])["calls"].sum().reindex(grid)
    whole = whole.fillna(0.0 if records.per_call else series.missing)
    return _with_days_off(whole)


def _with_days_off(whole: pd.Series[float]) -> pd.Series[float]:
    """A day without one row counts as no calls in the slots that otherwise have rows: the line stood still."""
    index = pd.DatetimeIndex(whole.index)
    slots = whole.notna().groupby([index.day_of_week, index.hour, index.minute]).transform("mean") > 1 / 2
    silent = ~whole.notna().groupby(index.date).transform("any")
    return whole.mask(slots & silent, 0.0)


def _known(records: Records, series: Series, special: Calendar, month: Month) -> History:
    """What was known at the end of the 25th before, at most two years: cleaned without a look at later days."""
    made = _made(month)
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
            chance(mean.to_numpy(dtype=float)),
        ]
    )


if __name__ == "__main__":
    main()
