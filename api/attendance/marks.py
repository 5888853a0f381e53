"""How a duty that was worked, or was not, is marked."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.time import Span

GRACE: Final = timedelta(minutes=5)
"""Nobody is late before that."""


class Mark(StrEnum):
    """What a duty counts as."""

    PRESENT = "present"
    LATE = "late"
    EARLY = "early"
    """He left before the end."""
    LATE_AND_EARLY = "late-and-early"
    NO_SHOW = "no-show"
    ABSENCE = "absence"
    """Worked by somebody else without approval: absence (旷工) for both (S7)."""
    EXTRA = "extra"
    """Worked without a duty, as asked for."""
    EXCUSED = "excused"


def mark_of(duty: Span | None, came: datetime | None, left: datetime | None) -> Mark:
    """The mark that follows from the times; without a duty the work is extra."""
    if duty is None:
        return Mark.EXTRA
    if came is None:
        return Mark.NO_SHOW
    late, early = came > duty.start + GRACE, left is not None and left < duty.end - GRACE
    if late and early:
        return Mark.LATE_AND_EARLY
    return Mark.LATE if late else Mark.EARLY if early else Mark.PRESENT
