"""Busy hours out of calendars of any make: rules, exceptions, whole days, zones; nothing else of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.files.diary import busy
from domain.faults import BadInput
from domain.time import Span, Zone

SHANGHAI = Zone("Asia/Shanghai")
WINDOW = Span(datetime(2026, 11, 30, 16, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC))


def calendar(*events: str) -> bytes:
    bodies = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{bodies}END:VCALENDAR\r\n".encode()


def told(*events: str, zone: Zone = SHANGHAI) -> list[str]:
    return [f"{span.start:%d %H:%M}-{span.end:%d %H:%M}" for span in busy(calendar(*events), zone, WINDOW)]


@pytest.mark.parametrize(
    ("event", "spans"),
    [
        ("DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z", ["05 09:00-05 11:00"]),
        ("DTSTART:20261205T090000\r\nDURATION:PT90M", ["05 09:00-05 10:30"]),
        ("DTSTART;VALUE=DATE:20261205", ["05 00:00-06 00:00"]),
        ("DTSTART;VALUE=DATE:20261205\r\nDTEND;VALUE=DATE:20261207", ["05 00:00-07 00:00"]),
        ("DTSTART;TZID=Europe/Berlin:20261205T090000\r\nDURATION:PT1H", ["05 16:00-05 17:00"]),
        ("DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z\r\nSTATUS:CANCELLED", []),
        ("DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z\r\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261205T010000Z", []),
        (
            "DTSTART:20200106T090000\r\nDTEND:20200106T100000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\nEXDATE:20261214T090000",
            ["07 09:00-07 10:00", "21 09:00-21 10:00", "28 09:00-28 10:00"],
        ),
        ("DTSTART;VALUE=DATE:20261130\r\nRRULE:FREQ=DAILY;UNTIL=20261202", ["01 00:00-03 00:00"]),
        ("DTSTART:20261205T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL=20261205T100000", ["05 09:00-05 10:00"]),
        ("DTSTART:20261205T010000Z\r\nDTEND:20261205T010030Z", []),
        ("DTSTART:20200205T010000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
        (
            "DTSTART:20261101T010000Z\r\nDTEND:20261101T020000Z\r\nRRULE:FREQ=DAILY;UNTIL=20261202T010000Z",
            ["01 09:00-01 10:00", "02 09:00-02 10:00"],
        ),
    ],
)  # fmt: skip
def test_what_keeps_somebody_busy(event: str, spans: list[str]) -> None:
    assert told(event) == spans


def test_an_occurrence_that_was_moved_counts_where_it_went() -> None:
    series = "DTSTART:20261207T090000\r\nDTEND:20261207T100000\r\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = "DTSTART:20261215T130000\r\nDTEND:20261215T140000\r\nRECURRENCE-ID:20261214T090000"
    content = calendar(series, moved).replace(b"UID:1", b"UID:0")
    found = [f"{span.start:%d %H:%M}" for span in busy(content, SHANGHAI, WINDOW)]
    assert found == ["07 09:00", "15 13:00"]


def test_spans_that_touch_are_one_and_are_cut_to_the_window() -> None:
    found = told(
        "DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z",
        "DTSTART:20261205T020000Z\r\nDTEND:20261205T040000Z",
        "DTSTART:20261231T010000Z\r\nDTEND:20270131T040000Z",
    )
    assert found == ["05 09:00-05 12:00", "31 09:00-01 00:00"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no calendar",
        calendar("DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z")[:-40],
        calendar("DTSTART:2026-12-05"),
        calendar("SUMMARY:without a time"),
        calendar("DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z\r\nRRULE:FREQ=SECONDLY"),
        calendar("DTSTART:00010101T010000\r\nDTEND:00010101T030000\r\nRRULE:FREQ=DAILY"),
        calendar("DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z\r\nRRULE:FREQ=DAILY;INTERVAL=0"),
        calendar(*["DTSTART:19900101T010000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY"] * 201),
        b"\xff" * 600_000,
    ],
    ids=["empty", "text", "cut", "wrong time", "no time", "secondly", "year 1", "interval 0", "many rules", "large"],
)
def test_a_calendar_that_is_not_sound_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadInput):
        busy(content, SHANGHAI, WINDOW)


def test_an_event_in_the_missing_hour_is_no_fault() -> None:
    berlin = Zone("Europe/Berlin")
    window = Span(datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC))
    event = "DTSTART;TZID=Europe/Berlin:20260301T023000\r\nDURATION:PT30M\r\nRRULE:FREQ=DAILY"
    assert len(busy(calendar(event), berlin, window)) >= 3


def test_odd_recurrence_ids_are_let_pass() -> None:
    odd = "DTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z\r\nRECURRENCE-ID:00010101T000000"
    assert told(odd) == ["05 09:00-05 11:00"]
