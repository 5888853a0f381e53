"""A draft from a file: told first, taken as a whole or not at all."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.api.clients import World
from tests.api.rosters.solved import PATH, december, drafted_world


@pytest.fixture
def desk(world: World) -> TestClient:
    return drafted_world(world).signed_in("scheduler-harbour")


def rows(*, without: int = 0) -> str:
    """The clean roster as a file, without its first duties."""
    lines = [f"{agent},{day},{shift},{work}" for day, agent, shift, work, _ in december()[without:]]
    return "\n".join(["agent_id,date,shift,work", *lines])


def put(desk: TestClient, content: str, *, dry_run: bool = False) -> Response:
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    params = {"name": "roster.csv", "dry_run": str(dry_run).lower()}
    return desk.put(f"{PATH}/draft", params=params, content=content.encode(), headers=tag)


def test_what_a_file_would_change_is_told_before_anything_is_changed(desk: TestClient) -> None:
    before = desk.get(f"{PATH}/draft").json()
    told = put(desk, rows(without=3), dry_run=True).json()
    assert told["dry_run"]
    assert len([change for change in told["changes"] if change["new"] is None]) == 3
    assert not told["verdict"]["allowed"]
    assert desk.get(f"{PATH}/draft").json() == before


def test_a_file_becomes_the_draft_and_counts_as_one_edit(desk: TestClient) -> None:
    revision = desk.get(PATH).json()["revision"]
    taken = put(desk, rows(without=1))
    assert taken.status_code == 200, taken.text
    draft = desk.get(f"{PATH}/draft").json()
    assert len(draft["duties"]) == len(december()) - 1
    assert draft["revision"] == revision + 1
    assert put(desk, rows()).json()["duties"] == len(december())


def test_a_wrong_row_is_named_and_nothing_is_taken(desk: TestClient) -> None:
    before = desk.get(f"{PATH}/draft").json()
    refused = put(desk, rows() + "\nP1,2026-12-01,晚,service")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["row"] == len(december()) + 2
    assert desk.get(f"{PATH}/draft").json() == before


def test_a_draft_that_somebody_changed_meanwhile_is_not_overwritten(desk: TestClient) -> None:
    params = {"name": "roster.csv"}
    stale = {"If-Match": '"roster-1-0"'}
    assert desk.put(f"{PATH}/draft", params=params, content=rows().encode(), headers=stale).status_code == 412
    assert desk.put(f"{PATH}/draft", params=params, content=rows().encode()).status_code == 428
