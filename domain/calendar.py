"""Which days are work days: week, statutory holidays, swapped rest and make-up days kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from domain.language import Text

SATURDAY: Final = 5
OBSERVED: Final = " (observed)"
"""How a holiday is marked that is kept on another day because it fell on a weekend."""


class DayKind(StrEnum):
    """What the calendar says of a day; China's three special classes are kept apart because pay differs."""

    WORK = "work"
    REST = "rest"
    STATUTORY = "statutory"
    SWAPPED_REST = "swapped-rest"
    MAKE_UP_WORK = "make-up-work"

    @property
    def works(self) -> bool:
        """Whether an office would work on it."""
        return self in (DayKind.WORK, DayKind.MAKE_UP_WORK)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The special days of a country; every other day is judged by its weekday."""

    special: Mapping[date, DayKind] = field(default_factory=dict)
    names: Mapping[date, Text] = field(default_factory=dict)
    provisional: frozenset[int] = frozenset()
    """Years whose official notice is not in the calendar yet."""
    events: Mapping[date, frozenset[str]] = field(default_factory=dict)
    """What else moves the calls of a day, by name: a cold snap, a leak, a bill run, a campaign."""

    def kind(self, day: date) -> DayKind:
        """The class of a day."""
        return self.special.get(day) or (DayKind.REST if day.weekday() >= SATURDAY else DayKind.WORK)

    def feast(self, day: date) -> str:
        """The name under which a statutory holiday comes again each year; empty on other days."""
        if self.kind(day) is not DayKind.STATUTORY or day not in self.names:
            return ""
        return self.names[day].en.removesuffix(OBSERVED)

    def edited(
        self, kinds: Mapping[date, DayKind], names: Mapping[date, Text], events: Mapping[date, frozenset[str]]
    ) -> Calendar:
        """The calendar with these days changed; a year for which swaps are told is no longer provisional."""
        told = {day.year for day, kind in kinds.items() if kind in (DayKind.SWAPPED_REST, DayKind.MAKE_UP_WORK)}
        unnamed = {day: name for day, name in self.names.items() if day not in kinds}
        return Calendar(
            {**self.special, **kinds},
            {**unnamed, **names},
            self.provisional - told,
            {**self.events, **events},
        )

    def work_days(self, days: Iterable[date]) -> int:
        """How many of the days are work days."""
        return sum(self.kind(day).works for day in days)
