"""The commands of the service, on an embedded store in a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from api.audit.chain import first_bad
from api.cli.serve import opened
from api.demo.group import PASSWORD, SITES, fill, planned
from api.settings import Settings
from api.store.migrate import migrate
from domain.faults import BadInput
from domain.language import Refusal
from tests.api.clients import Time, World
from tests.api.stores import new_store
from tests.api.test_cli import paiban


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store, where the settings say."""
    monkeypatch.setenv("PAIBAN_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("PAIBAN_NEW_PASSWORD", "quiet river stones")
    assert paiban("migrate").exit_code == 0
    return tmp_path


def test_accounts_are_made_and_reset_from_the_console(folder: Path) -> None:
    assert paiban("user", "add", "Root", "--name", "管理", "--role", "admin").exit_code == 0
    assert isinstance(paiban("user", "add", "x", "--name", "x", "--role", "agent").exception, Refusal)
    assert paiban("user", "reset", "root", "--forget-second-factor").exit_code == 0
    assert isinstance(paiban("user", "reset", "nobody").exception, Refusal)
    with opened(Settings()).reading() as session:
        assert first_bad(session) is None
    assert (folder / "data" / "paiban.db").exists()


def test_the_log_is_verified_against_a_head_kept_elsewhere(folder: Path) -> None:
    paiban("user", "add", "root", "--name", "管理", "--role", "admin")
    head = folder / "head.json"
    head.write_text(paiban("audit", "head").stdout)
    assert json.loads(paiban("audit", "verify", "--head", head, "--json").stdout)["holds"]
    store = opened(Settings())
    with store.engine.begin() as connection:
        for what in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_entries_no_{what}"))
        connection.execute(text("UPDATE audit_entries SET action = 'nothing' WHERE id = 1"))
    touched = paiban("audit", "verify")
    assert (touched.exit_code, "entry 1" in touched.stdout) == (1, True)
    head.write_text("[]")
    assert isinstance(paiban("audit", "verify", "--head", head).exception, BadInput)


def test_a_backup_is_written_and_restored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paiban("user", "add", "root", "--name", "管理", "--role", "admin")
    assert json.loads(paiban("backup", folder / "b.gz", "--json").stdout)["tables"]["accounts"] == 1
    monkeypatch.setenv("PAIBAN_FOLDER", str(folder / "other"))
    assert "→" in paiban("restore", folder / "b.gz").stdout
    assert json.loads(paiban("audit", "verify", "--json").stdout)["holds"]


def test_a_worker_needs_a_store_that_is_shared(folder: Path) -> None:
    assert isinstance(paiban("worker").exception, Refusal)
    assert folder.exists()


def test_the_demo_group_is_made_once_with_an_account_of_every_role() -> None:
    time = Time()
    with new_store("sqlite", time) as store:
        migrate(store.engine)
        assert fill(store)
        assert not fill(store)
        world = World(store, time, None, demo=True)
        for login in ("agent", "leader", "scheduler", "manager", "auditor", "admin"):
            client = world.client()
            told = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
            assert (told.status_code, told.json()["waits_for"]) == (201, "")
        scheduler = world.client()
        scheduler.post("/api/v1/session", json={"login": "scheduler", "password": PASSWORD})
        for site in SITES:
            months = scheduler.get(f"/api/v1/sites/{site.code}/rosters").json()["items"]
            assert [row["month"] for row in months] == ["2026-12", "2026-11", "2026-10"]
            assert months[0]["month"] == str(planned(time.now.date()))
            assert len(scheduler.get(f"/api/v1/sites/{site.code}/people?limit=200").json()["items"]) == site.people
            assert scheduler.get(f"/api/v1/sites/{site.code}/requests").json()["items"]
