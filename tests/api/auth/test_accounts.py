from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from api.auth.rights import Role
from tests.api.clients import PASSWORD, World

NEW: dict[str, Any] = {
    "login": "Bea",
    "name": "李贝",
    "password": "quiet river stones",
    "roles": [{"role": "scheduler", "site": "harbour"}],
}


def admin_of(world: World) -> TestClient:
    return world.of_role(Role.ADMIN, None)


def test_a_new_account_must_change_its_password_before_its_roles_count(world: World) -> None:
    made = admin_of(world).post("/api/v1/accounts", json=NEW)
    assert made.status_code == 201, made.text
    assert made.json()["roles"] == [{"role": "scheduler", "site": "harbour"}]
    bea = world.client()
    assert bea.post("/api/v1/session", json={"login": "bea", "password": NEW["password"]}).status_code == 201
    assert bea.get("/api/v1/sites/harbour").json()["waits_for"] == "password"
    change = {"old": NEW["password"], "new": PASSWORD}
    assert bea.put("/api/v1/me/password", json=change).status_code == 204
    assert bea.get("/api/v1/sites/harbour").status_code == 200


def test_a_login_is_given_once_whatever_its_capitals(world: World) -> None:
    admin = admin_of(world)
    assert admin.post("/api/v1/accounts", json=NEW).status_code == 201
    again = admin.post("/api/v1/accounts", json={**NEW, "login": "BEA"})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_what_cannot_be_an_account_is_refused_with_the_reason(world: World) -> None:
    admin = admin_of(world)
    for change, words in (
        ({"roles": [{"role": "scheduler", "site": "nowhere"}]}, "no site"),
        ({"roles": [{"role": "agent"}]}, "needs a site"),
        ({"number": "P99"}, "nobody with the id"),
        ({"password": "short"}, "10 to 128"),
    ):
        refused = admin.post("/api/v1/accounts", json={**NEW, **change})
        assert refused.status_code == 422
        assert words in refused.json()["detail"]
    assert admin.get("/api/v1/accounts").json()["items"][1:] == []


def test_an_account_is_changed_by_who_has_seen_it(world: World) -> None:
    admin = admin_of(world)
    made = admin.post("/api/v1/accounts", json=NEW)
    path = made.headers["location"]
    change = {"name": "李贝", "language": "en", "disabled": True, "roles": []}
    assert admin.put(path, json=change).status_code == 428
    changed = admin.put(path, json=change, headers={"If-Match": made.headers["etag"]})
    assert (changed.status_code, changed.json()["disabled"]) == (200, True)
    stale = admin.put(path, json=change, headers={"If-Match": made.headers["etag"]})
    assert (stale.status_code, stale.headers["etag"]) == (412, changed.headers["etag"])


def test_an_administrator_gives_himself_no_role(world: World) -> None:
    admin = admin_of(world)
    me = admin.get("/api/v1/me").json()
    path = f"/api/v1/accounts/{me['account']}"
    tag = admin.get(path).headers["etag"]
    roles = [*me["roles"], {"role": "scheduler", "site": "harbour"}]
    change = {"name": "A", "language": "en", "disabled": False, "roles": roles}
    refused = admin.put(path, json=change, headers={"If-Match": tag})
    assert (refused.status_code, refused.json()["detail"]) == (403, "nobody changes his own roles")


def test_a_reset_ends_all_sessions_and_asks_for_a_new_password(world: World) -> None:
    agent = world.of_role(Role.AGENT)
    account = agent.get("/api/v1/me").json()["account"]
    admin = admin_of(world)
    reset = {"password": "quiet river stones", "forget_second_factor": True}
    assert admin.post(f"/api/v1/accounts/{account}/reset", json=reset).status_code == 204
    assert agent.get("/api/v1/me").status_code == 401
    again = world.client()
    again.post("/api/v1/session", json={"login": "agent-harbour", "password": reset["password"]})
    assert again.get("/api/v1/me").json()["waits_for"] == "password"


def test_the_review_of_rights_lists_who_may_do_what_and_is_logged(world: World) -> None:
    world.of_role(Role.AGENT)
    auditor = world.of_role(Role.AUDITOR, None)
    found = {right["login"]: right for right in auditor.get("/api/v1/rights").json()["items"]}
    assert "roster.see:site" in found["agent-harbour"]["rights"]["harbour"]
    assert "draft.edit:site" not in found["agent-harbour"]["rights"]["harbour"]
    assert "audit.see:site" in found["auditor-all"]["rights"]["*"]
    assert auditor.get("/api/v1/audit").json()["items"][0]["action"] == "rights.reviewed"
