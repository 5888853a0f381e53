"""Shift types: when a duty of that code starts and ends, where its breaks may lie, and the work it may serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import product
from typing import Final

from domain.language import Refusal, Text, plain
from domain.time import DAY_MINUTES, Span, Zone, later, minute, wall_minutes

Layout = tuple[int, ...]
"""Where the breaks of one duty lie: how many minutes after its start each begins; empty: each as early as it may."""

MOST_LAYOUTS: Final = 24
"""Every layout of a shift is one more duty that a cell could hold."""


@dataclass(frozen=True, slots=True)
class Break:
    """A pause inside a duty; nobody is available during it.

    It begins `after` so many minutes, or may be laid anywhere from there to `until`; a roster that is built tries every
    `step` minutes of it.
    """

    after: int
    minutes: int
    paid: bool = False
    until: int | None = None
    step: int = 30

    @property
    def latest(self) -> int:
        """The last minute after the start of the duty at which it may begin."""
        return self.after if self.until is None else self.until

    @property
    def starts(self) -> range:
        """Where a roster that is built tries to lay it."""
        return range(self.after, self.latest + 1, self.step)


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A code of the roster. An end at or before the start lies on the next day."""

    code: str
    label: Text
    start: time
    end: time
    works: tuple[str, ...]
    breaks: tuple[Break, ...] = ()
    handover: int = 0
    """Minutes at the start for taking over the log; not yet available for calls."""
    response: int | None = None
    """A standby duty: the person is elsewhere, unpaid until called, and comes within so many minutes of a call."""

    def __post_init__(self) -> None:
        if not self.code or not self.works:
            raise Refusal(Text("班次必须有代码和工作内容", "a shift type needs a code and the work it serves"))
        if not 0 <= self.handover < self.wall_length:
            raise Refusal(_outside(self.code, Text("交接班", "hand-over")))
        if any(pause.minutes <= 0 or pause.step <= 0 or pause.latest < pause.after for pause in self.breaks):
            raise Refusal(_outside(self.code, Text("休息", "a break")))
        if not self.allows(tuple(pause.after for pause in self.breaks)):
            raise Refusal(_outside(self.code, Text("休息", "a break")))
        if any(pause.latest + pause.minutes > self.wall_length for pause in self.breaks):
            raise Refusal(_outside(self.code, Text("休息", "a break")))
        if len(self.layouts) > MOST_LAYOUTS:
            raise Refusal(_too_many(self.code, len(self.layouts)))

    @property
    def standby(self) -> bool:
        """Whether it is spent on standby, not on the premises."""
        return self.response is not None

    @property
    def wall_length(self) -> int:
        """Minutes from start to end on the wall clock."""
        return (wall_minutes(self.end) - wall_minutes(self.start) - 1) % DAY_MINUTES + 1

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """All ways in which a roster that is built lays the breaks, the empty one (each as early as it may) first."""
        return _layouts(self)

    def begins(self, layout: Layout = ()) -> Layout:
        """How many minutes after the start each break of a layout begins."""
        return layout or tuple(pause.after for pause in self.breaks)

    def allows(self, layout: Layout) -> bool:
        """Whether each break begins where it may, after the hand-over and after the break before it."""
        begins = self.begins(layout)
        if len(begins) != len(self.breaks):
            return False
        ends = (self.handover, *(begin + pause.minutes for begin, pause in zip(begins, self.breaks, strict=True)))
        within = all(pause.after <= begin <= pause.latest for begin, pause in zip(begins, self.breaks, strict=True))
        return within and all(end <= begin for end, begin in zip(ends, begins, strict=False))

    def named(self, begins: Layout) -> Layout:
        """The layout of breaks that begin so; each as early as it may is the empty one, so that each has one name."""
        return () if begins == self.begins() else begins

    def pauses(self, zone: Zone, day: date, layout: Layout = ()) -> tuple[Span, ...]:
        """The breaks of a duty on the absolute clock."""
        whole = self.span(zone, day)
        return tuple(
            Span(_within(whole, begin), _within(whole, begin + pause.minutes))
            for begin, pause in zip(self.begins(layout), self.breaks, strict=True)
            if begin < whole.minutes
        )

    def span(self, zone: Zone, day: date) -> Span:
        """Presence on the absolute clock for the duty that starts on this local day."""
        start = wall_minutes(self.start)
        return Span(zone.at(day, start), zone.at(day, start + self.wall_length))

    def available(self, zone: Zone, day: date, layout: Layout = ()) -> tuple[Span, ...]:
        """Presence without hand-over and breaks: when calls can be taken; never on standby."""
        if self.standby:
            return ()
        whole = self.span(zone, day)
        moments = [_within(whole, self.handover)]
        for pause in self.pauses(zone, day, layout):
            moments += [pause.start, pause.end]
        moments.append(whole.end)
        pairs = zip(moments[::2], moments[1::2], strict=True)
        return tuple(Span(start, end) for start, end in pairs if minute(start) < minute(end))

    def paid_minutes(self, zone: Zone, day: date) -> int:
        """Presence less unpaid breaks, in minutes of the absolute clock; standby itself is not paid by the hour."""
        if self.standby:
            return 0
        return self.span(zone, day).minutes - sum(pause.minutes for pause in self.breaks if not pause.paid)


def _within(whole: Span, minutes: int) -> datetime:
    """So many minutes after the start, never past the end: a spring night is short."""
    return later(whole.start, min(minutes, whole.minutes))


def _outside(code: str, what: Text) -> Text:
    return Text(
        "班次“{code}”的{what}超出班次或重叠", "shift “{code}”: {what} lies outside the shift or overlaps"
    ).filled(code=plain(code), what=what)


@lru_cache(maxsize=1024)
def _layouts(shift: ShiftType) -> tuple[Layout, ...]:
    begins = product(*(pause.starts for pause in shift.breaks))
    return tuple(shift.named(layout) for layout in begins if shift.allows(layout))


def _too_many(code: str, count: int) -> Text:
    return Text(
        "班次“{code}”的休息有{count}种排法, 最多{most}种; 请加大步长 step 或缩小范围",
        "shift “{code}” has {count} ways to lay its breaks, at most {most}; take a larger step or a smaller window",
    ).filled(code=plain(code), count=plain(count), most=plain(MOST_LAYOUTS))
