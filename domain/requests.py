"""What people ask for and what is fixed before the roster is made: leave, wishes, pins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.language import Refusal, Text
from domain.time import Days, Span, Zone

NOON: Final = 12 * 60
"""Minutes after midnight at which a half day of leave begins or ends."""

NOT_HERE: Final = "not-employed"
"""The kind of leave of days before somebody came or after he left."""


class Half(StrEnum):
    """A half of a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Leave:
    """Approved absence over days; the first may begin at noon, the last may end there."""

    agent: str
    days: Days
    kind: str = "annual"
    from_noon: bool = False
    until_noon: bool = False

    def __post_init__(self) -> None:
        if self.from_noon and self.until_noon and len(self.days) == 1:
            raise Refusal(Text("半天假不能从中午到中午", "half a day of leave lies before noon or after it"))

    def span(self, zone: Zone) -> Span:
        """From when to when somebody is away."""
        start = zone.at(self.days.first, NOON if self.from_noon else 0)
        end = zone.at(self.days.last, NOON) if self.until_noon else zone.at(self.days.last + timedelta(days=1), 0)
        return Span(start, end)

    def halves(self, day: date) -> int:
        """How many halves of a day are leave: 0 to 2."""
        return len(self.sides(day))

    def sides(self, day: date) -> frozenset[Half]:
        """Which halves of a day are leave."""
        found = set(Half) if day in self.days else set()
        if self.from_noon and day == self.days.first:
            found.discard(Half.MORNING)
        if self.until_noon and day == self.days.last:
            found.discard(Half.AFTERNOON)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Unavailability:
    """A span in which a person cannot work."""

    agent: str
    span: Span


class WishKind(StrEnum):
    """What a wish asks for."""

    OFF = "off"
    ON = "on"
    AVOID = "avoid"


@dataclass(frozen=True, slots=True)
class Wish:
    """A day off, a shift on a day, or a shift to be spared, with a weight of 1 to 9."""

    agent: str
    day: date
    kind: WishKind
    shift: str | None = None
    weight: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.weight <= 9:
            raise Refusal(Text("意愿权重应为 1 到 9", "the weight of a wish is 1 to 9"))
        if (self.shift is None) != (self.kind is WishKind.OFF):
            raise Refusal(
                Text("休息意愿不带班次, 其他意愿要写班次", "a wish for a day off names no shift, any other names one")
            )


@dataclass(frozen=True, slots=True)
class Pin:
    """A cell that is fixed: this shift on this day, or rest when no shift is named."""

    agent: str
    day: date
    shift: str | None = None
