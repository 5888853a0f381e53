"""A scheduler's whole month by the API alone, with the clock moved through it, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.audit.chain import first_bad
from api.auth.rights import Role
from api.cycle.tick import tick
from api.rosters.given import roster_row
from api.store import tables as t
from tests.api.clients import World, at, ended, working_world
from tests.api.harbour import calls
from tests.api.rosters.solved import MONTH as DECEMBER
from tests.api.rosters.solved import december, drafted_world, site_id
from tests.api.stores import DATABASES

SITE = "/api/v1/sites/harbour"
ROSTER = f"{SITE}/rosters/2027-01"


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    december()
    with working_world(request.param, solver_seconds=8.0, session_hours=24 * 90, idle_minutes=60 * 24 * 90) as made:
        yield drafted_world(made)


class Month:
    """The people of the month, and its clock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.manager = world.of_role(Role.MANAGER)
        self.agents = {number: self._agent(number) for number in ("P1", "P2")}
        self.scheduler = world.signed_in("scheduler-harbour")

    def _agent(self, number: str) -> TestClient:
        self.world.account(number.lower(), (Role.AGENT, "harbour"), number=number)
        return self.world.signed_in(number.lower())

    def comes(self, moment: datetime) -> None:
        """The clock moves on, and the service looks at it."""
        self.world.time.now = moment
        tick(self.world.service)

    def job(self, kind: str) -> dict[str, Any]:
        """The newest job of a kind, which the service began by itself, once it is over."""
        jobs = self.scheduler.get(f"{SITE}/jobs").json()["items"]
        return ended(self.scheduler, next(job["id"] for job in jobs if job["kind"] == kind))

    def states(self) -> dict[str, str]:
        rows = self.scheduler.get(f"{SITE}/cycle", params={"month": "2027-01"}).json()["items"]
        return {row["moment"]: row["state"] for row in rows}

    def tag(self) -> dict[str, str]:
        return {"If-Match": self.scheduler.get(f"{ROSTER}/draft").headers["etag"]}


def test_a_month_from_the_first_wish_to_the_changed_roster(world: World, tmp_path: Path) -> None:
    month = Month(world)
    publish_december(month)
    month.comes(at(2026, 12, 1, 0, 1))  # 08:01 in Shanghai
    wishes_and_leave(month)
    month.comes(at(2026, 12, 22, 2))
    calls(tmp_path / "calls.csv.gz", until=date(2026, 12, 21))
    content = (tmp_path / "calls.csv.gz").read_bytes()
    assert month.scheduler.post(f"{SITE}/calls", params={"name": "calls.csv.gz"}, content=content).status_code == 201
    month.comes(at(2026, 12, 23, 9, 31))  # 17:31 in Shanghai
    late = month.agents["P1"].post(f"{SITE}/requests", json=wish("2027-01-20"))
    assert (late.status_code, late.json()["code"]) == (409, "too-late")
    built_by_itself(month)
    reviewed(month)
    month.comes(at(2026, 12, 26, 1))
    published(month)
    changed_at_short_notice(month)
    with world.store.reading() as session:
        assert first_bad(session) is None


def wish(day: str) -> dict[str, Any]:
    return {"kind": "wish", "day": day, "wish": "off", "weight": 3}


def publish_december(month: Month) -> None:
    path = f"{SITE}/rosters/{DECEMBER}"
    tag = {"If-Match": month.scheduler.get(f"{path}/draft").headers["etag"]}
    assert month.scheduler.post(f"{path}/publications", json={}, headers=tag).status_code == 201


def wishes_and_leave(month: Month) -> None:
    """The window is open: wishes are taken, leave is asked for and approved by the manager."""
    assert month.states()["open"] == "met"
    notices = month.agents["P1"].get("/api/v1/me/notices").json()["items"]
    assert "wishes-open" in [notice["kind"] for notice in notices]
    assert month.agents["P1"].post(f"{SITE}/requests", json=wish("2027-01-09")).status_code == 201
    leave = {"kind": "leave", "first": "2027-01-12", "last": "2027-01-13", "leave": "annual"}
    asked = month.agents["P2"].post(f"{SITE}/requests", json=leave)
    path, tag = f"{SITE}/requests/{asked.json()['id']}/decision", {"If-Match": asked.headers["etag"]}
    assert month.scheduler.put(path, json={"state": "approved"}, headers=tag).status_code == 403
    assert month.manager.put(path, json={"state": "approved"}, headers=tag).status_code == 200


