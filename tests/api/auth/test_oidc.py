"""Signing in through a real provider on this machine: discovery, code flow with PKCE, signed ID tokens."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from api.auth.accounts import add_account
from api.auth.forms import NewAccount, NewGrant
from api.auth.rights import Role
from tests.api.clients import World, new_world

pytestmark = pytest.mark.enable_socket
CLIENT = "paiban-client"


class Idp:
    """An identity provider."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k1"})
        self.claims: dict[str, Any] = {}
        self.header = {"alg": "RS256", "kid": "k1"}
        self.signing: Any = self.key
        self.challenge = self.verified = ""
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def authorize(self, address: str) -> dict[str, str]:
        """What the browser brings back, and what the provider remembers of the request."""
        asked = {name: values[0] for name, values in parse_qs(urlparse(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        self.challenge = asked["code_challenge"]
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "sub": "u-1", "exp": now + 300, "iat": now}
        self.claims = {**usual, "nonce": asked["nonce"], "preferred_username": "Anna"}
        return {"state": asked["state"], "code": "c-1"}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        idp = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                base = idp.issuer
                told: dict[str, Any] = {"keys": [idp.key.as_dict(private=False)]}
                if "openid-configuration" in self.path:
                    ends = {"authorization_endpoint": "/a", "token_endpoint": "/t", "jwks_uri": "/k"}
                    told = {"issuer": base, **{name: base + path for name, path in ends.items()}}
                self._tell(told)

            def do_POST(self) -> None:
                body = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                digest = hashlib.sha256(body["code_verifier"][0].encode()).digest()
                idp.verified = urlsafe_b64encode(digest).decode().rstrip("=")
                token = jwt.encode(idp.header, idp.claims, idp.signing, algorithms=[idp.header["alg"]])
                self._tell({"access_token": "a", "token_type": "Bearer", "id_token": token})

            def _tell(self, told: dict[str, Any]) -> None:
                content = json.dumps(told).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        return Handler


@pytest.fixture
def idp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Idp]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    provider = Idp()
    thread = threading.Thread(target=provider.server.serve_forever)
    thread.start()
    yield provider
    provider.server.shutdown()
    thread.join()
    provider.server.server_close()


@pytest.fixture
def world(idp: Idp) -> Iterator[World]:
    settings = {"oidc_issuer": idp.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": "s"}
    with new_world("sqlite", "harbour", **settings) as made:
        roles = [NewGrant(role=Role.AGENT, site="harbour")]
        with made.store.writing() as work:
            add_account(work, NewAccount(login="anna", name="Anna", roles=roles), "", by=None, must_change=False)
        yield made


def came_back(client: TestClient, idp: Idp, **change: Any) -> int:  # noqa: ANN401 - claims
    begun = client.get("/api/v1/oidc/start", follow_redirects=False)
    assert begun.status_code == 302
    brought = idp.authorize(begun.headers["location"])
    idp.claims |= change.pop("claims", {})
    answer = client.get("/api/v1/oidc/callback", params={**brought, **change}, follow_redirects=False)
    return answer.status_code


def test_who_comes_through_the_provider_is_known_and_stays_bound_to_his_subject(world: World, idp: Idp) -> None:
    client = world.client()
    assert came_back(client, idp) == 303
    assert idp.verified == idp.challenge
    assert client.get("/api/v1/me").json()["login"] == "anna"
    other = world.client()
    assert came_back(other, idp, claims={"preferred_username": "renamed"}) == 303
    assert other.get("/api/v1/me").json()["login"] == "anna"
    assert came_back(world.client(), idp, claims={"sub": "u-2"}) == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "other"},
        {"aud": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"preferred_username": "nobody"},
    ],
)
def test_a_token_that_does_not_fit_is_refused(world: World, idp: Idp, claims: dict[str, Any]) -> None:
    client = world.client()
    assert came_back(client, idp, claims=claims) == 401
    assert client.get("/api/v1/me").status_code == 401


def test_a_state_that_is_not_the_browsers_is_refused(world: World, idp: Idp) -> None:
    assert came_back(world.client(), idp, state="forged") == 401


def test_a_token_signed_by_somebody_else_or_by_a_shared_secret_is_refused(world: World, idp: Idp) -> None:
    idp.signing = RSAKey.generate_key(2048, {"kid": "k1"})
    assert came_back(world.client(), idp) == 401
    idp.signing, idp.header = OctKey.import_key("s" * 32), {"alg": "HS256", "kid": "k1"}
    assert came_back(world.client(), idp) == 401


def test_an_account_with_a_password_is_not_taken_over_by_its_name(world: World, idp: Idp) -> None:
    world.account("bea", (Role.MANAGER, "harbour"))
    assert came_back(world.client(), idp, claims={"preferred_username": "bea", "sub": "u-3"}) == 401


def test_without_a_provider_there_is_nothing() -> None:
    with new_world("sqlite", "harbour") as world:
        assert world.client().get("/api/v1/oidc/start").status_code == 404
