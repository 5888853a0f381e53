"""December and January published, the one month after the other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fastapi.testclient import TestClient

from api.rosters.routes import opened_roster
from domain.time import Month
from tests.api.clients import World
from tests.api.rosters.solved import PATH, december, drafted_world, site_id

JANUARY = "/api/v1/sites/harbour/rosters/2027-01"


def two_months(world: World) -> TestClient:
    """The scheduler, with both published."""
    drafted_world(world)
    client = world.signed_in("scheduler-harbour")
    publish(client, PATH)
    with world.store.writing() as work:
        row = opened_roster(work, site_id(world), Month(2027, 1))
        row.draft = january()
        row.revision += 1
    publish(client, JANUARY)
    return client


def january() -> list[list[Any]]:
    """December's pattern once more, from its first day on; January begins where December did."""
    shifted = [[str(date.fromisoformat(row[0]) + timedelta(days=31)), *row[1:]] for row in december()]
    return [row for row in shifted if row[0] <= "2027-01-31"]


def publish(client: TestClient, path: str) -> None:
    rules = {"daily-rest", "weekly-rest", "longest-work-run", "leave", "fixed-cells"}
    body = {"waivers": [{"rule": rule, "reason": "test of a month's end"} for rule in sorted(rules)]}
    made = client.post(f"{path}/publications", json=body, headers={"If-Match": "*"})
    assert made.status_code == 201, made.text
