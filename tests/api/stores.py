"""Stores for tests: each its own, on both databases, made by copying one that was migrated."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from api.store.engine import open_engine
from api.store.migrate import migrate
from api.store.store import Clock, Store, _system_clock

DATABASES = ("sqlite", "postgresql")
SERVER = os.environ.get("PAIBAN_TEST_POSTGRESQL", "postgresql+psycopg:///postgres?host=/var/run/postgresql")
TEMPLATE = f"paiban_template_{os.getpid()}"


@contextmanager
def new_store(database: str, clock: Clock = _system_clock) -> Iterator[Store]:
    """A migrated store that is gone afterwards."""
    with new_database(database, migrated=True) as url:
        store = Store(open_engine(url), clock)
        try:
            yield store
        finally:
            store.engine.dispose()


@contextmanager
def new_database(database: str, *, migrated: bool = False) -> Iterator[str]:
    """The address of a database of one's own."""
    if database == "sqlite":
        folder = Path(mkdtemp())
        if migrated:
            shutil.copy(_sqlite_template(), folder / "paiban.db")
        yield f"sqlite:///{folder / 'paiban.db'}"
        shutil.rmtree(folder)
    else:
        name = f"paiban_{uuid4().hex[:12]}"
        template = _postgresql_template() if migrated else "template0"
        _tell(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield _address(name)
        _tell(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _sqlite_template() -> Path:
    path = Path(mkdtemp()) / "template.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@cache
def _postgresql_template() -> str:
    _tell(f"DROP DATABASE IF EXISTS {TEMPLATE}")
    _tell(f"CREATE DATABASE {TEMPLATE}")
    engine = open_engine(_address(TEMPLATE))
    migrate(engine)
    engine.dispose()
    return TEMPLATE


def drop_templates() -> None:
    """At the end of the tests."""
    if _postgresql_template.cache_info().currsize:
        _tell(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")


def _address(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


def _tell(statement: str) -> None:
    with _server().connect() as connection:
        connection.execute(text(statement))


@cache
def _server() -> Engine:
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT", pool_size=1)
    try:
        engine.connect().close()
    except OperationalError:
        pytest.skip(f"no PostgreSQL at {SERVER}: PAIBAN_TEST_POSTGRESQL tells another")
    return engine
