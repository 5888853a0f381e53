from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from api.store import tables as t
from api.store.engine import open_engine
from api.store.guards import NEVER_CHANGED
from api.store.migrate import EMPTY, current, migrate, revision_of, revisions
from tests.api.stores import DATABASES, new_database

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest) -> object:
    with new_database(request.param) as url:
        made = open_engine(url)
        yield made
        made.dispose()


def guards_of(engine: Engine) -> set[str]:
    """The triggers and the exclusion that a database has."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
        "UNION SELECT conname FROM pg_constraint WHERE contype = 'x'"
    )
    with engine.connect() as connection:
        return {str(name) for name in connection.scalars(text(asked))}


def test_the_tables_of_the_migrations_are_those_of_the_models(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.Table.metadata) == []
    assert current(engine)


def test_the_guards_of_the_migrations_are_those_of_the_models(engine: Engine) -> None:
    migrate(engine)
    with new_database(engine.dialect.name) as url:
        other = open_engine(url)
        t.Table.metadata.create_all(other)
        assert guards_of(engine) == guards_of(other) != set()
        other.dispose()


def test_every_revision_goes_up_down_and_up_again(engine: Engine) -> None:
    for place, revision in enumerate(revisions()):
        migrate(engine, revision)
        migrate(engine, revisions()[place - 1] if place else EMPTY)
        migrate(engine, revision)
        assert revision_of(engine) == revision
    migrate(engine, EMPTY)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_what_was_there_is_there_after_the_guards_went_down_and_up(engine: Engine) -> None:
    migrate(engine)
    with Session(engine) as session, session.begin():
        session.add(t.Group(name={"zh": "港华", "en": "Harbour"}, created_at=NOW))
    migrate(engine, "0001")
    migrate(engine)
    with Session(engine) as session:
        assert session.scalars(select(t.Group)).one().name == {"zh": "港华", "en": "Harbour"}


def test_every_table_that_never_changes_is_there() -> None:
    assert set(NEVER_CHANGED) <= set(t.Table.metadata.tables)
