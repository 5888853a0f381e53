from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.clients import World, document
from tests.api.rosters.solved import PATH, drafted_world

TRIAL = "/api/v1/sites/harbour/plan/trial"


@pytest.fixture
def desk(world: World) -> TestClient:
    return drafted_world(world).signed_in("scheduler-harbour")


def test_a_stricter_rule_is_tried_on_the_roster_of_a_month_and_nothing_is_kept(desk: TestClient) -> None:
    plan = document()
    plan["policy"] = [*plan.get("policy", []), {"kind": "daily-rest", "hours": 30}]
    before = desk.get(f"{PATH}/board").headers["ETag"]
    tried = desk.post(TRIAL, json={"document": plan, "month": "2026-12"})
    assert tried.status_code == 200, tried.text
    found = tried.json()
    rest = next(rule for rule in found["rules"] if rule["rule"] == "daily-rest")
    assert (rest["hard_now"], rest["hard_then"] > 0, found["clean_then"]) == (0, True, False)
    assert 1 <= len(rest["words"]) <= 5
    assert desk.get(f"{PATH}/board").headers["ETag"] == before
    assert desk.get("/api/v1/sites/harbour/plan").json()["number"] == 1


def test_the_plan_as_it_is_changes_nothing(desk: TestClient) -> None:
    found = desk.post(TRIAL, json={"document": document(), "month": "2026-12"}).json()
    assert (found["clean_now"], found["score_now"]) == (found["clean_then"], found["score_then"])
    assert all(
        (rule["hard_now"], rule["cost_now"]) == (rule["hard_then"], rule["cost_then"]) for rule in found["rules"]
    )


def test_a_month_without_a_roster_or_a_plan_of_another_site_is_refused(desk: TestClient) -> None:
    assert desk.post(TRIAL, json={"document": document(), "month": "2027-03"}).status_code == 404
    assert desk.post(TRIAL, json={"document": document("lake"), "month": "2026-12"}).status_code == 422
