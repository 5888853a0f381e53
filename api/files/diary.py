"""When somebody is taken, read out of a calendar of his own: busy spans alone, no title, no place (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, cast

from dateutil.rrule import rrulestr
from icalendar import Calendar

from domain.faults import BadInput
from domain.language import Refusal, Text
from domain.time import Span, Zone, later, minute

Event = Mapping[str, Any]
LARGEST: Final = 512 * 1024
"""Octets of a calendar; a year of a busy person is a tenth of it."""
TOO_OFTEN: Final = ("SECONDLY", "MINUTELY", "HOURLY")
EARLIEST: Final = 1990
MOST: Final = 1000
MOST_RULES: Final = 200
UNTIL: Final = re.compile(r"UNTIL=[0-9TZ]+")
UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, OverflowError, Refusal)


def busy(content: bytes, zone: Zone, window: Span) -> tuple[Span, ...]:
    """The busy spans of a calendar within a window, joined where they touch, in order.

    Free and cancelled events are left out; whole days are days of the zone, as are times without a zone.
    """
    if len(content) > LARGEST:
        raise BadInput(Text("日历文件过大, 最多512KB", "the calendar is too large: 512 KB at most"))
    found = sorted(_all(_read(content), zone, window), key=lambda span: minute(span.start))
    return tuple(_joined(found, window, zone))


def _read(content: bytes) -> list[Event]:
    whole = content.strip()
    if not (whole.startswith(b"BEGIN:VCALENDAR") and whole.endswith(b"END:VCALENDAR")):
        raise BadInput(Text("不是完整的日历文件(.ics)", "is not a whole calendar (.ics)"))
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        return [cast("Event", event) for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError) as error:
        raise BadInput(Text("不是有效的日历文件(.ics)", "is not a sound calendar (.ics)")) from error


def _all(events: list[Event], zone: Zone, window: Span) -> Iterator[Span]:
    moved = {(_uid(event), at) for event in events if (at := _moved_from(event, zone))}
    if sum("rrule" in event for event in events) > MOST_RULES:
        raise BadInput(Text("重复事件过多", "too many events that come again"))
    for number, event in enumerate(events, start=1):
        try:
            if _counts(event):
                yield from _spans(event, zone, window, {at for uid, at in moved if uid == _uid(event)})
        except UNREADABLE as error:
            words = Text("第{number}个事件无法读取", "event {number} cannot be read").filled(number=number)
            raise BadInput(words) from error


def _moved_from(event: Event, zone: Zone) -> datetime | None:
    """The time of a rule that this event takes the place of."""
    try:
        return _at(event["recurrence-id"].dt, zone) if "recurrence-id" in event else None
    except UNREADABLE:
        return None


def _uid(event: Event) -> str:
    return str(event.get("uid"))


def _counts(event: Event) -> bool:
    """Whether it keeps its owner busy."""
    cancelled = str(event.get("status", "")).upper() == "CANCELLED"
    return not cancelled and str(event.get("transp", "")).upper() != "TRANSPARENT"


def _spans(event: Event, zone: Zone, window: Span, moved: set[datetime]) -> Iterator[Span]:
    """When an event is: once, or by its rule without the times that are taken out or told anew."""
    start, end = _at(event["dtstart"].dt, zone), _at(_end(event), zone)
    if "rrule" not in event or "recurrence-id" in event:
        begins: Iterable[datetime] = [start]
    else:
        gone = moved | {_at(each.dt, zone) for dates in _listed(event.get("exdate")) for each in dates.dts}
        begins = (begin for begin in _recurring(event, zone, window, end - start) if begin not in gone)
    length = minute(end) - minute(start)
    for begin in begins:
        if length > 0:
            yield Span(begin, later(begin, length))


def _end(event: Event) -> date | datetime:
    start: date | datetime = event["dtstart"].dt
    if "dtend" in event:
        told: date | datetime = event["dtend"].dt
        return told
    if "duration" in event:
        return start + cast("timedelta", event["duration"].dt)
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _at(moment: date | datetime, zone: Zone) -> datetime:
    """An instant; days begin at midnight of the zone, and a time without a zone is of it."""
    if not isinstance(moment, datetime):
        return zone.at(moment, 0)
    return moment.astimezone(zone.info) if moment.tzinfo else moment.replace(tzinfo=zone.info)


def _recurring(event: Event, zone: Zone, window: Span, length: timedelta) -> Iterator[datetime]:
    """When an event comes again, by the wall clock of its own zone."""
    rule, start = event["rrule"], event["dtstart"].dt
    aware = start if isinstance(start, datetime) and start.tzinfo else _at(start, zone)
    if rule["FREQ"][0] in TOO_OFTEN or aware.year < EARLIEST or rule.get("INTERVAL", [1])[0] < 1:
        raise ValueError("such a rule is not read")
    told = rule.to_ical().decode()
    if "UNTIL" in rule:  # clients write it with or without a zone, or as a day; with a zone it must be in UTC
        last = rule["UNTIL"][0]
        moment = last if isinstance(last, datetime) else datetime.combine(last, time(23, 59))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=aware.tzinfo)
        told = UNTIL.sub(f"UNTIL={moment.astimezone(UTC):%Y%m%dT%H%M%SZ}", told)
    begins = rrulestr(f"{told}{'' if 'UNTIL' in rule or 'COUNT' in rule else _horizon(window)}", dtstart=aware)
    return _until(
        (_at(begin, zone) for begin in begins.xafter(window.start - length, count=MOST, inc=True)), window.end
    )


def _horizon(window: Span) -> str:
    """An end for a rule that has none: one that never comes true is not looked for until the year 9999."""
    return f";UNTIL={window.end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _until(begins: Iterable[datetime], end: datetime) -> Iterator[datetime]:
    for begin in begins:
        if minute(begin) >= minute(end):
            return
        yield begin


def _listed(found: Any) -> list[Any]:  # noqa: ANN401 - icalendar gives one, several or none
    return [] if found is None else found if isinstance(found, list) else [found]


def _joined(spans: Iterable[Span], window: Span, zone: Zone) -> Iterator[Span]:
    """Spans cut to a window and joined where they touch."""
    held: tuple[int, int] | None = None
    for span in spans:
        start, end = max(minute(span.start), minute(window.start)), min(minute(span.end), minute(window.end))
        if start >= end:
            continue
        if held and start <= held[1]:
            held = held[0], max(held[1], end)
            continue
        if held:
            yield Span(zone.from_minute(held[0]), zone.from_minute(held[1]))
        held = start, end
    if held:
        yield Span(zone.from_minute(held[0]), zone.from_minute(held[1]))
