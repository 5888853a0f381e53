"""The colour of a shift by its part of the day: early light, late warm, night dark. The code always stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.shifts import ShiftType
from domain.time import wall_minutes


@dataclass(frozen=True, slots=True)
class Colour:
    """Background and text, six hex digits each."""

    back: str
    text: str


NIGHT: Final = Colour("35477D", "FFFFFF")
HUES: Final = (
    (9 * 60, Colour("FFF1BF", "4A3B00")),
    (10 * 60 + 30, Colour("D9EEC4", "22400B")),
    (14 * 60, Colour("CDE7F0", "0B3A4A")),
    (24 * 60, Colour("F7CDA6", "552A00")),
)
"""Up to which start of the shift each hue holds, in minutes after midnight."""
LEAVE: Final = Colour("E4D7F2", "43276B")
REST: Final = Colour("F4F5F7", "9AA1AC")
WEEKEND: Final = Colour("E7EAEF", "333333")
HOLIDAY: Final = Colour("F6D5D5", "7A1010")


def shift_colour(shift: ShiftType) -> Colour:
    """The colour of a shift type."""
    start = wall_minutes(shift.start)
    if start >= 20 * 60 or start < 4 * 60:
        return NIGHT
    return next(colour for until, colour in HUES if start < until)
