from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from tests.api.clients import PASSWORD, World, new_world

NEW = "a much longer pass phrase"


def sign_in(client: TestClient, login: str, password: str = PASSWORD, **more: str) -> int:
    return client.post("/api/v1/session", json={"login": login, "password": password, **more}).status_code


def test_who_signs_in_is_known_by_his_cookie_until_he_signs_out(world: World) -> None:
    client = world.of_role(Role.AGENT)
    cookie = client.cookies.jar.__iter__().__next__()
    assert cookie.has_nonstandard_attr("HttpOnly")
    me = client.get("/api/v1/me").json()
    assert (me["login"], me["roles"]) == ("agent-harbour", [{"role": "agent", "site": "harbour"}])
    assert client.delete("/api/v1/session").status_code == 204
    assert client.get("/api/v1/me").status_code == 401


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(world: World) -> None:
    client = world.of_role(Role.AGENT)
    stolen = dict(client.cookies)
    client.delete("/api/v1/session")
    thief = world.client()
    thief.cookies.update(stolen)
    assert thief.get("/api/v1/me").status_code == 401


def test_a_wrong_login_and_a_wrong_password_are_told_alike(world: World) -> None:
    world.account("anna", (Role.AGENT, "harbour"))
    answers = [
        world.client().post("/api/v1/session", json={"login": login, "password": password}).json()
        for login, password in (("anna", "wrong password"), ("nobody", PASSWORD))
    ]
    assert [answer["code"] for answer in answers] == ["wrong-credentials"] * 2
    assert answers[0] == answers[1]


def test_after_five_failed_tries_even_the_right_password_waits(world: World) -> None:
    world.account("anna", (Role.AGENT, "harbour"))
    assert [sign_in(world.client(), "anna", "wrong password") for _ in range(5)] == [401] * 5
    refused = world.client().post("/api/v1/session", json={"login": "anna", "password": PASSWORD})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    world.time.passes(minutes=16)
    assert sign_in(world.client(), "anna") == 201


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (62, 401)])
def test_a_session_ends_when_nobody_uses_it(world: World, minutes: int, status: int) -> None:
    client = world.of_role(Role.AGENT)
    world.time.passes(minutes=minutes)
    assert client.get("/api/v1/me").status_code == status


def test_a_session_ends_after_its_hours_however_busy(world: World) -> None:
    client = world.of_role(Role.AGENT)
    for _ in range(24):
        world.time.passes(minutes=30)
        last = client.get("/api/v1/me").status_code
    assert last == 200
    world.time.passes(minutes=30)
    assert client.get("/api/v1/me").status_code == 401


def test_a_change_of_password_ends_all_other_sessions(world: World) -> None:
    one = world.of_role(Role.AGENT)
    other = world.signed_in("agent-harbour")
    assert one.put("/api/v1/me/password", json={"old": "wrong", "new": NEW}).status_code == 401
    weak = one.put("/api/v1/me/password", json={"old": PASSWORD, "new": "password123"})
    assert (weak.status_code, weak.json()["code"]) == (422, "invalid")
    assert one.put("/api/v1/me/password", json={"old": PASSWORD, "new": NEW}).status_code == 204
    assert one.get("/api/v1/me").status_code == 200
    assert other.get("/api/v1/me").status_code == 401
    assert sign_in(world.client(), "agent-harbour", NEW) == 201


def test_a_second_factor_is_asked_for_once_it_is_confirmed_and_each_code_counts_once(world: World) -> None:
    client = world.of_role(Role.AGENT)
    made = client.post("/api/v1/me/second-factor").json()
    assert made["address"].startswith("otpauth://totp/Paiban:agent-harbour")
    codes = pyotp.TOTP(made["secret"])
    assert client.put("/api/v1/me/second-factor", json={"code": "000000"}).status_code == 401
    assert client.put("/api/v1/me/second-factor", json={"code": codes.at(world.time.now)}).status_code == 204
    again = world.client().post("/api/v1/session", json={"login": "agent-harbour", "password": PASSWORD})
    assert again.json()["code"] == "second-factor-needed"
    assert sign_in(world.client(), "agent-harbour", code=codes.at(world.time.now)) == 401
    world.time.passes(seconds=60)
    assert sign_in(world.client(), "agent-harbour", code=codes.at(world.time.now)) == 201


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_powerful_have_no_role_before_their_second_factor(database: str) -> None:
    with new_world(database, "harbour", second_factor="required") as world:
        client = world.of_role(Role.SCHEDULER)
        assert client.get("/api/v1/me").json()["waits_for"] == "second-factor"
        refused = client.get("/api/v1/sites/harbour")
        assert (refused.status_code, refused.json()["waits_for"]) == (403, "second-factor")
        secret = client.post("/api/v1/me/second-factor").json()["secret"]
        code = pyotp.TOTP(secret).at(world.time.now)
        assert client.put("/api/v1/me/second-factor", json={"code": code}).status_code == 204
        assert client.get("/api/v1/sites/harbour").status_code == 200


