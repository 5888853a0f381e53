"""What people ask for and what is fixed before the roster is made: leave, wishes, pins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.language import Refusal, Text
from domain.time import Days, Span


@dataclass(frozen=True, slots=True)
class Leave:
    """Approved absence over whole days."""

    agent: str
    days: Days
    kind: str = "annual"


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
