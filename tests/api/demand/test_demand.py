"""Calls become a forecast, layers lie over it, people are needed by it; each version is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.rights import Role
from api.demand.work import foresee, keep_forecast
from domain.time import Month
from tests.api.clients import World
from tests.api.harbour import calls
from tests.api.rosters.solved import site_id, staffed

SITE = "/api/v1/sites/harbour"
MONTH = f"{SITE}/months/2026-12"
STORM: dict[str, Any] = {
    "kind": "uplift",
    "name": "寒潮",
    "start": "2026-12-14T00:00:00+08:00",
    "end": "2026-12-16T00:00:00+08:00",
    "factor": 1.5,
    "queue": "service",
}


@pytest.fixture
def desk(world: World, tmp_path: Path) -> TestClient:
    """The scheduler, after a forecast was made."""
    staffed(world)
    client = world.signed_in("scheduler-harbour")
    calls(tmp_path / "calls.csv.gz")
    content = (tmp_path / "calls.csv.gz").read_bytes()
    assert client.post(f"{SITE}/calls", params={"name": "calls.csv.gz"}, content=content).status_code == 201
    month = Month(2026, 12)
    found = foresee(world.store, site_id(world), month)
    with world.store.writing() as work:
        keep_forecast(work, site_id(world), month, found)
    return client


def day_of(client: TestClient, day: str) -> tuple[float, float]:
    """Calls of a day under the layers, and by the model alone."""
    shown = client.get(f"{MONTH}/forecasts/newest").json()
    (series,) = (each for each in shown["series"] if each["queue"] == "service")
    rows = [place for place, start in enumerate(shown["starts"]) if start.startswith(day)]
    return sum(series["mean"][row] for row in rows), sum(series["model"][row] for row in rows)


def test_a_layer_lifts_the_calls_of_its_days_alone_and_is_taken_away_again(desk: TestClient) -> None:
    added = desk.post(f"{MONTH}/layers", json=STORM)
    assert added.status_code == 201, added.text
    lifted, model = day_of(desk, "2026-12-14")
    assert lifted == pytest.approx(1.5 * model)
    other, untouched = day_of(desk, "2026-12-16")
    assert other == pytest.approx(untouched)
    assert [layer["name"] for layer in desk.get(f"{MONTH}/layers").json()["items"]] == ["寒潮"]
    assert desk.delete(f"{MONTH}/layers/{added.json()['id']}").status_code == 204
    assert desk.delete(f"{MONTH}/layers/{added.json()['id']}").status_code == 404
    assert day_of(desk, "2026-12-14")[0] == pytest.approx(model)


def test_the_days_of_a_forecast_sum_up_and_carry_their_names(desk: TestClient) -> None:
    told = {"first": "2026-12-24", "last": "2026-12-24", "kind": "statutory", "name": "厂庆"}
    desk.post(f"{SITE}/special-days", json=told)
    desk.post(f"{SITE}/special-days", json={**told, "first": "2026-12-20", "last": "2026-12-20", "kind": "event"})
    (series,) = desk.get(f"{MONTH}/forecasts/newest").json()["series"]
    assert sum(day["mean"] for day in series["days"]) == pytest.approx(sum(series["mean"]))
    named = {day["day"]: (day["holiday"], day["events"]) for day in series["days"] if day["holiday"] or day["events"]}
    assert named == {"2026-12-24": ({"zh": "厂庆", "en": "厂庆"}, []), "2026-12-20": (None, ["厂庆"])}
    assert all(day["p10"] <= day["mean"] <= day["p90"] for day in series["days"])


def test_a_layer_is_moved_and_only_the_new_place_counts(desk: TestClient) -> None:
    layer = desk.post(f"{MONTH}/layers", json=STORM).json()
    there = {**STORM, "start": "2026-12-20T00:00:00+08:00", "end": "2026-12-21T00:00:00+08:00"}
    moved = desk.put(f"{MONTH}/layers/{layer['id']}", json=there)
    assert moved.status_code == 200, moved.text
    assert moved.json()["id"] == layer["id"]
    assert day_of(desk, "2026-12-14")[0] == pytest.approx(day_of(desk, "2026-12-14")[1])
    assert day_of(desk, "2026-12-20")[0] == pytest.approx(1.5 * day_of(desk, "2026-12-20")[1])
    assert desk.put(f"{MONTH}/layers/{layer['id']}", json={**there, "queue": "nobody"}).status_code == 422
    assert day_of(desk, "2026-12-20")[0] == pytest.approx(1.5 * day_of(desk, "2026-12-20")[1])
    assert desk.put(f"{MONTH}/layers/{layer['id'] + 1}", json=there).status_code == 404


def test_a_day_can_be_told_its_calls(desk: TestClient) -> None:
    told = {"kind": "day-total", "name": "停气通知", "day": "2026-12-20", "calls": 900, "queue": "service"}
    assert desk.post(f"{MONTH}/layers", json=told).status_code == 201
    assert day_of(desk, "2026-12-20")[0] == pytest.approx(900, rel=1e-3)


@pytest.mark.parametrize(
    "wrong",
    [{**STORM, "queue": "fax"}, {**STORM, "factor": -1}, {**STORM, "end": STORM["start"]}, {**STORM, "kind": "guess"}],
)
def test_a_layer_that_fits_nothing_is_refused(desk: TestClient, wrong: dict[str, Any]) -> None:
    assert desk.post(f"{MONTH}/layers", json=wrong).status_code == 422
    assert desk.get(f"{MONTH}/layers").json()["items"] == []


def test_more_calls_need_more_people_and_each_requirement_is_a_version(desk: TestClient) -> None:
    first = desk.post(f"{MONTH}/requirement").json()
    desk.post(f"{MONTH}/layers", json=STORM)
    second = desk.post(f"{MONTH}/requirement").json()
    assert (first["number"], second["number"]) == (1, 2)
    assert second["person_hours"] > first["person_hours"] > 0
    assert desk.get(f"{MONTH}/requirement").json()["number"] == 2


def test_the_people_needed_come_from_a_file_row_by_row(desk: TestClient) -> None:
    head = "start,skill,heads,fractional"
    right = f"{head}\n2026-12-01T08:00:00+08:00,service,3,2.4\n2026-12-01T08:30:00+08:00,service,2,1.9\n"
    params = {"name": "requirement.csv", "dry_run": "true"}
    tried = desk.put(f"{MONTH}/requirement", params=params, content=right.encode())
    assert tried.status_code == 201, tried.text
    assert desk.get(f"{MONTH}/requirement").status_code == 404
    taken = desk.put(f"{MONTH}/requirement", params={"name": "requirement.csv"}, content=right.encode())
    assert [need["heads"] for need in taken.json()["needs"]] == [3, 2]
    assert taken.json()["forecast"] is None
    wrong = right.replace("service,2", "cooking,2")
    refused = desk.put(f"{MONTH}/requirement", params={"name": "requirement.csv"}, content=wrong.encode())
    assert (refused.status_code, refused.json()["errors"][0]["row"]) == (422, 3)
    assert desk.get(f"{MONTH}/requirement").json()["number"] == taken.json()["number"]


def test_versions_of_the_forecast_are_listed_and_shown(desk: TestClient) -> None:
    (head,) = desk.get(f"{MONTH}/forecasts").json()["items"]
    assert head["calls"]["service"] > 0
    assert desk.get(f"{MONTH}/forecasts/{head['number']}").json()["calls"] == head["calls"]
    assert desk.get(f"{MONTH}/forecasts/9").status_code == 404
    assert desk.get(f"{SITE}/months/2027-03/forecasts/newest").status_code == 404


def test_an_import_is_told_before_it_is_taken_once_and_can_be_taken_back(world: World, tmp_path: Path) -> None:
    staffed(world)
    client = world.signed_in("scheduler-harbour")
    calls(tmp_path / "calls.csv.gz")
    content = (tmp_path / "calls.csv.gz").read_bytes()
    name = {"name": "calls.csv.gz"}
    tried = client.post(f"{SITE}/calls", params={**name, "dry_run": "true"}, content=content)
    assert (tried.status_code, tried.json()["id"]) == (200, None)
    assert client.get(f"{SITE}/calls").json()["items"] == []
    taken = client.post(f"{SITE}/calls", params=name, content=content).json()
    assert taken["rows"] == tried.json()["rows"]
    assert client.post(f"{SITE}/calls", params=name, content=content).json()["fresh"] is False
    assert client.delete(f"{SITE}/calls/{taken['id']}").status_code == 204
    assert client.get(f"{SITE}/calls").json()["items"] == []


def test_special_days_of_a_site_are_its_own(desk: TestClient, world: World) -> None:
    told = {"first": "2026-12-24", "last": "2026-12-25", "kind": "event", "name": "管网检修"}
    added = desk.post(f"{SITE}/special-days", json=told)
    assert added.status_code == 201
    (shown,) = desk.get(f"{SITE}/special-days").json()["items"]
    assert (shown["name"], shown["everywhere"]) == ("管网检修", False)
    other = world.of_role(Role.SCHEDULER, "lake")
    assert other.delete(f"/api/v1/sites/lake/special-days/{shown['id']}").status_code == 404
    assert desk.post(f"{SITE}/special-days", json={**told, "last": "2026-12-01"}).status_code == 422
    assert desk.delete(f"{SITE}/special-days/{shown['id']}").status_code == 204


def test_an_agent_sees_no_demand_and_a_leader_changes_none(desk: TestClient, world: World) -> None:
    assert desk.get(f"{MONTH}/layers").status_code == 200
    assert world.of_role(Role.AGENT, number="P1").get(f"{MONTH}/layers").status_code == 403
    leader = world.of_role(Role.LEADER, number="P2")
    assert leader.get(f"{MONTH}/layers").status_code == 200
    assert leader.post(f"{MONTH}/layers", json=STORM).status_code == 403
