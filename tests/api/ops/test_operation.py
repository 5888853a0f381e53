from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from api.ops.log import JsonLines
from api.settings import Settings
from domain.language import Refusal
from tests.api.clients import new_world


def test_measures_are_closed_without_the_token_and_name_routes_not_paths() -> None:
    with new_world("sqlite", "harbour", metrics_token="m" * 32) as world:
        client = world.client()
        client.get("/api/v1/me")
        client.get("/wp-admin/secret-token-in-path")
        assert client.get("/metrics").status_code == 404
        told = client.get("/metrics", headers={"Authorization": f"Bearer {'m' * 32}"})
        assert told.status_code == 200
        assert 'paiban_requests_total{method="GET",route="/me",status="401"}' in told.text.replace("/api/v1/me", "/me")
        assert "secret-token" not in told.text
        assert "paiban_audit_entries" in told.text
    with new_world("sqlite", "harbour") as world:
        assert world.client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_line_of_the_log_is_one_line_of_json_with_named_facts_alone() -> None:
    record = logging.LogRecord("paiban", logging.INFO, "", 0, "hello\nforged %s", ("wörld",), None)
    record.route, record.password = "/me", "secret"
    line = JsonLines().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["message"], told["route"]) == ("hello\nforged wörld", "/me")
    assert "password" not in told


def test_a_secret_that_is_short_or_known_is_refused_but_in_the_demo(tmp_path: Path) -> None:
    for secret in ("changeme", "short"):
        with pytest.raises(Exception, match="32 characters"):
            Settings(secret=secret, folder=tmp_path)
        assert Settings(secret=secret, demo=True, folder=tmp_path).key() == secret.encode()


def test_an_embedded_store_makes_its_own_secret_once_and_a_shared_one_needs_it_told(tmp_path: Path) -> None:
    one, other = (Settings(folder=tmp_path / "data").key() for _ in range(2))
    assert one == other
    assert len(one) >= 32
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o077 == 0
    with pytest.raises(Refusal, match="PAIBAN_SECRET"):
        Settings(database_url="postgresql+psycopg:///x").key()
