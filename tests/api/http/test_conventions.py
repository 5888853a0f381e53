from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.auth.rights import Role
from api.http.language import preferred
from api.store import tables as t
from domain.language import Language
from tests.api.clients import World, document, new_world

NEW: dict[str, Any] = {"login": "bea", "name": "Bea", "password": "quiet river stones", "roles": []}


def count(world: World, login: str) -> int:
    with world.store.reading() as session:
        asked = select(func.count()).select_from(t.Account).where(t.Account.login == login)
        return session.scalar(asked) or 0


def test_every_fault_is_a_problem_in_the_language_of_who_asks(world: World) -> None:
    client = world.client()
    for path, status in (("/api/v1/me", 401), ("/nowhere", 404), ("/api/v1/sites/%00", 401)):
        zh = client.get(path, headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})
        en = client.get(path, headers={"Accept-Language": "en"})
        assert zh.status_code == en.status_code == status
        assert zh.headers["content-type"] == "application/problem+json"
        assert zh.json()["code"] == en.json()["code"]
        assert zh.json()["title"] != en.json()["title"]


def test_a_method_that_is_not_there_names_those_that_are(world: World) -> None:
    refused = world.client().put("/healthz")
    assert (refused.status_code, refused.json()["code"]) == (405, "method-not-allowed")
    assert refused.headers["allow"] == "GET"


def test_a_wrong_field_is_pointed_at(world: World) -> None:
    admin = world.of_role(Role.ADMIN, None)
    refused = admin.post("/api/v1/accounts", json={**NEW, "login": "a b", "extra": 1}).json()
    assert refused["code"] == "invalid"
    assert {error["pointer"] for error in refused["errors"]} == {"#/login", "#/extra"}
    wrong = admin.get("/api/v1/accounts?limit=0&cursor=xyz").json()["errors"]
    assert [(error["parameter"], error["in"]) for error in wrong] == [("limit", "query")]


@pytest.mark.parametrize("cursor", ["xyz", "é", "W10=", "WyJhIl0=", "WzFlOTld", "bnVsbA==", "Wy0xXQ=="])
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    with new_world("sqlite", "harbour") as world:
        admin = world.of_role(Role.ADMIN, None)
        assert admin.get("/api/v1/accounts", params={"cursor": cursor}).status_code == 422


