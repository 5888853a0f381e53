"""The call series that forecasts are judged on: the example, and every file of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from api.example.calls import draw_calls
from api.files.tables import read_table
from domain.calendar import Calendar
from domain.time import Days, Month, Zone
from forecasting.history import History, How, clean
from forecasting.intervals import intervals
from forecasting.records import Records, understand

MOST_DAYS = 730
LEAST_DAYS = 100


@dataclass(frozen=True, slots=True)
class Series:
    """One queue to be forecast, and the months that are judged."""

    name: str
    zone: Zone
    country: str
    raw: pd.DataFrame
    months: tuple[Month, ...]
    missing: float | None = None


def example() -> Iterator[Series]:
    """The two queues of the example."""
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


def real(folder: Path, other: Known) -> Iterator[Series]:
    """The files of a folder; `other`: what holds for those that are not known."""
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


def came(records: Records, series: Series) -> pd.Series[float]:
    """The calls that came, nothing left out: for the judge."""
    rows = records.frame if records.per_call else records.frame.drop_duplicates(["queue", "start"])
    minutes = 30 if records.per_call else int(rows["start"].sort_values().diff().mode().iloc[0].total_seconds() // 60)
    grid = intervals(series.zone, Days(rows["start"].min().date(), rows["start"].max().date()), minutes)
    place = grid.searchsorted(pd.DatetimeIndex(rows["start"]), side="right") - 1
    whole = rows.groupby(grid[place])["calls"].sum().reindex(grid)
    missing = np.nan if series.missing is None else series.missing
    whole = whole.fillna(0.0 if records.per_call else missing)
    return _with_days_off(whole)


def _with_days_off(whole: pd.Series[float]) -> pd.Series[float]:
    """A day without one row counts as no calls in the slots that otherwise have rows: the line stood still."""
    index = pd.DatetimeIndex(whole.index)
    slots = whole.notna().groupby([index.day_of_week, index.hour, index.minute]).transform("mean") > 1 / 2
    silent = ~whole.notna().groupby(index.date).transform("any")
    return whole.mask(slots & silent, 0.0)


def known(records: Records, series: Series, special: Calendar, month: Month) -> History:
    """What was known at the end of the 25th before, at most two years: cleaned without a look at later days."""
    last = made(month)
    history = clean(records, series.zone, special, How(missing=series.missing, until=last))
    oldest: date = last - timedelta(days=MOST_DAYS)
    return replace(history, calls=history.calls[history.calls.index >= pd.Timestamp(series.zone.day(oldest).start)])


def made(month: Month) -> date:
    """The last day that is known when a month is forecast."""
    return (month.days.first - timedelta(days=1)).replace(day=25)
