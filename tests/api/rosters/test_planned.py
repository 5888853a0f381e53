"""Publications at a later moment: done by the clock, unless the draft changed meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.auth.rights import Role
from api.cycle.tick import tick
from tests.api.clients import World
from tests.api.rosters.solved import PATH, drafted_world
from tests.api.rosters.test_rosters import away, first_of

PLANNED = f"{PATH}/publications/planned"


@pytest.fixture
def desk(world: World) -> TestClient:
    world.of_role(Role.MANAGER)
    return drafted_world(world).signed_in("scheduler-harbour")


def later(world: World, **by: float) -> str:
    return (world.time() + timedelta(**by)).isoformat()


def plan(desk: TestClient, at: str, note: str = "12月排班") -> dict[str, object]:
    tag = desk.get(f"{PATH}/draft").headers["ETag"]
    answer = desk.put(PLANNED, json={"at": at, "note": note}, headers={"If-Match": tag})
    return {"status": answer.status_code, **answer.json()}


def test_the_clock_publishes_in_the_name_of_who_asked(world: World, desk: TestClient) -> None:
    told = plan(desk, later(world, hours=2))
    assert (told["status"], told["published"]) == (200, None)
    assert desk.get(f"{PATH}/board").json()["planned"] == told["planned"]
    tick(world.service)
    assert desk.get(PATH).json()["published"] is None
    world.time.passes(hours=2)
    tick(world.service)
    tick(world.service)
    desk = world.signed_in("scheduler-harbour")
    shown = desk.get(PATH).json()
    assert (shown["published"], shown["planned"]) == (1, None)
    (version,) = desk.get(f"{PATH}/versions").json()["items"]
    assert (version["note"], version["made_by"]) == ("12月排班", desk.get("/api/v1/me").json()["account"])


def test_a_draft_that_was_changed_meanwhile_is_not_published_and_its_makers_are_told(
    world: World, desk: TestClient
) -> None:
    plan(desk, later(world, hours=2))
    desk.patch(f"{PATH}/draft", json={"changes": [away(first_of(desk, "P4"))]})
    world.time.passes(hours=3)
    tick(world.service)
    desk = world.signed_in("scheduler-harbour")
    assert desk.get(PATH).json()["published"] is None
    assert desk.get(PATH).json()["planned"] is None
    for login in ("scheduler-harbour", "manager-harbour"):
        notices = world.signed_in(login).get("/api/v1/me/notices").json()["items"]
        assert any("changed meanwhile" in notice["subject"] for notice in notices if "subject" in notice)


def test_what_stands_against_it_is_told_at_once(world: World, desk: TestClient) -> None:
    everything = [away(duty) for duty in desk.get(f"{PATH}/draft").json()["duties"]]
    desk.patch(f"{PATH}/draft", json={"changes": everything})
    told = plan(desk, later(world, hours=2))
    assert (told["status"], told["code"]) == (409, "rule-broken")
    assert desk.get(PATH).json()["planned"] is None


def test_the_past_is_refused_and_a_plan_can_be_taken_back(world: World, desk: TestClient) -> None:
    assert plan(desk, later(world, hours=-1))["status"] == 422
    assert desk.delete(PLANNED).status_code == 404
    plan(desk, later(world, hours=1))
    assert desk.delete(PLANNED).json()["planned"] is None
    world.time.passes(hours=2)
    tick(world.service)
    assert world.signed_in("scheduler-harbour").get(PATH).json()["published"] is None