def test_pages_follow_each_other_without_hole_or_repeat(world: World) -> None:
    admin = world.of_role(Role.ADMIN, None)
    for number in range(5):
        world.account(f"a{number}", (Role.AGENT, "harbour"))
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = admin.get("/api/v1/accounts", params=params).json()
        seen += [account["login"] for account in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ["admin-all", "a0", "a1", "a2", "a3", "a4"]


def test_a_request_under_the_same_key_is_done_once_and_answered_the_same(world: World) -> None:
    admin = world.of_role(Role.ADMIN, None)
    key = {"Idempotency-Key": "k-1"}
    one, other = (admin.post("/api/v1/accounts", json=NEW, headers=key) for _ in range(2))
    assert one.status_code == other.status_code == 201
    assert (one.content, one.headers["location"]) == (other.content, other.headers["location"])
    reused = admin.post("/api/v1/accounts", json={**NEW, "name": "C"}, headers=key)
    assert (reused.status_code, reused.json()["code"]) == (422, "key-reused")


def test_a_request_that_failed_leaves_no_answer_behind(world: World) -> None:
    admin = world.of_role(Role.ADMIN, None)
    key = {"Idempotency-Key": "k-1"}
    wrong = {**NEW, "roles": [{"role": "agent", "site": "nowhere"}]}
    assert admin.post("/api/v1/accounts", json=wrong, headers=key).status_code == 422
    assert admin.post("/api/v1/accounts", json=NEW, headers=key).status_code == 201


def test_fifty_times_at_once_under_one_key_make_one(world: World) -> None:
    admin = world.of_role(Role.ADMIN, None)
    cookies, headers = dict(admin.cookies), {**dict(admin.headers), "Idempotency-Key": "k-1"}

    def ask(_: int) -> tuple[int, bytes]:
        client = TestClient(world.app, headers=headers, cookies=cookies, raise_server_exceptions=False)
        answer = client.post("/api/v1/accounts", json=NEW)
        return answer.status_code, answer.content

    with ThreadPoolExecutor(25) as pool:
        answers = set(pool.map(ask, range(50)))
    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert count(world, "bea") == 1


def test_too_large_a_body_is_refused_whether_or_not_it_tells_its_length() -> None:
    with new_world("sqlite", "harbour", largest_upload_mb=1) as world:
        client = world.client()
        big = b'{"login":"' + b"a" * 1_200_000 + b'"}'
        told = client.post("/api/v1/session", content=big, headers={"Content-Type": "application/json"})
        chunks = (big[start : start + 65536] for start in range(0, len(big), 65536))
        untold = client.post("/api/v1/session", content=chunks, headers={"Content-Type": "application/json"})
        assert (told.status_code, untold.status_code) == (413, 413)
        assert told.json()["code"] == untold.json()["code"] == "too-large"


def test_who_asks_too_often_waits() -> None:
    with new_world("sqlite", "harbour", requests_a_minute=5) as world:
        client = world.client()
        statuses = [client.get("/api/v1/me").status_code for _ in range(7)]
        assert statuses == [401] * 5 + [429] * 2
        assert int(client.get("/api/v1/me").headers["retry-after"]) >= 1


def test_every_answer_carries_the_headers_that_protect(world: World) -> None:
    for path in ("/healthz", "/api/v1/me", "/nowhere"):
        headers = world.client().get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["x-request-id"]
        assert "default-src 'none'" in headers["content-security-policy"]


def test_a_request_keeps_its_name_through_log_and_audit(world: World) -> None:
    admin = world.of_role(Role.ADMIN, None)
    made = admin.post("/api/v1/accounts", json=NEW, headers={"X-Request-ID": "trace-42-abc"})
    assert made.headers["x-request-id"] == "trace-42-abc"
    auditor = world.of_role(Role.AUDITOR, None)
    entries = auditor.get("/api/v1/audit").json()["items"]
    assert [entry["action"] for entry in entries if entry["request"] == "trace-42-abc"] == ["account.made"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, Language.ZH),
        ("en", Language.EN),
        ("zh-TW", Language.ZH),
        ("de, en;q=0.5", Language.EN),
        ("en;q=0.4, zh;q=0.6", Language.ZH),
        ("en;q=x", Language.ZH),
        ("*", Language.ZH),
    ],
)
def test_the_language_is_the_one_that_is_liked_best(header: str | None, language: Language) -> None:
    assert preferred(header) is language


def test_a_store_that_is_away_is_told_as_busy_and_not_as_a_trace(world: World) -> None:
    client = world.of_role(Role.AGENT)
    assert client.get("/readyz").json() == {"status": "ready", "store": world.store.dialect}
    with world.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_an_empty_service_is_set_up_once() -> None:
    with new_world("sqlite") as world:
        first = world.client()
        body = {
            "group": {"zh": "港华", "en": "Harbour"},
            "login": "root",
            "name": "管",
            "password": "quiet river stones",
        }
        assert first.post("/api/v1/setup", json=body).status_code == 201
        assert first.get("/api/v1/me").json()["roles"] == [{"role": "admin", "site": None}]
        assert world.client().post("/api/v1/setup", json=body).status_code == 409
        assert first.post("/api/v1/sites", json={"document": document()}).status_code == 201
        again = first.post("/api/v1/sites", json={"document": document()})
        assert (again.status_code, again.json()["detail"]) == (409, "there is a site “harbour” already")


def test_the_contract_declares_every_fault_and_who_may_ask(world: World) -> None:
    schema = world.client().get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert set(schema["components"]["securitySchemes"]) == {"cookie", "token"}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert operation["operationId"]
            if path.startswith("/api/"):
                assert {"401", "403", "404", "422", "429"} <= set(operation["responses"]), (method, path)
