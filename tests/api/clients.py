"""A service in the test, and people who are signed in to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi.testclient import TestClient
from ruamel.yaml import YAML

from api.app import App
from api.auth.accounts import add_account
from api.auth.forms import NewAccount, NewGrant
from api.auth.passwords import hash_password
from api.auth.rights import GROUP_WIDE, Role
from api.files.site_form import SiteFile
from api.group.plans import add_site
from api.jobs.engine import Engine
from api.jobs.rows import OVER, Post
from api.jobs.tasks import Tools
from api.service import Service
from api.settings import Settings
from api.store import tables as t
from api.store.engine import open_engine
from api.store.store import Store
from tests.api.harbour import SITE
from tests.api.seeds import NOW
from tests.api.stores import new_database, new_store

PASSWORD = "correct horse battery"  # noqa: S105 - of tests
HASH = hash_password(PASSWORD)
CLIENT = {"X-Paiban-Client": "test", "Accept-Language": "en"}


class Time:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **by: float) -> None:
        self.now += timedelta(**by)


class World:
    """A service with one site of every kind of account, and a clock to move."""

    def __init__(self, store: Store, time: Time, post: Post | None = None, **settings: object) -> None:
        told: dict[str, Any] = {
            "folder": Path(mkdtemp()),
            "second_factor": "offered",
            "requests_a_minute": 100_000,
            **settings,
        }
        self.time = time
        self.service = Service.of(Settings(**told), store, post)
        self.app = App(self.service)

    @property
    def store(self) -> Store:
        return self.service.store

    def client(self) -> TestClient:
        """Somebody who is not signed in."""
        return TestClient(self.app, headers=CLIENT, raise_server_exceptions=False)

    def founded(self, *codes: str) -> None:
        """The group with sites."""
        with self.store.writing() as work:
            work.session.add(t.Group(name={"zh": "港华", "en": "Harbour"}, created_at=work.now))
            work.session.flush()
            for code in codes:
                add_site(work, SiteFile.model_validate(document(code)), by=None)

    def account(self, login: str, *roles: tuple[Role, str | None], number: str | None = None) -> int:
        """An account with roles."""
        grants = [NewGrant(role=role, site=site) for role, site in roles]
        told = NewAccount(login=login, name=login.title(), password=PASSWORD, number=number, roles=grants)
        with self.store.writing() as work:
            return add_account(work, told, HASH, by=None, must_change=False).id

    def signed_in(self, login: str) -> TestClient:
        """Somebody who is."""
        client = self.client()
        answer = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return client

    def of_role(self, role: Role, site: str | None = "harbour", number: str | None = None) -> TestClient:
        """A new account of a role, signed in."""
        login = f"{role.value}-{site or 'all'}"
        self.account(login, (role, None if role in GROUP_WIDE else site), number=number)
        return self.signed_in(login)


@contextmanager
def new_world(database: str, *codes: str, **settings: object) -> Iterator[World]:
    """A world with sites."""
    time = Time()
    with new_store(database, time) as store:
        world = World(store, time, None, **settings)
        if codes:
            world.founded(*codes)
        yield world


@contextmanager
def working_world(database: str, **settings: object) -> Iterator[World]:
    """A world with one site whose jobs run."""
    with new_database(database, migrated=True) as url:
        clock = Time()
        store = Store(open_engine(url), clock)
        engine = Engine(Tools(store), url)
        engine.start()
        world = World(store, clock, engine, **settings)
        world.founded("harbour")
        yield world
        engine.stop()
        store.engine.dispose()


def ended(client: TestClient, job: int, seconds: float = 90) -> dict[str, Any]:
    """A job of the site once it is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(f"/api/v1/sites/harbour/jobs/{job}").json()
        if found["state"] in OVER:
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def document(code: str = "harbour") -> dict[str, Any]:
    """The plan of the small site of the tests, under another code."""
    found: dict[str, Any] = YAML(typ="safe").load(SITE)
    found["site"]["id"] = code
    return found


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
