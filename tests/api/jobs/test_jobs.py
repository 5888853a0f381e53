from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from tests.api.clients import World, ended, working_world
from tests.api.harbour import calls
from tests.api.rosters.solved import PATH, staffed
from tests.api.stores import DATABASES

MONTH = "/api/v1/sites/harbour/months/2026-12"
CALLS = "/api/v1/sites/harbour/calls"
JOBS = "/api/v1/sites/harbour/jobs"


@pytest.fixture(params=DATABASES)
def running(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world whose jobs run, with its people."""
    with working_world(request.param) as world:
        staffed(world)
        yield world


def imported_calls(client: TestClient, tmp: Path) -> Response:
    calls(tmp / "calls.csv.gz")
    content = (tmp / "calls.csv.gz").read_bytes()
    return client.post(CALLS, params={"name": "calls.csv.gz"}, content=content)


def test_a_month_goes_from_calls_to_a_roster_by_jobs(running: World, tmp_path: Path) -> None:
    client = running.signed_in("scheduler-harbour")
    assert imported_calls(client, tmp_path).status_code == 201
    again = imported_calls(client, tmp_path)
    assert (again.status_code, again.json()["fresh"]) == (200, False)
    asked = client.post(f"{MONTH}/jobs", json={"kind": "forecast"})
    assert asked.status_code == 202, asked.text
    made = ended(client, asked.json()["id"])
    assert made["state"] == "done", made
    assert made["result"]["person_hours"] > 100
    forecast = client.get(f"{MONTH}/forecasts/newest").json()
    assert {series["queue"] for series in forecast["series"]} == {"service"}
    solving = client.post(f"{MONTH}/jobs", json={"kind": "solve", "seconds": 6}).json()
    second = client.post(f"{MONTH}/jobs", json={"kind": "solve", "seconds": 6})
    assert (second.status_code, second.json()["detail"]) == (409, "a job of this kind is at work on this month")
    solved = ended(client, solving["id"])
    assert solved["state"] == "done", solved
    assert solved["result"]["taken"]
    assert solved["progress"]["incumbents"] >= 1
    assert len(client.get(f"{PATH}/draft").json()["duties"]) > 100
    candidate = client.get(f"{PATH}/candidates").json()["items"][0]
    assert (candidate["id"], candidate["score"]) == (solved["result"]["candidate"], solved["result"]["score"])
    events = client.get(f"{JOBS}/{solving['id']}/events").text
    assert events.startswith("event: end\ndata: {")
    published = ended(client, client.post(f"{MONTH}/jobs", json={"kind": "publish"}).json()["id"])
    assert published["state"] == ("done" if solved["result"]["hard"] == 0 else "failed")


def test_a_solve_is_ended_with_the_best_so_far_or_with_nothing(running: World, tmp_path: Path) -> None:
    client = running.signed_in("scheduler-harbour")
    imported_calls(client, tmp_path)
    ended(client, client.post(f"{MONTH}/jobs", json={"kind": "forecast"}).json()["id"])
    job = client.post(f"{MONTH}/jobs", json={"kind": "solve", "seconds": 300, "take": "never"}).json()
    until = time.monotonic() + 30
    while not client.get(f"{PATH}/candidates").json()["items"] and time.monotonic() < until:
        time.sleep(0.2)
    assert client.post(f"{JOBS}/{job['id']}/stop", json={"wish": "take"}).status_code == 200
    taken = ended(client, job["id"])
    assert (taken["state"], taken["result"]["taken"]) == ("done", False)
    assert client.post(f"{JOBS}/{job['id']}/stop", json={"wish": "take"}).status_code == 409
    other = client.post(f"{MONTH}/jobs", json={"kind": "solve", "seconds": 300}).json()
    client.post(f"{JOBS}/{other['id']}/stop", json={"wish": "cancel"})
    assert ended(client, other["id"])["state"] == "cancelled"


def test_a_job_that_cannot_be_done_tells_why(running: World) -> None:
    client = running.signed_in("scheduler-harbour")
    failed = ended(client, client.post(f"{MONTH}/jobs", json={"kind": "forecast"}).json()["id"])
    assert (failed["state"], failed["result"]["detail"]) == ("failed", "there are no call records yet")
    assert failed["result"]["detail_zh"]
    broken = ended(client, client.post(f"{MONTH}/jobs", json={"kind": "publish"}).json()["id"])
    assert (broken["state"], broken["result"]["code"]) == ("failed", "rule-broken")


def test_an_agent_starts_no_job_and_another_sites_jobs_do_not_exist(running: World) -> None:
    assert running.of_role(Role.AGENT).post(f"{MONTH}/jobs", json={"kind": "forecast"}).status_code == 403
    client = running.signed_in("scheduler-harbour")
    assert client.get(f"{JOBS}/99").status_code == 404


def test_an_import_goes_on_as_a_job_and_its_file_is_gone_afterwards(running: World, tmp_path: Path) -> None:
    client = running.signed_in("scheduler-harbour")
    calls(tmp_path / "calls.csv.gz")
    told = {"name": "calls.csv.gz", "later": "true"}
    asked = client.post(CALLS, params=told, content=(tmp_path / "calls.csv.gz").read_bytes())
    assert asked.status_code == 202, asked.text
    done = ended(client, asked.json()["id"])
    assert (done["state"], done["result"]["fresh"]) == ("done", True)
    assert client.get(CALLS).json()["items"][0]["rows"] == done["result"]["rows"]
    with running.store.reading() as session:
        assert session.scalars(select(t.JobFile)).all() == []


def test_an_import_that_fails_names_its_row(running: World) -> None:
    client = running.signed_in("scheduler-harbour")
    content = "start,calls\n2026-11-01 08:00,12\n2026-11-01 08:30,many\n"
    asked = client.post(CALLS, params={"name": "calls.csv", "later": "true"}, content=content.encode())
    failed = ended(client, asked.json()["id"])
    assert (failed["state"], failed["result"]["errors"][0]["row"]) == ("failed", 3)
    assert client.get(CALLS).json()["items"] == []
