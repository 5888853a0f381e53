"""The breaks of a duty as clock times, out and in again."""

from __future__ import annotations

import re
from typing import Final

from domain.language import Refusal, Text, plain
from domain.roster import Duty
from domain.shifts import Layout, ShiftType
from domain.site import Site
from domain.time import later

CLOCK: Final = re.compile(r"(\d{1,2}:\d\d)(?:\s*[-–]\s*\d{1,2}:\d\d)?")


def pauses(duty: Duty, site: Site) -> tuple[str, ...]:
    """Each break of a duty on the clock of the site: 12:00–12:30."""
    spans = site.shift(duty.shift).pauses(site.zone, duty.day, duty.breaks)
    return tuple(f"{span.start:%H:%M}–{span.end:%H:%M}" for span in spans)


def laid(words: str, duty: Duty, site: Site) -> Layout:
    """Read the layout of breaks told by their times, parted by commas or semicolons; the shift must allow it."""
    shift = site.shift(duty.shift)
    clocks = [CLOCK.fullmatch(part.strip()) for part in re.split(r"[;；,，]", words)]
    if len(clocks) != len(shift.breaks) or not all(clocks):
        raise Refusal(_other_count(words, shift))
    layout = shift.named(tuple(_begin(found[1], place, duty, site) for place, found in enumerate(clocks) if found))
    if not shift.allows(layout):
        raise Refusal(_elsewhere(words, shift))
    return layout


def _begin(clock: str, place: int, duty: Duty, site: Site) -> int:
    """How many minutes after the start a break begins that is told by the clock: sought where it may lie."""
    shift = site.shift(duty.shift)
    start, pause = shift.span(site.zone, duty.day).start, shift.breaks[place]
    for begin in range(pause.after, pause.latest + 1):
        if f"{later(start, begin):%H:%M}" == clock.zfill(5):
            return begin
    raise Refusal(_elsewhere(clock, shift))


def _other_count(words: str, shift: ShiftType) -> Text:
    return Text(
        "“{words}”不是{count}段休息的时间, 应如 12:00-12:30; 15:00-15:15",
        "“{words}” does not tell the breaks ({count} of them) as 12:00-12:30; 15:00-15:15 does",
    ).filled(words=plain(words), count=plain(len(shift.breaks)))


def _elsewhere(words: str, shift: ShiftType) -> Text:
    return Text("班次“{code}”的休息不能在“{words}”", "shift “{code}” does not let a break lie at “{words}”").filled(
        code=plain(shift.code), words=plain(words)
    )
