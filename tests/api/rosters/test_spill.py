"""A change on the last days of a month when the month after it is published already."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.rosters.given import read_given, roster_row
from domain.time import Month
from tests.api.clients import World, at
from tests.api.rosters.solved import PATH, site_id
from tests.api.rosters.two_months import JANUARY, two_months


@pytest.fixture
def desk(world: World) -> TestClient:
    """The scheduler, with December and January published."""
    return two_months(world)


def duties(client: TestClient, path: str, day: str) -> list[dict[str, Any]]:
    found = client.get(f"{path}/duties").json()["duties"]
    return [duty for duty in found if duty["day"] == day]


def moved(duty: dict[str, Any], to: str) -> list[dict[str, Any]]:
    old = {name: duty[name] for name in ("shift", "work", "breaks")}
    away = {"agent": duty["agent"], "day": duty["day"], "old": old, "new": None}
    return [away, {"agent": to, "day": duty["day"], "old": None, "new": old}]


def test_a_late_duty_of_the_last_day_does_not_fall_to_who_begins_early_on_the_first(desk: TestClient) -> None:
    late = next(duty for duty in duties(desk, PATH, "2026-12-31") if duty["shift"] == "中")
    busy = {duty["agent"] for duty in duties(desk, PATH, "2026-12-31")}
    first = [duty for duty in duties(desk, JANUARY, "2027-01-01") if duty["agent"] not in busy | {late["agent"]}]
    early = next(duty for duty in first if duty["shift"] in ("夜", "早"))
    refused = desk.post(f"{PATH}/changes", json={"changes": moved(late, early["agent"]), "note": "swap"})
    assert refused.status_code == 409, refused.text
    assert "daily-rest" in {error["rule"] for error in refused.json()["errors"]}
    assert duties(desk, PATH, "2026-12-31") != []


def test_the_month_after_is_left_alone_where_nothing_reaches_it(desk: TestClient, world: World) -> None:
    with world.store.reading() as session:
        before = read_given(session, roster_row(session, site_id(world), Month(2027, 1))).roster.versions
    morning = next(duty for duty in duties(desk, PATH, "2026-12-14") if duty["work"] == "service")
    old = {name: morning[name] for name in ("shift", "work", "breaks")}
    change = {"agent": morning["agent"], "day": morning["day"], "old": old, "new": None}
    world.time.now = at(2026, 12, 1)
    fresh = world.signed_in("scheduler-harbour")
    done = fresh.post(f"{PATH}/changes", json={"changes": [change], "note": "course"})
    assert done.status_code in (201, 409)
    with world.store.reading() as session:
        assert roster_row(session, site_id(world), Month(2027, 1)).versions == before
