from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from tests.api.clients import World, ended, working_world
from tests.api.harbour import calls
from tests.api.rosters.solved import PATH, drafted_world, staffed
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
    assert 0.5 < solved["progress"]["covered"] <= 1
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


@pytest.fixture(scope="module")
def needy() -> Iterator[World]:
    """A world whose jobs run, with a draft and the need of its calls."""
    with working_world("sqlite") as world:
        drafted_world(world)
        client = world.signed_in("scheduler-harbour")
        imported_calls(client, Path(mkdtemp()))
        ended(client, client.post(f"{MONTH}/jobs", json={"kind": "forecast"}).json()["id"])
        yield world


def studied(client: TestClient, **asked: object) -> dict[str, Any]:
    answer = client.post(f"{MONTH}/jobs", json=asked)
    assert answer.status_code == 202, answer.text
    job = ended(client, answer.json()["id"])
    assert job["state"] == "done", job
    found: dict[str, Any] = job["result"]
    return found


def candidate(client: TestClient, number: int) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{PATH}/candidates/{number}").json()
    return found


def test_a_solve_of_some_days_leaves_the_others_as_they_are(needy: World) -> None:
    client = needy.signed_in("scheduler-harbour")
    before = client.get(f"{PATH}/draft").json()["duties"]
    scope = {"first": "2026-12-07", "last": "2026-12-13"}
    found = studied(client, kind="solve", seconds=6, take="never", scope=scope)
    after = candidate(client, found["candidate"])["duties"]

    def outside(duties: list[dict[str, Any]]) -> set[tuple[str, ...]]:
        kept = [duty for duty in duties if not scope["first"] <= duty["day"] <= scope["last"]]
        return {(duty["day"], duty["agent"], duty["shift"], duty["work"]) for duty in kept}

    assert outside(after) == outside(before)
    assert after != before
    backwards = {"first": "2026-12-13", "last": "2026-12-07"}
    assert client.post(f"{MONTH}/jobs", json={"kind": "solve", "scope": backwards}).status_code == 422


def test_several_rosters_come_under_their_names_with_their_figures(needy: World) -> None:
    client = needy.signed_in("scheduler-harbour")
    found = studied(client, kind="candidates", seconds=9, count=2)["rosters"]
    assert found[0]["name"] == {"zh": "均衡", "en": "balanced"}
    listed = {each["id"]: each for each in client.get(f"{PATH}/candidates").json()["items"]}
    for one in found:
        figures = listed[one["candidate"]]["figures"]
        assert (figures["score"], figures["hard"] == 0) == (
            listed[one["candidate"]]["score"],
            listed[one["candidate"]]["clean"],
        )


def test_what_if_puts_the_case_beside_the_month_and_a_case_that_is_not_understood_is_refused(needy: World) -> None:
    client = needy.signed_in("scheduler-harbour")
    found = studied(client, kind="what-if", seconds=8, cases=["+1 service;emergency & need x1.1"])["rosters"]
    assert [one["name"]["en"] for one in found] == ["as it is", "+1 service;emergency, need x1.1"]
    assert found[1]["figures"]["covered"] > 0
    people = {duty["agent"] for duty in candidate(client, found[1]["candidate"])["duties"]}
    assert "+1" in people
    tag = client.get(f"{PATH}/draft").headers["ETag"]
    taken = client.post(f"{PATH}/draft/take", json={"candidate": found[1]["candidate"]}, headers={"If-Match": tag})
    assert taken.status_code == 200, taken.text
    assert "+1" not in {duty["agent"] for duty in client.get(f"{PATH}/draft").json()["duties"]}
    refused = client.post(f"{MONTH}/jobs", json={"kind": "what-if", "cases": ["more"]})
    assert refused.status_code == 422
    assert "need x1.1" in refused.json()["detail"]


def test_a_sick_call_is_mended_with_few_changes_each_with_its_reason(needy: World) -> None:
    client = needy.signed_in("scheduler-harbour")
    tag = client.get(f"{PATH}/draft").headers["ETag"]
    client.post(f"{PATH}/draft/take", json={"candidate": best(client)}, headers={"If-Match": tag})
    duty = next(duty for duty in client.get(f"{PATH}/draft").json()["duties"] if duty["day"] == "2026-12-16")
    old = {name: duty[name] for name in ("shift", "work", "breaks")}
    change = {"agent": duty["agent"], "day": duty["day"], "old": old, "new": None}
    assert client.patch(f"{PATH}/draft", json={"changes": [change]}).status_code == 200
    found = studied(client, kind="repair", seconds=8)
    way = found["rosters"][0]
    assert way["changed"] == len(way["changes"])
    assert all(each["because"] for each in way["changes"])
    assert found["first"] <= "2026-12-16"


def best(client: TestClient) -> int:
    clean = [each for each in client.get(f"{PATH}/candidates").json()["items"] if each["clean"]]
    return int(min(clean, key=lambda each: each["score"])["id"])


def test_why_no_roster_can_be_names_demands_and_ways_out_with_their_rosters(needy: World) -> None:
    client = needy.signed_in("scheduler-harbour")
    everybody = [person["number"] for person in client.get("/api/v1/sites/harbour/people").json()["items"]]
    tag = client.get(f"{PATH}/draft").headers["ETag"]
    pins = [{"agent": number, "day": "2026-12-20", "shift": None} for number in everybody]
    assert client.put(f"{PATH}/pins", json={"pins": pins}, headers={"If-Match": tag}).status_code == 200
    found = studied(client, kind="explain", seconds=20)
    assert found["state"] == "clash"
    assert found["missing"]
    assert {"zh": "锁定单元格", "en": "Fixed cells"} in [demand["rule"] for demand in found["demands"]]
    lifted = [one for one in found["rosters"] if "fixed cells" in one["name"]["en"]]
    assert lifted
    assert lifted[0]["candidate"] is not None
