"""What a killed process leaves behind: publishing under `kill -9`, and a solve whose worker is killed.

`python -m benchmarks.chaos [--rounds 50] [--database URL] [--json FILE]`. A month of 10,000 duties is published over
HTTP and the service killed at a random moment; afterwards the store must hold all of it or nothing, what was
acknowledged must be there, and nobody told twice. With PostgreSQL a worker is killed in mid-solve as well: another must
take over in 10 s.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import httpx2
from sqlalchemy import select, text

from api.store import tables as t
from api.store.store import Store
from benchmarks.crowd import SITE, Crowd, scheduler_at
from benchmarks.served import Served, free_port, until
from benchmarks.table import arguments, show

PEOPLE: Final = 330
LONGEST_WAIT: Final = 4.0
"""Seconds until the kill, at most; a publication takes about as long."""


def main() -> None:
    """Fill, kill, look."""
    parser = arguments("What a killed process leaves behind")
    parser.add_argument("--database", default="", help="postgresql+psycopg://…, empty; default: SQLite")
    parser.add_argument("--rounds", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{folder}/paiban.db"
        trial = Trial(Store.open(url), Served(folder, given.database, free_port()))
        trial.crowd.fill(trial.store)
        try:
            rows = [trial.publications(given.rounds)]
            if given.database:
                rows.append(trial.workers())
        finally:
            trial.end()
    show("chaos", rows, given)


@dataclass
class Trial:
    """A service that is killed again and again."""

    store: Store
    served: Served
    crowd: Crowd = field(default_factory=lambda: Crowd.of(PEOPLE))
    seen: Counter[str] = field(default_factory=Counter)
    restarts: list[float] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def publications(self, rounds: int) -> dict[str, object]:
        """Publish and kill, again and again."""
        chance = random.Random(1)  # noqa: S311
        process = self._start()
        for _ in range(rounds):
            client = scheduler_at(self.served.base)
            acknowledged = self._publish_and_kill(client, process, chance.random() * LONGEST_WAIT)
            began = time.perf_counter()
            process = self._start()
            self.restarts.append(time.perf_counter() - began)
            self._look(acknowledged)
            self._withdraw()
        process.terminate()
        process.wait(20)
        return {
            "what": f"publish {self.crowd.duties} duties, kill -9 ({self.store.dialect})",
            "rounds": rounds,
            "whole": self.seen["whole"],
            "nothing": self.seen["nothing"],
            "half": self.seen["half"],
            "acknowledged and lost": self.seen["lost"],
            "told twice": self.seen["twice"],
            "ready again, s (worst)": round(max(self.restarts), 2),
        }

    def workers(self) -> dict[str, object]:
        """Kill the worker that solves; how long until another goes on."""
        web = self._start(works=False)
        workers = [self._start("worker", wait=False) for _ in range(2)]
        time.sleep(8)
        client = scheduler_at(self.served.base)
        path = f"/api/v1/sites/{SITE}/months/{self.crowd.month}/jobs"
        asked = client.post(path, json={"kind": "solve", "seconds": 60, "take": "never"}).json()
        job = f"/api/v1/sites/{SITE}/jobs/{asked['id']}"
        until(lambda: client.get(job).json()["state"] == "running")
        time.sleep(2)
        pid = self._executor()
        os.kill(pid, signal.SIGKILL)
        began = time.perf_counter()
        until(lambda: self._executor() != pid)
        took = time.perf_counter() - began
        client.post(f"{job}/stop", json={"wish": "cancel"})
        until(lambda: client.get(job).json()["state"] == "cancelled")
        for process in (web, *workers):
            process.terminate()
        for process in (web, *workers):
            process.wait(20)
        return {"what": "kill -9 of the worker that solves", "rounds": 1, "taken over, s": round(took, 2)}

    def _publish_and_kill(self, client: httpx2.Client, process: subprocess.Popen[bytes], after: float) -> bool:
        """Whether the publication was acknowledged before the kill."""
        base = self.crowd.path
        tag = {"If-Match": client.get(f"{base}/draft").headers["etag"]}
        answers: list[int] = []

        def ask() -> None:
            try:
                answers.append(client.post(f"{base}/publications", json={}, headers=tag).status_code)
            except httpx2.HTTPError:
                answers.append(0)

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(after)
        process.kill()
        process.wait()
        thread.join()
        return answers[0] == 201

    def _look(self, acknowledged: bool) -> None:  # noqa: FBT001 - what was seen
        """All of it, or nothing of it."""
        with self.store.reading() as session:
            roster = session.scalars(select(t.Roster)).one()
            active = len(session.scalars(select(t.Duty.id).where(t.Duty.state == "active")).all())
            last = session.scalars(select(t.RosterVersion).order_by(t.RosterVersion.number.desc()).limit(1)).first()
            told = Counter(session.scalars(select(t.Notice.account_id).where(t.Notice.matter == _matter(roster))).all())
            moving = session.scalars(select(t.Duty.id).where(t.Duty.state == "moving")).first()
            expected = len(roster.draft)
        whole = roster.published is not None and active == expected and last and last.kind == "publication"
        nothing = roster.published is None and active == 0
        half = not (whole or nothing) or moving is not None or (whole and len(told) != PEOPLE)
        self.seen["half" if half else "whole" if whole else "nothing"] += 1
        self.seen["lost"] += acknowledged and not whole
        self.seen["twice"] += any(count > 1 for count in told.values())

    def _withdraw(self) -> None:
        client = scheduler_at(self.served.base)
        base = self.crowd.path
        if client.get(base).json()["published"] is not None:
            tag = {"If-Match": client.get(f"{base}/draft").headers["etag"]}
            client.post(f"{base}/withdrawals", json={"note": "again"}, headers=tag).raise_for_status()

    def _executor(self) -> int:
        """The process that has the job."""
        asked = "SELECT executor_id FROM dbos.workflow_status WHERE status = 'PENDING'"
        with self.store.engine.connect() as connection:
            found = connection.scalars(text(asked)).first()
        return int(str(found).split("-", 1)[0]) if found else 0

    def _start(self, what: str = "serve", *, works: bool = True, wait: bool = True) -> subprocess.Popen[bytes]:
        process = self.served.start(what, works=works, wait=wait)
        self.processes.append(process)
        return process

    def end(self) -> None:
        """Leave no process behind."""
        for process in self.processes:
            process.kill()
            process.wait()


def _matter(roster: t.Roster) -> str:
    return f"roster/{roster.id}/{roster.published}"


if __name__ == "__main__":
    main()