def built_by_itself(month: Month) -> None:
    """Forecast, people needed and roster are made by jobs that nobody asked for."""
    month.comes(at(2026, 12, 23, 10, 5))
    forecast = month.job("forecast")
    assert forecast["state"] == "done", forecast
    month.comes(at(2026, 12, 23, 10, 10))
    solved = month.job("solve")
    assert (solved["state"], solved["result"]["taken"]) == ("done", True), solved
    month.comes(at(2026, 12, 24, 2))
    assert month.states()["build"] == "met"


def reviewed(month: Month) -> None:
    """The draft holds every hard rule, proves its floor, and keeps leave; an edit is judged as it is made."""
    report = month.scheduler.get(f"{ROSTER}/draft/report").json()
    assert [breach for breach in report["breaches"] if breach["hard"]] == []
    assert report["certificate"]["holds"]
    duties = month.scheduler.get(f"{ROSTER}/draft").json()["duties"]
    assert not [duty for duty in duties if duty["agent"] == "P2" and duty["day"] in ("2027-01-12", "2027-01-13")]
    duty = next(duty for duty in duties if duty["shift"] == "夜")
    old = {name: duty[name] for name in ("shift", "work", "breaks")}
    away = {"changes": [{"agent": duty["agent"], "day": duty["day"], "old": old, "new": None}]}
    verdict = month.scheduler.patch(f"{ROSTER}/draft", json=away, headers=month.tag()).json()
    assert "emergency-floor" in [breach["rule"] for breach in verdict["broken"]]
    refused = month.scheduler.post(f"{ROSTER}/publications", json={}, headers=month.tag())
    assert (refused.status_code, refused.json()["code"]) == (409, "rule-broken")
    back = {"changes": [{"agent": duty["agent"], "day": duty["day"], "old": None, "new": old}]}
    assert month.scheduler.patch(f"{ROSTER}/draft", json=back, headers=month.tag()).json()["allowed"]


def published(month: Month) -> None:
    """Everybody is told once, sees his duties, and confirms."""
    done = month.scheduler.post(f"{ROSTER}/publications", json={"note": "一月排班"}, headers=month.tag())
    assert done.status_code == 201, done.text
    month.comes(at(2026, 12, 26, 3))
    assert month.states()["publish"] == "met"
    agent = month.agents["P1"]
    (notice,) = (
        n
        for n in agent.get("/api/v1/me/notices").json()["items"]
        if n["facts"].get("month") == "2027-01" and n["kind"] == "roster"
    )
    assert "一月排班" in notice["body"]
    own = agent.get("/api/v1/me/duties", params={"first": "2027-01-01", "last": "2027-01-31"}).json()["items"]
    assert own
    assert agent.post(f"{ROSTER}/versions/1/receipts").status_code == 204


def ill(month: Month, duty: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """A night without whom it needs is refused; the change that was asked for, and who could stand in."""
    old = {name: duty[name] for name in ("shift", "work", "breaks")}
    change = {"agent": duty["agent"], "day": duty["day"], "old": old, "new": None}
    refused = month.scheduler.post(f"{ROSTER}/changes", json={"changes": [change], "note": "病假"})
    assert refused.status_code == 409
    return duty, change, refused.json()["instead"][0]["stand_ins"]


def changed_at_short_notice(month: Month) -> None:
    """Somebody falls ill in the month: who could stand in is told, and takes over; the proof is made again."""
    month.comes(at(2027, 1, 6, 1))
    duties = month.scheduler.get(f"{ROSTER}/duties").json()["duties"]
    nights = (duty for duty in duties if duty["day"] >= "2027-01-08" and duty["shift"] == "夜")
    duty, change, stand_ins = next(found for found in map(partial(ill, month), nights) if found[2])
    other = stand_ins[0]
    gives_up = other["gives_up"]
    before = gives_up and {name: gives_up[name] for name in ("shift", "work", "breaks")}
    taken = {"agent": other["agent"], "day": duty["day"], "old": before, "new": change["old"]}
    done = month.scheduler.post(f"{ROSTER}/changes", json={"changes": [change, taken], "note": "病假"})
    assert done.status_code == 201, done.text
    assert month.scheduler.get(f"{ROSTER}/versions").json()["items"][0]["certificate"]["holds"]
    with month.world.store.reading() as session:
        row = roster_row(session, site_id(month.world), DECEMBER)
        assert row.published == 1
        assert session.scalars(select(t.Duty).where(t.Duty.state == "moving")).all() == []