def test_a_secret_of_a_second_factor_lies_sealed_in_the_store(world: World) -> None:
    secret = world.of_role(Role.AGENT).post("/api/v1/me/second-factor").json()["secret"]
    with world.store.reading() as session:
        kept = session.scalars(select(t.Account.second_factor)).one()
    assert kept is not None
    assert secret.encode() not in kept


def test_a_token_does_what_its_scopes_say_until_it_ends(world: World) -> None:
    client = world.of_role(Role.AGENT)
    made = client.post("/api/v1/me/tokens", json={"name": "script", "scopes": ["read"], "days": 1})
    assert made.status_code == 201
    bearer = {"Authorization": f"Bearer {made.json()['secret']}"}
    program = world.client()
    assert program.get("/api/v1/me", headers=bearer).status_code == 200
    assert program.post("/api/v1/me/tokens", json={"name": "x", "scopes": ["read"]}, headers=bearer).status_code == 403
    assert client.get("/api/v1/me/tokens").json()["items"][0]["secret"] is None
    world.time.passes(days=1)
    assert program.get("/api/v1/me", headers=bearer).status_code == 401


def test_a_revoked_token_is_worth_nothing_and_nobody_revokes_anothers(world: World) -> None:
    client = world.of_role(Role.AGENT)
    made = client.post("/api/v1/me/tokens", json={"name": "script", "scopes": ["read"]}).json()
    other = world.of_role(Role.AGENT, "lake")
    assert other.delete(f"/api/v1/me/tokens/{made['id']}").status_code == 404
    assert client.delete(f"/api/v1/me/tokens/{made['id']}").status_code == 204
    assert world.client().get("/api/v1/me", headers={"Authorization": f"Bearer {made['secret']}"}).status_code == 401


def test_a_disabled_account_is_out_at_once(world: World) -> None:
    client = world.of_role(Role.AGENT)
    with world.store.writing() as work:
        work.session.scalars(select(t.Account).where(t.Account.login == "agent-harbour")).one().disabled = True
    assert client.get("/api/v1/me").status_code == 401
    assert sign_in(world.client(), "agent-harbour") == 401


def test_one_sees_and_ends_ones_own_sessions_alone(world: World) -> None:
    one = world.of_role(Role.AGENT)
    other = world.signed_in("agent-harbour")
    sessions = one.get("/api/v1/me/sessions").json()["items"]
    assert [found["this"] for found in sessions] == [True, False]
    stranger = world.of_role(Role.AGENT, "lake")
    assert stranger.delete(f"/api/v1/me/sessions/{sessions[1]['id']}").status_code == 404
    assert one.delete(f"/api/v1/me/sessions/{sessions[1]['id']}").status_code == 204
    assert other.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"X-Paiban-Client": None}]
)
def test_a_page_of_another_site_changes_nothing(world: World, headers: dict[str, str | None]) -> None:
    client = world.of_role(Role.AGENT)
    for name, value in headers.items():
        if value is None:
            del client.headers[name]
        else:
            client.headers[name] = value
    refused = client.post("/api/v1/me/tokens", json={"name": "x", "scopes": ["read"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "cross-site")
    assert client.get("/api/v1/me").status_code == 200


def test_what_is_over_is_swept_away(world: World) -> None:
    from api.auth.sessions import sweep  # noqa: PLC0415

    world.of_role(Role.AGENT)
    sign_in(world.client(), "agent-harbour", "wrong password")
    world.time.passes(hours=13)
    with world.store.writing() as work:
        sweep(work, world.service.settings)
        assert work.session.scalars(select(t.Session)).all() == []
        assert work.session.scalars(select(t.FailedTry)).all() == []
        assert work.now - world.time.now == timedelta(0)
