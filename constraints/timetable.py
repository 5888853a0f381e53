"""Shift types placed on the absolute clock, each day once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.shifts import Layout, ShiftType
from domain.site import Site
from domain.time import DAY_MINUTES, Span, Zone, minute, wall_minutes

NIGHT_FROM, NIGHT_TO = 0, 5 * 60
"""The core of the night, 00:00 to 05:00 (Directive 2003/88/EC art. 2: every night time contains it)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A shift type on a day: minutes since 1970 UTC."""

    start: int
    end: int
    paid: int
    last_day: date
    """The local day of its last minute."""
    available: tuple[tuple[int, int], ...]
    """When calls can be taken: presence without hand-over and breaks."""
    clock: int
    """Minutes from local midnight to the start on the wall clock."""
    night: bool
    """It covers at least half of the core of a night, on the premises."""
    response: int | None = None
    """Spent on standby, to come within so many minutes of a call; None: on the premises."""
    pauses: tuple[tuple[int, int], ...] = ()
    """The breaks."""

    @property
    def pause(self) -> int:
        """Minutes of the longest break."""
        return max((end - start for start, end in self.pauses), default=0)


class Timetable:
    """When each shift of a site starts, ends and is available, on every day."""

    def __init__(self, zone: Zone, shifts: tuple[ShiftType, ...]) -> None:
        self.zone = zone
        self.shifts = {shift.code: shift for shift in shifts}
        self._placed: dict[tuple[str, date, Layout], Placed] = {}
        self._days: dict[date, tuple[int, int]] = {}

    def placed(self, code: str, day: date, layout: Layout = ()) -> Placed:
        """A shift on a day, its breaks laid so."""
        found = self._placed.get((code, day, layout))
        if found is None:
            found = self._placed[code, day, layout] = self._place(self.shifts[code], day, layout)
        return found

    def day(self, day: date) -> tuple[int, int]:
        """A local day as minutes of the absolute clock."""
        found = self._days.get(day)
        if found is None:
            span = self.zone.day(day)
            found = self._days[day] = minute(span.start), minute(span.end)
        return found

    def day_of(self, moment: int) -> date:
        """The local day in which a minute of the absolute clock lies."""
        return self.zone.from_minute(moment).date()

    def span(self, start: int, end: int) -> Span:
        """Minutes of the absolute clock as a span of local time."""
        return Span(self.zone.from_minute(start), self.zone.from_minute(end))

    def _place(self, shift: ShiftType, day: date, layout: Layout) -> Placed:
        span = shift.span(self.zone, day)
        start, end = minute(span.start), minute(span.end)
        return Placed(
            start,
            end,
            shift.paid_minutes(self.zone, day),
            self.zone.from_minute(end - 1).date(),
            _minutes(shift.available(self.zone, day, layout)),
            wall_minutes(shift.start),
            not shift.standby and self._is_night(start, end, day),
            shift.response,
            _minutes(shift.pauses(self.zone, day, layout)),
        )

    def _is_night(self, start: int, end: int, day: date) -> bool:
        for midnight in (0, DAY_MINUTES):
            dark = minute(self.zone.at(day, midnight + NIGHT_FROM)), minute(self.zone.at(day, midnight + NIGHT_TO))
            if 2 * (min(end, dark[1]) - max(start, dark[0])) >= dark[1] - dark[0]:
                return True
        return False


def _minutes(spans: tuple[Span, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((minute(span.start), minute(span.end)) for span in spans)


def timetable(site: Site) -> Timetable:
    """Find the timetable of a site; sites with the same zone and shifts share one."""
    return _timetable(site.zone, site.shifts)


@lru_cache(maxsize=512)
def _timetable(zone: Zone, shifts: tuple[ShiftType, ...]) -> Timetable:
    return Timetable(zone, shifts)
