"""Occasions written as a calendar to subscribe to (RFC 5545, RFC 7986).

No METHOD (a feed is no invitation), a VTIMEZONE that begins before the first event, times of change instead of "now",
single events, and nothing about colleagues in a feed of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event, Timezone, vDuration, vText

from domain.time import Days, Span

REFRESH: Final = timedelta(hours=1)
AROUND: Final = timedelta(days=62)
"""So far before the first event and after the last the rules of the zone are told."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something in a calendar; `when` is a span of the clock, or whole days."""

    uid: str
    when: Span | Days
    summary: str
    changed_at: datetime
    sequence: int = 0
    location: str = ""
    description: str = ""
    status: str = "CONFIRMED"
    """`CONFIRMED`, `TENTATIVE`, `CANCELLED` (two L)."""
    busy: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """What a calendar is called, in which zone it lies, and which days it may touch."""

    name: str
    zone: str
    days: Days
    alarm: int | None = None
    """Minutes before an occasion at which it reminds; None: it does not."""


def written(head: Head, occasions: Sequence[Occasion]) -> bytes:
    """A calendar of these occasions; the same ones give the same octets."""
    calendar = _calendar(head.name)
    calendar.add_component(_timezone(head.zone, head.days))
    for occasion in occasions:
        calendar.add_component(_event(occasion, head.alarm))
    body: bytes = calendar.to_ical()
    return body


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Paiban//Roster feed//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


def _timezone(key: str, days: Days) -> Timezone:
    """The zone's rules from two months before the first duty on; no comment in it (old parsers stumble)."""
    zone = Timezone.from_tzid(key, first_date=days.first - AROUND, last_date=days.last + AROUND)
    zone.pop("comment", None)
    return zone


def _event(occasion: Occasion, alarm: int | None) -> Event:
    event = Event()
    event.add("uid", occasion.uid)
    event.add("dtstamp", occasion.changed_at.astimezone(UTC))
    event.add("last-modified", occasion.changed_at.astimezone(UTC))
    event.add("sequence", occasion.sequence)
    for name, moment in zip(("dtstart", "dtend"), _ends(occasion.when), strict=True):
        event.add(name, moment)
    event.add("summary", occasion.summary)
    for name, words in (("location", occasion.location), ("description", occasion.description)):
        if words:
            event.add(name, words)
    event.add("status", occasion.status)
    event.add("transp", "OPAQUE" if occasion.busy else "TRANSPARENT")
    if alarm is not None and occasion.busy and occasion.status == "CONFIRMED":
        event.add_component(_alarm(occasion.summary, alarm))
    return event


def _ends(when: Span | Days) -> tuple[datetime, datetime] | tuple[date, date]:
    """Start and end; the end of days is the day after the last (RFC 5545 3.6.1)."""
    if isinstance(when, Span):
        return when.start, when.end
    return when.first, when.last + timedelta(days=1)


def _alarm(summary: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm
