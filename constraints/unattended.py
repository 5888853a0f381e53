"""Where each line leads at every minute, derived from who is on duty; and where nobody and nothing answers (S10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.lines import Line
from domain.roster import Duty
from domain.site import Site
from domain.time import Days, Span, Zone, minute


class Target(StrEnum):
    """Where a line leads."""

    DESK = "desk"
    MACHINE = "machine"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Forward:
    """A line leads somewhere over a span."""

    line: Line
    span: Span
    target: Target

    @property
    def where(self) -> str:
        """The number or queue that the exchange is to use; empty: there is none."""
        return {Target.DESK: self.line.desk, Target.MACHINE: self.line.machine, Target.NOTHING: ""}[self.target]


class Lack(StrEnum):
    """Why a span is a gap."""

    NOTHING = "nothing"
    """Nobody is there and no machine answers (S2: such a call counts as none too many)."""
    NO_EMERGENCY = "no-emergency"
    """The machine names no number for emergencies."""
    PROMISED = "promised"
    """People were promised at this hour and nobody is there."""
    NOT_PUBLISHED = "not-published"
    """No roster is in force, so nothing can be derived."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A span over which a line is not as it should be."""

    line: Line
    span: Span
    lack: Lack


def forwards(line: Line, site: Site, duties: Iterable[Duty], days: Days) -> tuple[Forward, ...]:
    """Where a line leads from the first minute of the days to the last, no minute left out.

    Staffed is a line while so many people as it asks for can take calls: hand-over and breaks do not count.
    """
    begin, end = minute(site.zone.day(days.first).start), minute(site.zone.day(days.last).end)
    away = Target.MACHINE if line.machine else Target.NOTHING
    found: list[Forward] = []
    for start, stop, heads in _heads(line, site, duties, begin, end):
        target = Target.DESK if heads >= line.people else away
        if found and found[-1].target is target:
            found[-1] = Forward(line, Span(found[-1].span.start, site.zone.from_minute(stop)), target)
        else:
            found.append(Forward(line, Span(site.zone.from_minute(start), site.zone.from_minute(stop)), target))
    return tuple(found)


def until(led: Iterable[Forward], end: datetime) -> tuple[Forward, ...]:
    """Where a line leads before a moment."""
    return tuple(
        Forward(forward.line, Span(forward.span.start, min(forward.span.end, end, key=minute)), forward.target)
        for forward in led
        if minute(forward.span.start) < minute(end)
    )


def gaps(line: Line, led: Sequence[Forward], site: Site, published: Sequence[Days]) -> tuple[Gap, ...]:
    """What is wrong with where a line leads; days without a published roster are one lack of their own."""
    known = {day for days in published for day in days}
    found: list[Gap] = []
    for forward in led:
        for span in _by_day(forward.span, site.zone):
            day = site.zone.day_of(span.start)
            if day not in known:
                found.append(Gap(line, span, Lack.NOT_PUBLISHED))
            elif forward.target is not Target.DESK:
                found += _lacks(line, forward.target, span, site.zone)
    return tuple(sorted(_joined(found), key=lambda gap: (minute(gap.span.start), gap.lack)))


def opening(led: Sequence[Forward], zone: Zone, day: date) -> tuple[Span, ...]:
    """When a line is staffed on a day; a span that goes on past midnight is told whole."""
    return tuple(
        forward.span for forward in led if forward.target is Target.DESK and forward.span.overlaps(zone.day(day))
    )


def _heads(line: Line, site: Site, duties: Iterable[Duty], begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and people over the stretches between comings and goings, in minutes of the absolute clock."""
    moves: Counter[int] = Counter()
    serving = [duty for duty in duties if duty.work in line.works and any(duty.shift == s.code for s in site.shifts)]
    for duty in serving:
        for span in site.shift(duty.shift).available(site.zone, duty.day, duty.breaks):
            come, go = max(minute(span.start), begin), min(minute(span.end), end)
            if come < go:
                moves[come] += 1
                moves[go] -= 1
    heads, moment = 0, begin
    for after in sorted({*moves, end}):
        if after > moment:
            yield moment, after, heads
        heads, moment = heads + moves[after], max(moment, after)


def _lacks(line: Line, target: Target, span: Span, zone: Zone) -> Iterator[Gap]:
    if target is Target.NOTHING:
        yield Gap(line, span, Lack.NOTHING)
    elif not line.emergency:
        yield Gap(line, span, Lack.NO_EMERGENCY)
    for promised in _promised(line, span, zone):
        yield Gap(line, promised, Lack.PROMISED)


def _promised(line: Line, span: Span, zone: Zone) -> Iterator[Span]:
    """The parts of a span of one day that lie in promised hours; those of the eve may reach into it."""
    day = zone.day_of(span.start)
    for hours in line.hours:
        for promised in (hours.span(zone, start) for start in (day - timedelta(days=1), day)):
            if promised and promised.overlaps(span):
                start, end = max(promised.start, span.start, key=minute), min(promised.end, span.end, key=minute)
                yield Span(start, end)


def _by_day(span: Span, zone: Zone) -> Iterator[Span]:
    """A span cut at midnights of the site."""
    start = span.start
    while minute(start) < minute(span.end):
        end = min(zone.day(zone.day_of(start)).end, span.end, key=minute)
        yield Span(start, end)
        start = end


def _joined(found: Iterable[Gap]) -> Iterator[Gap]:
    """Gaps of one lack that touch, as one."""
    held: dict[Lack, Gap] = {}
    for gap in sorted(found, key=lambda gap: minute(gap.span.start)):
        before = held.get(gap.lack)
        if before and minute(before.span.end) == minute(gap.span.start):
            held[gap.lack] = Gap(gap.line, Span(before.span.start, gap.span.end), gap.lack)
            continue
        if before:
            yield before
        held[gap.lack] = gap
    yield from held.values()
