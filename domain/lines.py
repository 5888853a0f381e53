"""Telephone lines: whom they ring, and where they lead while nobody is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from domain.language import Refusal, Text, plain
from domain.time import Span, Zone, wall_minutes


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Hours at which people are promised on some days of the week; an end at or before the start lies a day later."""

    start: time
    end: time
    weekdays: frozenset[int] = frozenset(range(7))
    """Monday is 0."""

    def span(self, zone: Zone, day: date) -> Span | None:
        """The hours of a day, if it has some."""
        if day.weekday() not in self.weekdays:
            return None
        start, end = wall_minutes(self.start), wall_minutes(self.end)
        return Span(zone.at(day, start), zone.at(day, end if end > start else end + 24 * 60))


@dataclass(frozen=True, slots=True)
class Line:
    """A public number of a site."""

    id: str
    label: Text
    works: tuple[str, ...]
    """It is staffed while somebody serves one of these."""
    desk: str
    """Where calls go while it is staffed: a queue or an extension of the exchange."""
    machine: str = ""
    """Where they go while it is not: a machine with an announcement; empty: there is none."""
    emergency: str = ""
    """The number that the announcement names for emergencies."""
    people: int = 1
    hours: tuple[OpenHours, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.works or not self.desk or self.people < 1:
            words = Text("线路“{id}”须有工作、坐席目标和人数", "line “{id}” needs works, a desk and people")
            raise Refusal(words.filled(id=plain(self.id)))
