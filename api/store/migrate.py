"""Bring a store to a revision, and tell which it has."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

SCRIPTS: Final = Path(__file__).parent / "migrations"
HEAD: Final = "head"
EMPTY: Final = "base"


def migrate(engine: Engine, revision: str = HEAD) -> None:
    """Up or down to a revision, all in one transaction."""
    with engine.begin() as connection:
        config = configured(connection)
        if _below(connection, revision):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def revisions() -> list[str]:
    """All revisions, the oldest first."""
    return [script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()][::-1]


def revision_of(engine: Engine) -> str | None:
    """The revision of a store; None: empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def current(engine: Engine) -> bool:
    """Whether a store has the newest revision."""
    return revision_of(engine) == revisions()[-1]


def configured(connection: Connection) -> Config:
    """Alembic's settings for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def _below(connection: Connection, revision: str) -> bool:
    """Whether a revision lies before the one that the store has."""
    known = revisions()
    now = MigrationContext.configure(connection).get_current_revision()
    if now is None or revision == HEAD:
        return False
    return revision == EMPTY or known.index(revision) < known.index(now)
