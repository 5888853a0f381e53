"""Calendars read the same by every program: nights over clock changes and months' ends, 400 events, emoji at folds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from api.feeds.calendar import Head, Occasion, written
from domain.time import Days, Span, Zone
from tests.api.clients import World
from tests.api.feeds.readers import READERS, Read, Reader, in_order
from tests.api.feeds.test_feeds import link
from tests.api.rosters.solved import december
from tests.api.swaps.parties import Floor

CHANGED = datetime(2026, 10, 1, 9, tzinfo=UTC)
ZONES = {
    "Asia/Shanghai": date(2026, 12, 1),
    "Europe/Berlin": date(2026, 10, 20),
    "America/New_York": date(2026, 3, 1),
}
"""First days, a change of clocks soon after where there is one."""
SHIFTS = ((7 * 60 + 45, 495), (15 * 60 + 45, 495), (23 * 60 + 45, 495), (0, 480))
EMOJI = "🔥👩‍🚒🇨🇳"


@pytest.fixture(params=list(READERS))
def reader(request: pytest.FixtureRequest) -> Reader:
    here, read = READERS[request.param]
    if not here:
        pytest.skip(f"{request.param} is not on this machine: make readers")
    return read


def duties(zone: Zone, first: date, count: int) -> list[Occasion]:
    """Duties a day each, every summary one sign longer than the one before: each fold lies elsewhere in it."""
    found = []
    for number in range(count):
        start, minutes = SHIFTS[number % len(SHIFTS)]
        day = first + timedelta(days=number // 2)
        span = Span(zone.at(day, start), zone.at(day, start + minutes))
        status = ("CONFIRMED", "CANCELLED", "TENTATIVE")[number % 7 % 3]
        summary = f"{'早' * (number % 40)}{'x' * (number % 3)}{EMOJI}, 应急; “夜班” \\ {number}"
        found.append(Occasion(f"duty-{number:03d}@paiban", span, summary, CHANGED, number % 9, status=status))
    return found


def leave(first: date) -> Occasion:
    return Occasion("leave@paiban", Days(first, first + timedelta(days=2)), "年假", CHANGED, 1, busy=False)


def expected(occasion: Occasion) -> Read:
    def moment(when: date | datetime) -> str:
        if isinstance(when, datetime):
            return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return when.isoformat()

    when = occasion.when
    start, end = (when.start, when.end) if isinstance(when, Span) else (when.first, when.last + timedelta(days=1))
    return Read(occasion.uid, moment(start), moment(end), occasion.summary, occasion.status, occasion.sequence)


@pytest.mark.enable_socket
@pytest.mark.parametrize("key", ZONES)
def test_every_reader_reads_the_same(reader: Reader, key: str, tmp_path: Path) -> None:
    zone, first = Zone(key), ZONES[key]
    occasions = [*duties(zone, first, 90), leave(first)]
    _judge(reader, tmp_path, Head("港湾燃气 · 员工1 🔥", key, Days(first, first + timedelta(days=60))), occasions)


@pytest.mark.enable_socket
def test_400_events_are_read_as_well(reader: Reader, tmp_path: Path) -> None:
    first = date(2026, 7, 1)
    occasions = duties(Zone("Europe/Berlin"), first, 400)
    _judge(reader, tmp_path, Head("Berlin", "Europe/Berlin", Days(first, first + timedelta(days=220))), occasions)


def _judge(reader: Reader, folder: Path, head: Head, occasions: list[Occasion]) -> None:
    path = folder / "feed.ics"
    path.write_bytes(written(head, occasions))
    found = reader(path, head.days.first - timedelta(days=2), head.days.last + timedelta(days=2))
    assert found == in_order(map(expected, occasions))


def test_a_zone_that_lies_is_seen_by_a_reader_that_trusts_the_file(tmp_path: Path) -> None:
    """The judge judges: a calendar with a wrong rule reads wrong."""
    first = ZONES["Asia/Shanghai"]
    occasions = duties(Zone("Asia/Shanghai"), first, 4)
    body = written(Head("x", "Asia/Shanghai", Days(first, first)), occasions)
    path = tmp_path / "feed.ics"
    path.write_bytes(body.replace(b"TZOFFSETTO:+0800", b"TZOFFSETTO:+0700"))
    read: Callable[..., list[Read]] = READERS["vobject"][1]
    assert [event.start for event in read(path, first, first)] != [expected(each).start for each in occasions]


@pytest.mark.enable_socket
def test_a_link_of_the_service_is_read_as_well(reader: Reader, embedded: World, tmp_path: Path) -> None:
    made = link(Floor(embedded).agents["P1"])
    path = tmp_path / "feed.ics"
    path.write_bytes(embedded.client().get(made["path"]).content)
    found = reader(path, date(2026, 11, 1), date(2027, 1, 31))
    duties = [row for row in december() if row[1] == "P1"]
    past = 1  # the last day of November, as it was worked
    assert len([event for event in found if "T" in event.start]) == len(duties) + past
    assert {event.summary for event in found if "T" not in event.start} == {"年假"}
