"""Calendars as clients ask for them: `python -m benchmarks.feeds [--database URL] [--seconds 10] [--json FILE]`.

A published month of 300 people. How many answers a second say that nothing has changed (304), against a bare FastAPI
route in the same run, both on one core by `wrk`; how long a calendar takes that nobody has asked for since it changed;
what 10,000 clients cost that ask every 15 minutes.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Final

import httpx2
from sqlalchemy import select

from api.auth.secrets import hashed, new_secret
from api.store import tables as t
from api.store.store import Store
from benchmarks.crowd import Crowd, scheduler_at
from benchmarks.served import Served, free_port, until
from benchmarks.table import arguments, show

PEOPLE: Final = 300
LINKS: Final = 200
SUBSCRIBERS: Final = 10_000
EVERY_S: Final = 900
BARE: Final = """
import sys, uvicorn
from fastapi import FastAPI
app = FastAPI()
@app.get("/bare")
def bare() -> dict[str, str]:
    return {}
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
"""


def main() -> None:
    """Fill, publish, ask."""
    parser = arguments("Calendars as clients ask for them")
    parser.add_argument("--database", default="", help="postgresql+psycopg://…, empty; default: SQLite")
    parser.add_argument("--seconds", type=int, default=10)
    given = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(given.database or f"sqlite:///{folder}/paiban.db")
        crowd, served = Crowd.of(PEOPLE, turns=2), Served(folder, given.database, free_port())
        crowd.fill(store)
        secrets = _linked(store)
        process = _on_one_core(served.start())
        try:
            scheduler = scheduler_at(served.base)
            scheduler.post(f"{crowd.path}/publications", json={}, headers={"If-Match": "*"}).raise_for_status()
            rows = [*_cold(served, secrets), *_unchanged(served, secrets[0], given.seconds)]
        finally:
            process.terminate()
            process.wait(20)
    show("feeds", rows, given)


def _linked(store: Store) -> list[str]:
    """A link for each of many people; their secrets."""
    secrets = [new_secret() for _ in range(LINKS)]
    with store.writing() as work:
        site = work.session.scalars(select(t.Site.id)).one()
        accounts = work.session.scalars(select(t.Account.id).where(t.Account.person_id.is_not(None)).limit(LINKS))
        for account, secret in zip(accounts, secrets, strict=True):
            row = t.Feed(account_id=account, scope="own", site_id=site, name="phone", language="zh-CN")
            row.secret_hash, row.made_at, row.used_at = hashed(secret), work.now, work.now
            work.session.add(row)
    return secrets


def _cold(served: Served, secrets: list[str]) -> list[dict[str, object]]:
    """The first answer of each calendar."""
    client, took = httpx2.Client(base_url=served.base), []
    for secret in secrets:
        began = time.perf_counter()
        client.get(f"/feeds/{secret}/paiban.ics").raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    p95 = took[int(0.95 * (len(took) - 1))]
    return [{"what": "cold calendar", "p50, ms": round(statistics.median(took), 1), "p95, ms": round(p95, 1)}]


def _unchanged(served: Served, secret: str, seconds: int) -> list[dict[str, object]]:
    """Answers that say that nothing has changed, and those of a bare route."""
    path = f"{served.base}/feeds/{secret}/paiban.ics"
    tag = httpx2.get(path, headers={"Accept-Encoding": "gzip"}).headers["etag"]
    known = _wrk(path, seconds, "Accept-Encoding: gzip", f"If-None-Match: {tag}")
    port = free_port()
    process = _on_one_core(subprocess.Popen([sys.executable, "-c", BARE, str(port)]))  # noqa: S603 - our own
    bare_path = f"http://127.0.0.1:{port}/bare"
    try:
        until(lambda: _answers(bare_path))
        bare = _wrk(bare_path, seconds)
    finally:
        process.terminate()
        process.wait(20)
    share = SUBSCRIBERS / EVERY_S / known
    return [
        {"what": "304 a second", "a second": round(known)},
        {"what": "bare FastAPI route a second", "a second": round(bare), "ratio": round(known / bare, 2)},
        {"what": f"{SUBSCRIBERS} clients, every {EVERY_S // 60} min: of a core", "share": f"{100 * share:.1f} %"},
    ]


def _on_one_core(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    os.sched_setaffinity(process.pid, {0})
    return process


def _wrk(address: str, seconds: int, *headers: str) -> float:
    """Requests a second, from the other core."""
    told = [part for header in headers for part in ("-H", header)]
    command = ["taskset", "-c", "1", "wrk", "-t1", "-c16", f"-d{seconds}s", *told, address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    if "Socket errors" in said:
        raise RuntimeError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(found[1]) if found else 0.0


def _answers(address: str) -> bool:
    try:
        return httpx2.get(address).status_code == 200
    except httpx2.HTTPError:
        return False


if __name__ == "__main__":
    main()
