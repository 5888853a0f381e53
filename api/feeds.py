"""Each person's duties as an iCalendar subscription (RFC 5545, RFC 7986).

No METHOD (a feed is no invitation), a VTIMEZONE that begins before the first event, times of change instead of "now",
a UID that lives as long as the duty, and nothing about colleagues.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone, vDuration, vText

from api.pauses import pauses
from domain.language import Language, Text, plain
from domain.people import Agent
from domain.roster import Duty, Roster
from domain.shifts import ShiftType
from domain.site import Site
from domain.situation import Situation
from domain.time import Days

NAMESPACE: Final = uuid.UUID("6d1f5c1e-8f0e-5a53-9c33-6d2f0c3a7b11")
REFRESH: Final = timedelta(hours=1)


def feed(agent: Agent, roster: Roster, situation: Situation, language: Language, made: datetime) -> bytes:
    """One person's planned duties; `made` is when this version of the roster was made."""
    site = situation.site
    name = Text("{site} · {who}", "{site} · {who}").filled(site=site.name, who=plain(agent.name)).said(language)
    calendar = _calendar(name)
    calendar.add_component(_timezone(site.zone.key, roster.horizon))
    for duty in roster.planned:
        if duty.agent == agent.id:
            calendar.add_component(_event(duty, situation, language, made))
    body: bytes = calendar.to_ical()
    return body


def duty_uid(site_id: str, duty: Duty) -> str:
    """The identity of a duty: site, person and day, so that a change of shift is a change of the same event."""
    return f"{uuid.uuid5(NAMESPACE, f'{site_id}/{duty.agent}/{duty.day.isoformat()}')}@paiban"


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
    begin, end = days.first - timedelta(days=62), days.last + timedelta(days=62)
    zone = Timezone.from_tzid(key, first_date=begin, last_date=end)
    zone.pop("comment", None)
    return zone


def _event(duty: Duty, situation: Situation, language: Language, made: datetime) -> Event:
    site = situation.site
    shift = site.shift(duty.shift)
    span = shift.span(site.zone, duty.day)
    words = Text("{code} {label} · {work}", "{code} {label} · {work}")
    event = Event()
    event.add("uid", duty_uid(site.id, duty))
    event.add("dtstamp", made.astimezone(UTC))
    event.add("last-modified", made.astimezone(UTC))
    event.add("sequence", 0)
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    summary = words.filled(code=plain(shift.code), label=shift.label, work=site.work(duty.work).label)
    event.add("summary", summary.said(language))
    event.add("location", site.name.said(language))
    event.add("description", _breaks(shift, site, duty).said(language))
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _breaks(shift: ShiftType, site: Site, duty: Duty) -> Text:
    times = ", ".join(pauses(duty, site))
    handover = Text("交接班{minutes}分钟", "hand-over {minutes} min").filled(minutes=plain(shift.handover))
    rests = Text("休息 {times}", "break {times}").filled(times=plain(times)) if times else None
    parts = [part for part in (handover if shift.handover else None, rests) if part]
    return Text("; ".join(part.zh for part in parts), "; ".join(part.en for part in parts))
