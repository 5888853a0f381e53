"""Who works is alive: a lock in PostgreSQL that each worker holds; who gets another's knows that it is dead.

Open-source DBOS never notices a dead worker (docs/decisions/0019). A lock ends with its connection, so a killed process
frees it at once, and a silent machine when keepalives find it gone.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from typing import Any, Final

import psycopg
from dbos import DBOS
from sqlalchemy import make_url

LOG: Final = logging.getLogger("paiban.jobs")
EVERY: Final = 1.0
KEEPALIVE: Final = {"keepalives": "1", "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3"}
PENDING: Final = "SELECT DISTINCT executor_id FROM dbos.workflow_status WHERE status = 'PENDING'"


class Liveness:
    """Holds this worker's lock, and looks for workers who hold theirs no more."""

    def __init__(self, url: str, executor: str) -> None:
        address = make_url(url).set(drivername="postgresql").update_query_dict(KEEPALIVE)
        self._url = address.render_as_string(hide_password=False)
        self._executor = executor
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="liveness", daemon=True)
        self._connection: psycopg.Connection[Any] | None = None

    def hold(self) -> None:
        """Take this worker's lock; the connection is kept, for the lock ends with it."""
        self._connection = psycopg.connect(self._url, autocommit=True)
        self._connection.execute("SELECT pg_advisory_lock(%s)", (_number(self._executor),))

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End, and give the lock back."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(5)
        if self._connection:
            self._connection.close()

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            try:
                self._look()
            except psycopg.Error:
                LOG.warning("liveness: connection lost")
                self._again()

    def _look(self) -> None:
        """Take over from every worker whose lock can be had."""
        assert self._connection is not None  # noqa: S101 - held before looking
        for (executor,) in self._connection.execute(PENDING).fetchall():
            if executor == self._executor or not self._dead(executor):
                continue
            LOG.warning("worker is gone, its jobs go on here")
            DBOS._recover_pending_workflows([executor])  # noqa: SLF001 - the only way that keeps the count of tries

    def _dead(self, executor: str) -> bool:
        """Whether a worker's lock can be had; it is given back at once."""
        assert self._connection is not None  # noqa: S101
        number = _number(executor)
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (number,)).fetchone()
        free = bool(row and row[0])
        if free:
            self._connection.execute("SELECT pg_advisory_unlock(%s)", (number,))
        return free

    def _again(self) -> None:
        """Hold the lock anew after the connection was lost."""
        try:
            self.hold()
        except psycopg.Error:
            LOG.warning("liveness: no connection yet")


def _number(executor: str) -> int:
    """A lock has a number of 64 bits."""
    return int.from_bytes(hashlib.sha256(executor.encode()).digest()[:8], "big", signed=True)
