"""From records to a clean history: one value per interval and queue, and a report of everything that was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from domain.calendar import Calendar
from domain.faults import BadInput
from domain.language import Text, plain
from domain.time import Days, Zone
from forecasting.behaviour import HandleTimes, handle_times
from forecasting.exchanged import looks_exchanged
from forecasting.intervals import DAY, in_slots, intervals, on_days
from forecasting.oddities import closed_slots, find_gaps, find_outliers
from forecasting.records import Records
from forecasting.standstill import still_days

INTERVALS: Final = (5, 6, 10, 12, 15, 20, 30, 60, DAY)
"""Lengths of an interval in minutes that can be read and forecast; the last is a whole day."""

PER_CALL_INTERVAL: Final = 30


@dataclass(frozen=True, slots=True)
class How:
    """How records become history."""

    interval: int | None = None
    """Minutes; by default the records' own, 30 for single calls."""
    missing: float | None = None
    """The calls of an interval without a row; by default a gap, or no calls where the records are single calls."""
    until: date | None = None
    """The last day that counts: nothing later is looked at for anything."""
    kept: frozenset[date] = frozenset()
    """Days whose odd values are learnt from all the same."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What was done to one queue, in intervals unless named otherwise."""

    rows: int
    duplicates: int
    gaps: int
    outliers: tuple[pd.Timestamp, ...]
    closed: int
    """Weekday-and-time slots of a week that are closed."""
    exchanged: bool = False
    """Whether day and month look exchanged in the dates of the first twelve days."""


@dataclass(frozen=True, slots=True)
class History:
    """Calls per interval: one float column a queue, NaN where unknown or left out, aware local index."""

    zone: Zone
    interval: int
    calls: pd.DataFrame
    closed: Mapping[str, frozenset[tuple[int, int]]]
    """Weekday (0 is Monday) and minute of the day of closed slots, for each queue."""
    handle: Mapping[str, HandleTimes]
    """Handle times of the queues whose records tell them."""
    cleaning: Mapping[str, Cleaning] = field(default_factory=dict)
    still: Mapping[str, frozenset[date]] = field(default_factory=dict)
    """Holidays on which a queue had not one call: they are no gaps, and nothing is learnt from them but that."""

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues by name."""
        return tuple(str(queue) for queue in self.calls.columns)

    @property
    def last_day(self) -> date:
        """The local day of the last interval."""
        day: date = self.calls.index[-1].date()
        return day


def clean(records: Records, zone: Zone, calendar: Calendar, how: How | None = None) -> History:
    """Aggregate, fill the grid, and leave out what cannot be learnt from."""
    how = how or How()
    frame, duplicates = _without_duplicates(records, _end(how, zone))
    recorded = PER_CALL_INTERVAL if records.per_call else _recorded_interval(frame)
    interval = _wanted(how.interval, 1 if records.per_call else recorded, recorded)
    columns: dict[str, pd.Series[float]] = {}
    closed: dict[str, frozenset[tuple[int, int]]] = {}
    still: dict[str, frozenset[date]] = {}
    cleaning: dict[str, Cleaning] = {}
    grid = _grid(frame, interval, zone)
    for queue, rows in frame.groupby("queue"):
        counts = _counts(rows, grid)
        still[str(queue)] = still_days(counts if how.missing is None else counts.fillna(how.missing), calendar)
        rests = on_days(grid, still[str(queue)])
        gaps = find_gaps(counts, per_call=records.per_call, missing=how.missing) & ~rests
        filled = counts.fillna(0.0 if how.missing is None else how.missing).mask(gaps | rests)
        shut = closed_slots(filled)
        outliers = find_outliers(filled, calendar) & ~on_days(grid, how.kept)
        columns[str(queue)] = filled.mask(outliers)
        closed[str(queue)] = shut
        cleaning[str(queue)] = Cleaning(
            len(rows),
            int(duplicates.get(queue, 0)),
            int((gaps & ~in_slots(grid, shut)).sum()),
            tuple(grid[outliers.to_numpy()]),
            len(shut),
            looks_exchanged(filled),
        )
    return History(zone, interval, pd.DataFrame(columns), closed, handle_times(frame, calendar), cleaning, still)


def _end(how: How, zone: Zone) -> pd.Timestamp | None:
    return None if how.until is None else pd.Timestamp(zone.day(how.until).end)


def _without_duplicates(records: Records, end: pd.Timestamp | None) -> tuple[pd.DataFrame, pd.Series[int]]:
    """Drop what came too late, and rows that came twice: the same call, or the same interval and number."""
    frame = records.frame if end is None else records.frame[records.frame["start"] < end]
    if frame.empty:
        raise BadInput(Text("截止日期之前没有来电记录", "there are no call records up to the day asked for"))
    if records.per_call:
        known = frame["call_id"].notna()
        twice = known & frame.duplicated(["call_id", "start"])
    else:
        twice = frame.duplicated(["queue", "start", "calls"])
        refuse_clash(frame[~twice])
    return frame[~twice], frame[twice].groupby("queue").size()


def refuse_clash(frame: pd.DataFrame) -> None:
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
    if steps.empty:
        raise BadInput(Text("至少需要两个不同的时段", "at least two different intervals are needed"))
    minutes = int(steps.mode().iloc[0] / pd.Timedelta(minutes=1))
    if minutes not in INTERVALS:
        words = Text(
            "行间隔为{minutes}分钟, 只支持 5 至 60 分钟中能整除一小时者, 或一天",
            "the rows are {minutes} minutes apart; they should be 5, 6, 10, 12, 15, 20, 30 or 60 apart, or a day",
        )
        raise BadInput(words.filled(minutes=plain(minutes)), column="start")
    return minutes


def _wanted(interval: int | None, finest: int, recorded: int) -> int:
    """The interval asked for, if the records can give it."""
    interval = interval or recorded
    if interval not in INTERVALS or interval < finest or interval % finest:
        words = Text(
            "记录为{finest}分钟一行, 不能得到{interval}分钟的时段; 请用{finest}的倍数, 至 60, 或 1440",
            "records per {finest} min cannot give intervals of {interval} min; use a multiple up to 60, or 1440",
        )
        raise BadInput(words.filled(finest=plain(finest), interval=plain(interval)), column="interval")
    return interval


def _grid(frame: pd.DataFrame, interval: int, zone: Zone) -> pd.DatetimeIndex:
    """Every interval from the first row of the records to their last."""
    first, last = frame["start"].min(), frame["start"].max()
    whole = intervals(zone, Days(first.date(), last.date()), interval)
    return pd.DatetimeIndex(whole[(whole > first - pd.Timedelta(minutes=interval)) & (whole <= last)])


def _counts(rows: pd.DataFrame, grid: pd.DatetimeIndex) -> pd.Series[float]:
    """Calls of each interval."""
    place = grid.searchsorted(pd.DatetimeIndex(rows["start"]), side="right") - 1
    return rows.groupby(grid[place])["calls"].sum().reindex(grid)
