"""From records to a clean history: one value per interval and queue, and a report of everything that was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from domain.calendar import Calendar
from domain.faults import BadInput
from domain.language import Text, plain
from domain.time import Days, Zone
from forecasting.intervals import in_slots, intervals, slots, stamps
from forecasting.records import Records

INTERVALS: Final = (5, 10, 15, 30, 60)
"""Lengths of an interval in minutes that can be read and forecast."""

PER_CALL_INTERVAL: Final = 30
OUTLIER_SPREADS: Final = 8.0
"""Robust standard deviations from the median of the same weekday and time, beyond which a value is left out."""
OUTLIER_WEEKS: Final = 9
CLOSED_WEEKS: Final = 3
"""A weekday and time without any call in at least so many weeks is closed."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What was done to one queue, in intervals unless named otherwise."""

    rows: int
    duplicates: int
    gaps: int
    outliers: tuple[pd.Timestamp, ...]
    closed: int
    """Weekday-and-time slots of a week that are closed."""


@dataclass(frozen=True, slots=True)
class History:
    """Calls per interval: one float column a queue, NaN where unknown or left out, aware local index."""

    zone: Zone
    interval: int
    calls: pd.DataFrame
    closed: Mapping[str, frozenset[tuple[int, int]]]
    """Weekday (0 is Monday) and minute of the day of closed slots, for each queue."""
    handle_s: Mapping[str, float]
    """Mean handle time, seconds, for queues whose records tell it."""
    cleaning: Mapping[str, Cleaning] = field(default_factory=dict)

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues by name."""
        return tuple(str(queue) for queue in self.calls.columns)

    def until(self, end: pd.Timestamp) -> History:
        """What was known before an instant."""
        return History(
            self.zone, self.interval, self.calls[self.calls.index < end], self.closed, self.handle_s, self.cleaning
        )


def clean(
    records: Records, zone: Zone, calendar: Calendar, *, interval: int | None = None, missing: float | None = None
) -> History:
    """Aggregate, fill the grid, and leave out what cannot be learnt from.

    `interval`: minutes, by default the records' own (30 for calls). `missing`: the calls of an interval without a row;
    by default such an interval is a gap, or no calls where the records are single calls.
    """
    frame, duplicates = _without_duplicates(records)
    recorded = PER_CALL_INTERVAL if records.per_call else _recorded_interval(frame)
    interval = _wanted(interval, 1 if records.per_call else recorded, recorded)
    columns: dict[str, pd.Series[float]] = {}
    closed: dict[str, frozenset[tuple[int, int]]] = {}
    cleaning: dict[str, Cleaning] = {}
    grid = _grid(frame, interval, zone)
    for queue, rows in frame.groupby("queue"):
        counts = _counts(rows, grid, interval)
        gaps = _gaps(counts, records, missing)
        filled = counts.fillna(0.0 if missing is None else missing).mask(gaps)
        shut = _closed_slots(filled)
        outliers = _outliers(filled, calendar)
        columns[str(queue)] = filled.mask(outliers)
        closed[str(queue)] = shut
        cleaning[str(queue)] = Cleaning(
            len(rows),
            int(duplicates.get(queue, 0)),
            int((gaps & ~in_slots(grid, shut)).sum()),
            tuple(grid[outliers.to_numpy()]),
            len(shut),
        )
    return History(zone, interval, pd.DataFrame(columns), closed, _handle_times(frame), cleaning)


def _without_duplicates(records: Records) -> tuple[pd.DataFrame, pd.Series[int]]:
    """Drop rows that came twice: the same call id, or the same interval with the same number."""
    frame = records.frame
    if records.per_call:
        known = frame["call_id"].notna()
        twice = known & frame.duplicated("call_id")
    else:
        twice = frame.duplicated(["queue", "start", "calls"])
        _refuse_clash(frame[~twice])
    return frame[~twice], frame[twice].groupby("queue").size()


def _refuse_clash(frame: pd.DataFrame) -> None:
    """Two rows that tell different numbers for one interval."""
    clash = frame.duplicated(["queue", "start"]).to_numpy()
    if clash.any():
        place = int(clash.argmax())
        words = Text(
            "时段{start}有两行且数字不同; 请合并, 或加“queue”列区分队列",
            "a second row for {start} with another number; add them up, or tell queues apart in a column “queue”",
        )
        start = plain(frame["start"].iloc[place])
        raise BadInput(words.filled(start=start), row=int(frame.index.to_numpy()[place]))


def _recorded_interval(frame: pd.DataFrame) -> int:
    """The usual distance between neighbouring rows of a queue, in minutes."""
    steps = frame.sort_values("start").groupby("queue")["start"].diff().dropna()
    steps = steps[steps > pd.Timedelta(0)]
    minutes = int(steps.mode().iloc[0] / pd.Timedelta(minutes=1)) if len(steps) else 0
    if minutes not in INTERVALS:
        words = Text(
            "行间隔为{minutes}分钟, 只支持 5、10、15、30、60 分钟的时段",
            "the rows are {minutes} minutes apart; intervals of 5, 10, 15, 30 or 60 minutes can be read",
        )
        raise BadInput(words.filled(minutes=plain(minutes)), column="start")
    return minutes


def _wanted(interval: int | None, finest: int, recorded: int) -> int:
    """The interval asked for, if the records can give it."""
    interval = interval or recorded
    if interval not in INTERVALS or interval < finest or interval % finest:
        words = Text(
            "记录为{finest}分钟一行, 不能得到{interval}分钟的时段; 请用{finest}的倍数(5、10、15、30、60)",
            "records per {finest} min cannot give intervals of {interval} min; use a multiple (5, 10, 15, 30, 60)",
        )
        raise BadInput(words.filled(finest=plain(finest), interval=plain(interval)), column="interval")
    return interval


def _grid(frame: pd.DataFrame, interval: int, zone: Zone) -> pd.DatetimeIndex:
    """Every interval from the first local day of the records to their last row."""
    first, last = frame["start"].min(), frame["start"].max()
    whole = intervals(zone, Days(first.date(), last.date()), interval)
    return pd.DatetimeIndex(whole[whole <= last])


def _counts(rows: pd.DataFrame, grid: pd.DatetimeIndex, interval: int) -> pd.Series[float]:
    floor = rows["start"].dt.tz_convert("UTC").dt.floor(f"{interval}min").dt.tz_convert(grid.tz)
    return rows.groupby(floor)["calls"].sum().reindex(grid)


def _gaps(counts: pd.Series[float], records: Records, missing: float | None) -> pd.Series[bool]:
    """Intervals of which nothing is known; for single calls only whole days without any call on a busy line."""
    if missing is not None:
        return pd.Series(data=False, index=counts.index)
    if not records.per_call:
        return counts.isna()
    index = stamps(counts)
    days = counts.fillna(0.0).groupby(index.date).transform("sum")
    busy = days.groupby(index.day_of_week).transform("median") >= 10
    return (days == 0) & busy


def _closed_slots(calls: pd.Series[float]) -> frozenset[tuple[int, int]]:
    """Slots of the week in which no call ever came, where the line is busy enough for that to mean something."""
    keys = slots(stamps(calls))
    weeks = calls.groupby(keys).size()
    total = calls.groupby(keys).sum(min_count=0)
    if total.mean() < 20:
        return frozenset()
    return frozenset(total[(total == 0) & (weeks >= CLOSED_WEEKS)].index)


def _outliers(calls: pd.Series[float], calendar: Calendar) -> pd.Series[bool]:
    """Values far from the median of the same weekday and time in the weeks around; holidays are meant to differ."""
    index = stamps(calls)
    usual = calls.groupby(slots(index)).transform(
        lambda slot: slot.rolling(OUTLIER_WEEKS, center=True, min_periods=3).median()
    )
    spread = np.sqrt(usual + 1.0)
    scale = max(1.0, float(((calls - usual).abs() / spread).median()) * 1.4826)
    far = (calls - usual).abs() > OUTLIER_SPREADS * scale * spread
    special = np.isin(np.asarray(index.date), np.array(list(calendar.special), dtype=object))
    meant: pd.Series[bool] = far & ~special
    return meant


def _handle_times(frame: pd.DataFrame) -> dict[str, float]:
    told = frame[frame["handle_s"] > 0]
    weighted = (told["handle_s"] * told["calls"]).groupby(told["queue"]).sum() / told.groupby("queue")["calls"].sum()
    return {str(queue): float(seconds) for queue, seconds in weighted.items()}
