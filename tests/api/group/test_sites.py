from __future__ import annotations

from api.auth.rights import Role
from tests.api.clients import World, document


def test_one_sees_the_sites_that_are_ones_business_and_no_others(world: World) -> None:
    agent = world.of_role(Role.AGENT)
    assert [site["code"] for site in agent.get("/api/v1/sites").json()["items"]] == ["harbour"]
    assert agent.get("/api/v1/sites/harbour").json()["zone"] == "Asia/Shanghai"
    for code in ("lake", "nowhere"):
        assert agent.get(f"/api/v1/sites/{code}").status_code == 404
    auditor = world.of_role(Role.AUDITOR, None)
    assert [site["code"] for site in auditor.get("/api/v1/sites").json()["items"]] == ["harbour", "lake"]


def test_a_plan_is_changed_by_a_new_version_and_the_old_one_stays(world: World) -> None:
    manager = world.of_role(Role.MANAGER)
    now = manager.get("/api/v1/sites/harbour/plan")
    assert now.json()["document"]["cycle"]["close"] == {"day": 23, "time": "17:30:00"}
    changed = document()
    changed["site"]["households"] = 99_000
    body = {"document": changed, "note": "counted anew"}
    assert manager.put("/api/v1/sites/harbour/plan", json=body).status_code == 428
    tag = {"If-Match": now.headers["etag"]}
    assert manager.put("/api/v1/sites/harbour/plan", json=body, headers=tag).json()["number"] == 2
    assert manager.put("/api/v1/sites/harbour/plan", json=body, headers=tag).status_code == 412
    assert manager.get("/api/v1/sites/harbour").json()["households"] == 99_000
    assert manager.get("/api/v1/sites/harbour/plans/1").json()["document"]["site"]["households"] == 0
    heads = manager.get("/api/v1/sites/harbour/plans").json()["items"]
    assert [(head["number"], head["note"]) for head in heads] == [(1, ""), (2, "counted anew")]
    assert manager.get("/api/v1/sites/harbour/plans/3").status_code == 404


def test_a_plan_that_cannot_be_is_refused_and_pointed_at(world: World) -> None:
    manager = world.of_role(Role.MANAGER)
    tag = {"If-Match": manager.get("/api/v1/sites/harbour/plan").headers["etag"]}
    for path, value, pointer in (
        (("site", "zone"), "Mars/Olympus", "#/document/site/zone"),
        (("cycle",), {"close": {"day": 27, "time": "17:30"}}, "#/document/cycle"),
    ):
        wrong = document()
        part = wrong
        for name in path[:-1]:
            part = part[name]
        part[path[-1]] = value
        refused = manager.put("/api/v1/sites/harbour/plan", json={"document": wrong}, headers=tag)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == pointer


def test_a_scheduler_sees_the_rules_and_does_not_change_them(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    tag = {"If-Match": scheduler.get("/api/v1/sites/harbour/plan").headers["etag"]}
    refused = scheduler.put("/api/v1/sites/harbour/plan", json={"document": document()}, headers=tag)
    assert refused.status_code == 403
    manager = world.of_role(Role.MANAGER)
    denied = [
        entry for entry in manager.get("/api/v1/sites/harbour/audit").json()["items"] if entry["action"] == "denied"
    ]
    assert [entry["object"] for entry in denied] == ["rules.edit"]
