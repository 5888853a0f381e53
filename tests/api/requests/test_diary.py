"""Hours off out of one's own calendar: seen first, kept with consent alone, never twice, without a title."""

from __future__ import annotations

from fastapi.testclient import TestClient
from httpx2 import Response

from api.auth.rights import Role
from tests.api.clients import World
from tests.api.files.test_diary import calendar
from tests.api.rosters.solved import staffed

ROUTE = "/api/v1/sites/harbour/requests/diary"
MINE = calendar("SUMMARY:dentist\r\nLOCATION:home\r\nDTSTART:20261205T010000Z\r\nDTEND:20261205T030000Z")


def sent(client: TestClient, content: bytes = MINE, **params: str) -> Response:
    return client.post(ROUTE, params={"name": "mine.ics", **params}, content=content)


def test_it_is_told_first_and_asked_for_with_consent_and_once(world: World) -> None:
    staffed(world)
    agent = world.of_role(Role.AGENT, number="P2")
    told = sent(agent, dry_run="true").json()
    assert (told["asked"], told["items"][0]["known"]) == (1, False)
    assert sent(agent).status_code == 422
    before = len(agent.get("/api/v1/sites/harbour/requests").json()["items"])
    assert sent(agent, consent="true").json()["asked"] == 1
    again = sent(agent, consent="true").json()
    assert (again["asked"], again["items"][0]["known"]) == (0, True)
    requests = agent.get("/api/v1/sites/harbour/requests").json()["items"]
    assert len(requests) == before + 1
    assert requests[0]["state"] == "open"
    assert "dentist" not in str(requests)


def test_a_fault_names_the_file_and_nothing_is_asked(embedded: World) -> None:
    staffed(embedded)
    agent = embedded.of_role(Role.AGENT, number="P2")
    refused = sent(agent, b"BEGIN:VCALENDAR", consent="true")
    assert refused.status_code == 422
    assert "mine.ics" in str(refused.json())


def test_who_is_nobody_here_has_no_diary_here(embedded: World) -> None:
    staffed(embedded)
    assert sent(embedded.signed_in("scheduler-harbour"), consent="true").status_code == 404
