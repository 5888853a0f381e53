"""The engine of each database, set as it was measured to be safe and quick (docs/decisions/0018)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, make_url

READ_ONLY: Final = "ro"
"""Execution option of a connection that only reads: it takes no lock on SQLite."""
PRAGMAS: Final = ("journal_mode=WAL", "busy_timeout=30000", "synchronous=NORMAL", "foreign_keys=ON")


def open_engine(url: str, pool: int = 10) -> Engine:
    """An engine of a store; `sqlite:///file.db` or `postgresql+psycopg://…`."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, pool)
    return create_engine(url, pool_size=pool, max_overflow=pool, pool_pre_ping=True, pool_recycle=1800)


def _sqlite(url: str, pool: int) -> Engine:
    engine = create_engine(url, pool_size=pool, max_overflow=2 * pool, connect_args={"timeout": 30.0})

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _: object) -> None:  # noqa: ANN401 - a driver's connection
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's connection
        """Who writes takes the lock at once: a later upgrade would fail whatever the timeout."""
        reads = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine
