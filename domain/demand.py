"""The requirement: people needed per interval and kind of work."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from domain.language import Refusal, Text
from domain.time import Span


@dataclass(frozen=True, slots=True)
class Need:
    """People needed for one kind of work over one interval."""

    span: Span
    work: str
    heads: int
    """Whole people, minimum heads included."""
    fractional: float
    """People before rounding, so that pooling loses nothing."""
    worth: tuple[float, ...] = ()
    """Calls that the first, the second ... of the heads answers more than one fewer, never rising; empty: not told."""

    def __post_init__(self) -> None:
        if self.heads < 0 or self.fractional < 0:
            raise Refusal(Text("需求人数不能为负", "a need cannot be negative"))
        if any(less < more for less, more in pairwise(self.worth)):
            raise Refusal(Text("每多一人的价值不能上升", "the worth of each further head cannot rise"))


@dataclass(frozen=True, slots=True)
class Requirement:
    """All needs of a month, ordered by start and work."""

    needs: tuple[Need, ...] = ()

    @property
    def person_minutes(self) -> int:
        """Sum of heads times minutes."""
        return sum(need.heads * need.span.minutes for need in self.needs)
