"""The service while its database is away or its disk is full: no wrong answer, 503 with Retry-After, own recovery.

`python -m benchmarks.outage [--database URL] [--seconds 10] [--json FILE]`. Ten clients write all the while. With
PostgreSQL the database takes no connection for ten seconds; with SQLite somebody else holds its lock, then its file may
not grow. Afterwards every acknowledged write must be there, and the service must write again by itself.
"""

from __future__ import annotations

import resource
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx2
from sqlalchemy import create_engine, make_url, select, text

from api.store import tables as t
from api.store.store import Store
from benchmarks.crowd import SITE, Crowd, scheduler_at
from benchmarks.served import Served, free_port, until
from benchmarks.table import arguments, show

CLIENTS: Final = 10
BEFORE: Final = 1.0
Away = Callable[[], AbstractContextManager[None]]


def main() -> None:
    """Fill, break, look."""
    parser = arguments("The service while its database is away")
    parser.add_argument("--database", default="", help="postgresql+psycopg://…, empty; default: SQLite")
    parser.add_argument("--seconds", type=float, default=10.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(given.database or f"sqlite:///{folder}/paiban.db")
        Crowd.of(CLIENTS).fill(store)
        served = Served(folder, given.database, free_port())
        process = served.start()
        try:
            trials: dict[str, Away] = (
                {"no connection (postgresql)": lambda: _closed(given.database)}
                if given.database
                else {
                    "lock held by another (sqlite)": lambda: _locked(Path(folder) / "paiban.db"),
                    "disk full (sqlite)": lambda: _full(process.pid, Path(folder)),
                }
            )
            rows = [Trial(served, store, what).row(away, given.seconds) for what, away in trials.items()]
        finally:
            process.terminate()
            process.wait(20)
    show("outage", rows, given)


@dataclass
class Trial:
    """Clients that write while something is broken."""

    served: Served
    store: Store
    what: str
    over: threading.Event = field(default_factory=threading.Event)
    seen: Counter[int] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)
    without_hint: int = 0
    slowest: float = 0.0

    def row(self, away: Away, seconds: float) -> dict[str, object]:
        """Write, break, mend, count."""
        threads = [threading.Thread(target=self._write, args=(place,)) for place in range(CLIENTS)]
        for thread in threads:
            thread.start()
        time.sleep(BEFORE)
        with away():
            time.sleep(seconds)
        began = time.perf_counter()
        until(self._writes_again)
        again = time.perf_counter() - began
        self.over.set()
        for thread in threads:
            thread.join()
        return {
            "what": self.what,
            "away, s": seconds,
            "done": self.seen[201],
            "503": self.seen[503],
            "503 without Retry-After": self.without_hint,
            "other": sum(count for status, count in self.seen.items() if status not in (201, 503)),
            "acknowledged and lost": len(self.kept - self._there()),
            "slowest answer, s": round(self.slowest, 1),
            "writes again after, s": round(again, 2),
        }

    def _write(self, place: int) -> None:
        client, count = scheduler_at(self.served.base), 0
        while not self.over.is_set():
            name = f"{self.what}/{place}/{count}"
            count += 1
            began = time.perf_counter()
            answer = _post(client, name)
            self.slowest = max(self.slowest, time.perf_counter() - began)
            self.seen[answer.status_code] += 1
            self.without_hint += answer.status_code == 503 and "retry-after" not in answer.headers
            if answer.status_code == 201:
                self.kept.add(name)
            time.sleep(0.05)

    def _writes_again(self) -> bool:
        try:
            return _post(scheduler_at(self.served.base), f"{self.what}/again").status_code == 201
        except httpx2.HTTPError:
            return False

    def _there(self) -> set[str]:
        with self.store.reading() as session:
            return set(session.scalars(select(t.SpecialDay.name)))


def _post(client: httpx2.Client, name: str) -> httpx2.Response:
    body = {"first": "2026-12-01", "last": "2026-12-01", "kind": "event", "name": name}
    return client.post(f"/api/v1/sites/{SITE}/special-days", json=body)


@contextmanager
def _closed(url: str) -> Iterator[None]:
    """PostgreSQL takes no connection to the database, and ends those that are there."""
    name = make_url(url).database
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"))
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(ended), {"name": name})
        yield
        connection.execute(text(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true"))
    engine.dispose()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Somebody else writes for long."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def _full(pid: int, folder: Path) -> Iterator[None]:
    """No file of the process may grow."""
    smallest = min(found.stat().st_size for found in folder.glob("paiban.db*"))
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (min(smallest, 4096), before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


if __name__ == "__main__":
    main()
