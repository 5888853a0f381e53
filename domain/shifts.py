"""Shift types: when a duty of that code starts and ends, its breaks, and the work it may serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.language import Refusal, Text, plain
from domain.time import DAY_MINUTES, Span, Zone, later, minute, wall_minutes


@dataclass(frozen=True, slots=True)
class Break:
    """A pause inside a duty, placed by minutes after its start; nobody is available during it."""

    after: int
    minutes: int
    paid: bool = False


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
        moment = self.handover
        for pause in self.breaks:
            if pause.minutes <= 0 or pause.after < moment or pause.after + pause.minutes > self.wall_length:
                raise Refusal(_outside(self.code, Text("休息", "a break")))
            moment = pause.after + pause.minutes

    @property
    def standby(self) -> bool:
        """Whether it is spent on standby, not on the premises."""
        return self.response is not None

    @property
    def wall_length(self) -> int:
        """Minutes from start to end on the wall clock."""
        return (wall_minutes(self.end) - wall_minutes(self.start) - 1) % DAY_MINUTES + 1

    def span(self, zone: Zone, day: date) -> Span:
        """Presence on the absolute clock for the duty that starts on this local day."""
        start = wall_minutes(self.start)
        return Span(zone.at(day, start), zone.at(day, start + self.wall_length))

    def available(self, zone: Zone, day: date) -> tuple[Span, ...]:
        """Presence without hand-over and breaks: when calls can be taken; never on standby."""
        if self.standby:
            return ()
        whole = self.span(zone, day)
        moments = [_within(whole, self.handover)]
        for pause in self.breaks:
            moments += [_within(whole, pause.after), _within(whole, pause.after + pause.minutes)]
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
