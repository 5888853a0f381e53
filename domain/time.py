"""Days, months and spans: wall clock of a site in, instants out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.language import Refusal, Text, plain

MINUTE: Final = timedelta(minutes=1)
DAY_MINUTES: Final = 24 * 60
EARLIEST_YEAR, LATEST_YEAR = 1980, 2199


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the absolute clock, end not included; both ends are aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise Refusal(Text("时间必须带时区", "a time needs its time zone"))
        if minute(self.end) <= minute(self.start):
            raise Refusal(Text("结束必须晚于开始", "a span must end after it starts"))

    @property
    def minutes(self) -> int:
        """Length on the absolute clock, in minutes."""
        return minute(self.end) - minute(self.start)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least a minute."""
        return minute(self.start) < minute(other.end) and minute(other.start) < minute(self.end)


@dataclass(frozen=True, slots=True)
class Days:
    """A row of days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(Text("结束日期早于开始日期", "the last day is before the first"))

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(len(self)))

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def parse(cls, words: str) -> Self:
        """Read `2026-12`."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", words.strip())
        if not found or not EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR:
            raise Refusal(
                Text("“{words}”不是月份, 应写作 2026-12", "“{words}” is not a month; write 2026-12").filled(words=words)
            )
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def days(self) -> Days:
        """All days of the month."""
        following = date(self.year + self.number // 12, self.number % 12 + 1, 1)
        return Days(date(self.year, self.number, 1), following - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Zone:
    """The time zone of a site, by its IANA name."""

    key: str

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.key)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Refusal(
                Text(
                    "没有时区“{key}”, 例如 Asia/Shanghai", "there is no time zone “{key}”; one is Asia/Shanghai"
                ).filled(key=plain(self.key))
            ) from error

    @property
    def info(self) -> ZoneInfo:
        """The zone's rules."""
        return ZoneInfo(self.key)

    def at(self, day: date, minutes: int) -> datetime:
        """The instant at which the wall clock shows so many minutes after the day's midnight.

        A time inside a spring gap moves to the next valid minute; a repeated hour means its first run.
        """
        return _at(self.key, day, minutes)

    def day(self, day: date) -> Span:
        """A local day as a span: 23, 24 or 25 hours."""
        return Span(self.at(day, 0), self.at(day, DAY_MINUTES))

    def day_of(self, instant: datetime) -> date:
        """The local date of an instant."""
        return instant.astimezone(self.info).date()

    def from_minute(self, minutes: int) -> datetime:
        """The local time of a minute of the absolute clock."""
        return datetime.fromtimestamp(minutes * 60, tz=self.info)


def minute(instant: datetime) -> int:
    """Whole minutes since 1970-01-01T00:00Z: the absolute clock on which rest and cover are measured."""
    return int(instant.timestamp()) // 60


def later(instant: datetime, minutes: int) -> datetime:
    """So many minutes of the absolute clock later, in the same zone; plain addition would move the wall clock."""
    return (instant.astimezone(UTC) + minutes * MINUTE).astimezone(instant.tzinfo)


def wall_minutes(clock: time) -> int:
    """Minutes after midnight on the wall clock."""
    return clock.hour * 60 + clock.minute


def monday(day: date) -> date:
    """The first day of a day's ISO week."""
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=65536)
def _at(key: str, day: date, minutes: int) -> datetime:
    zone = ZoneInfo(key)
    naive = datetime.combine(day, time()) + minutes * MINUTE
    while True:
        instant = naive.replace(tzinfo=zone)
        if instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive:
            return instant
        naive += MINUTE
