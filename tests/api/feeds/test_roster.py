from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from api.feeds.roster import duty_uid, feed
from domain.language import Language
from domain.people import Agent
from domain.roster import Duty
from domain.situation import Situation
from domain.time import Days
from tests import builders as b

MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
LONG = "港华燃气客户服务热线🔥夜间应急值班与抢修调度中心联合排班小组第一值班室"


def written(zone: str, days: Days, *duties: Duty, name: str = "王伟", language: Language = Language.ZH) -> bytes:
    person: Agent = b.agent("A01", name=name)
    given: Situation = b.situation([person], at=b.site(zone=zone), days=days)
    return feed(person, b.roster(given, *duties), given, language, MADE)


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Asia/Shanghai", date(2026, 12, 30)),
        ("Europe/Berlin", date(2026, 10, 24)),
        ("Europe/Berlin", date(2027, 3, 26)),
        ("America/New_York", date(2026, 10, 30)),
        ("America/New_York", date(2028, 2, 27)),
    ],
)
def test_every_event_starts_and_ends_at_the_instant_of_its_duty(zone: str, first: date) -> None:
    days = Days(first, first + timedelta(days=3))
    duties = [b.duty("A01", day, shift) for day, shift in zip(days, (b.NIGHT, b.NIGHT, b.EARLY, b.LATE), strict=True)]
    events = Calendar.from_ical(written(zone, days, *duties)).walk("VEVENT")
    spans = [b.site(zone=zone).shift(duty.shift).span(b.site(zone=zone).zone, duty.day) for duty in duties]
    assert [(event.decoded("dtstart"), event.decoded("dtend")) for event in events] == [
        (span.start, span.end) for span in spans
    ]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_the_zones_rules_begin_before_the_first_event_and_agree_with_iana(zone: str) -> None:
    days = Days(date(2026, 10, 24), date(2026, 11, 3))
    calendar = Calendar.from_ical(written(zone, days, *(b.duty("A01", day) for day in days)))
    (rules,) = calendar.walk("VTIMEZONE")
    parts = [*rules.walk("STANDARD"), *rules.walk("DAYLIGHT")]
    offsets = sorted((part.decoded("dtstart"), part.decoded("tzoffsetto")) for part in parts)
    assert offsets[0][0].date() < days.first
    for event in calendar.walk("VEVENT"):
        start = event.decoded("dtstart")
        told = [offset for begin, offset in offsets if begin <= start.replace(tzinfo=None)][-1]
        assert told == start.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_the_bytes_are_what_unforgiving_parsers_want() -> None:
    body = written("Asia/Shanghai", b.horizon(), b.duty("A01", b.MONDAY), name=LONG)
    assert body.count(b"\n") == body.count(b"\r\n")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 75
    for line in body.split(b"\r\n"):
        line.decode("utf-8")
    text = body.decode()
    assert "METHOD" not in text
    assert "COMMENT" not in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert text.count("X-WR-CALNAME") == text.count("\r\nNAME:") == 1


def test_line_breaks_in_a_name_cannot_write_properties_of_their_own() -> None:
    text = written("Asia/Shanghai", b.horizon(), name="王\r\nBEGIN:VALARM\r\n伟;,\\").decode()
    assert "\r\nBEGIN:VALARM" not in text
    assert Calendar.from_ical(text)


def test_an_empty_feed_still_carries_its_zone() -> None:
    calendar = Calendar.from_ical(written("Asia/Shanghai", b.horizon()))
    assert (len(calendar.walk("VTIMEZONE")), len(calendar.walk("VEVENT"))) == (1, 0)


def test_a_change_of_shift_is_a_change_of_the_same_event() -> None:
    assert duty_uid("gas-1", b.duty("A01", b.MONDAY)) == duty_uid("gas-1", b.duty("A01", b.MONDAY, b.LATE))
    assert duty_uid("gas-1", b.duty("A01", b.MONDAY)) != duty_uid("gas-1", b.duty("A02", b.MONDAY))


def test_the_same_roster_gives_the_same_bytes() -> None:
    assert written("Asia/Shanghai", b.horizon()) == written("Asia/Shanghai", b.horizon())


@pytest.mark.parametrize(("language", "summary"), [(Language.ZH, "早班 · 客服"), (Language.EN, "早 early · service")])
def test_the_summary_is_in_the_language_of_the_site(language: Language, summary: str) -> None:
    (event,) = Calendar.from_ical(
        written("Asia/Shanghai", b.horizon(), b.duty("A01", b.MONDAY), language=language)
    ).walk("VEVENT")
    assert str(event["summary"]) == summary
