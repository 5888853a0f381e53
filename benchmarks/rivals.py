"""Fifty who want the same at once: of one duty, of one cell of a draft, and one request sent fifty times.

`python -m benchmarks.rivals [--rounds 20] [--database URL] [--json FILE]`. Exactly one may win, the others hear that
they were late (409 or 412), nobody sees a fault of the service, and no duty is held twice.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import uuid4

import httpx2
from sqlalchemy import func, select

from api.store import tables as t
from api.store.store import Store
from benchmarks.at_once import at_once
from benchmarks.crowd import SITE, Crowd, doubles, scheduler_at
from benchmarks.served import Served, free_port
from benchmarks.table import arguments, show

RIVALS: Final = 50
LATE: Final = (409, 412)
Ask = Callable[[httpx2.Client, int], httpx2.Response]


def main() -> None:
    """Fill, publish, fight."""
    parser = arguments("Fifty who want the same at once")
    parser.add_argument("--database", default="", help="postgresql+psycopg://…, empty; default: SQLite")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(given.database or f"sqlite:///{folder}/paiban.db")
        crowd, served = Crowd.of(RIVALS), Served(folder, given.database, free_port())
        crowd.fill(store)
        process = served.start()
        try:
            fight = Fight(crowd, store, [scheduler_at(served.base) for _ in range(RIVALS)])
            rows = [fight.duty(given.rounds), fight.cell(given.rounds), fight.key(given.rounds)]
        finally:
            process.terminate()
            process.wait(20)
    show("rivals", rows, given)


class Fight:
    """Rounds of rivals against each other."""

    def __init__(self, crowd: Crowd, store: Store, clients: list[httpx2.Client]) -> None:
        self.crowd, self.store, self.clients = crowd, store, clients
        self.publish()

    def publish(self) -> None:
        """Put the draft in force."""
        client = self.clients[0]
        tag = {"If-Match": client.get(f"{self.crowd.path}/draft").headers["etag"]}
        client.post(f"{self.crowd.path}/publications", json={}, headers=tag).raise_for_status()

    def duty(self, rounds: int) -> dict[str, object]:
        """Everybody takes one published duty away from the same person."""

        def ask(client: httpx2.Client, turn: int) -> httpx2.Response:
            return client.post(f"{self.crowd.path}/changes", json={"changes": [self._away(turn)]})

        return self._row("change of one published duty", rounds, ask)

    def cell(self, rounds: int) -> dict[str, object]:
        """Everybody edits one cell of the draft as he has seen it."""
        tags: dict[int, dict[str, str]] = {}

        def seen(turn: int) -> None:
            tags[turn] = {"If-Match": self.clients[0].get(f"{self.crowd.path}/draft").headers["etag"]}

        def ask(client: httpx2.Client, turn: int) -> httpx2.Response:
            body = {"changes": [self._away(turn, person=RIVALS - 1)]}
            return client.patch(f"{self.crowd.path}/draft", json=body, headers=tags[turn])

        return self._row("edit of one cell of the draft", rounds, ask, seen)

    def key(self, rounds: int) -> dict[str, object]:
        """One request under one Idempotency-Key comes fifty times at once."""
        keys = [uuid4().hex for _ in range(rounds)]
        body = {"first": "2026-12-01", "last": "2026-12-01", "kind": "event", "name": "once"}
        client = self.clients[0]  # a key belongs to who uses it

        def ask(_: httpx2.Client, turn: int) -> httpx2.Response:
            path, headers = f"/api/v1/sites/{SITE}/special-days", {"Idempotency-Key": keys[turn]}
            return client.post(path, json=body, headers=headers)

        row = self._row("one request fifty times", rounds, ask)
        with self.store.reading() as session:
            row["rows"] = session.scalar(select(func.count()).select_from(t.SpecialDay))
        return row

    def _row(
        self, what: str, rounds: int, ask: Ask, before: Callable[[int], None] = lambda _: None
    ) -> dict[str, object]:
        seen: Counter[int] = Counter()
        fair, began = 0, time.perf_counter()
        for turn in range(rounds):
            before(turn)
            statuses = at_once([partial(ask, client, turn) for client in self.clients])
            fair += sum(status < 300 for status in statuses) in (1, RIVALS)
            seen.update(statuses)
        took = (time.perf_counter() - began) / rounds
        return {
            "what": f"{what} ({self.store.dialect})",
            "rounds": rounds,
            "won": sum(count for status, count in seen.items() if status < 300),
            "late": sum(seen[status] for status in LATE),
            "5xx": sum(count for status, count in seen.items() if status >= 500),
            "other": sum(n for status, n in seen.items() if 300 <= status < 500 and status not in LATE),
            "fair rounds": fair,
            "held twice": doubles(self.store),
            "s a round": round(took, 2),
        }

    def _away(self, turn: int, person: int = 0) -> dict[str, Any]:
        day = list(self.crowd.month.days)[turn % len(self.crowd.month.days)]
        old = {"shift": "D", "work": "emergency", "breaks": []}
        return {"agent": f"P{person:03d}", "day": day.isoformat(), "old": old, "new": None}


if __name__ == "__main__":
    main()
