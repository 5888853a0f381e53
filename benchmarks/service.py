"""How quick the service answers: a roster month, a draft edit with its verdict, under idle and busy clients.

`python -m benchmarks.service [--database URL] [--json FILE]` starts the service as users do (`paiban serve`), fills it
with sites of 120 and 200 people and asks over HTTP. Targets: the month of 120 people under 150 ms (95th percentile)
with 500 idle and 50 busy clients; an edit with its verdict under 100 ms at 200 people.
"""

from __future__ import annotations

import random
import socket
import statistics
import tempfile
import threading
import time
from typing import Any, Final
from urllib.parse import urlparse

import httpx2

from benchmarks.served import Served, free_port
from benchmarks.service_sites import LOGIN, PASSWORD, filled
from benchmarks.table import arguments, show
from domain.time import Month

HEADERS: Final = {"X-Paiban-Client": "benchmark"}
IDLE, BUSY = 500, 50
SECONDS: Final = 15.0


def main() -> None:
    """Fill, start, ask, tell."""
    parser = arguments("How quick the service answers")
    parser.add_argument("--database", default="", help="postgresql+psycopg://…, empty; default: SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{folder}/paiban.db"
        months = filled(url)
        served = Served(folder, given.database, free_port())
        process = served.start()
        try:
            rows = _measured(served.base, months)
        finally:
            process.terminate()
            process.wait(20)
    show("service", rows, given)


def _measured(base: str, months: dict[str, Month]) -> list[dict[str, object]]:
    client = httpx2.Client(base_url=base, headers=HEADERS, timeout=30)
    signed = client.post("/api/v1/session", json={"login": LOGIN, "password": PASSWORD})
    signed.raise_for_status()
    cookies = dict(client.cookies)
    paths = {code: f"/api/v1/sites/{code}/rosters/{month}" for code, month in months.items()}
    rows = [
        _alone("month of 120 people (draft)", client, lambda: client.get(paths["s120"] + "/draft")),
        _alone("edit with verdict, 120 people", client, _editor(client, paths["s120"])),
        _alone("edit with verdict, 200 people", client, _editor(client, paths["s200"])),
        _alone("report of every rule, 200 people", client, lambda: client.get(paths["s200"] + "/draft/report"), 5),
        _alone("health", client, lambda: client.get("/healthz")),
    ]
    idle = _idle(base)
    rows.append(_crowd(base, cookies, paths["s120"] + "/draft"))
    rows.append(_crowd(base, cookies, "/healthz"))
    for connection in idle:
        connection.close()
    return rows


def _alone(name: str, client: httpx2.Client, ask: Any, times: int = 40) -> dict[str, object]:  # noqa: ANN401
    """One client, one request after the other."""
    del client
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        answer = ask()
        seconds.append(time.perf_counter() - began)
        answer.raise_for_status()
    return _row(name, 1, seconds)


def _editor(client: httpx2.Client, path: str) -> Any:  # noqa: ANN401
    """Takes a duty away and puts it back, in turn."""
    duties = client.get(path + "/draft").json()["duties"]
    chance = random.Random(1)  # noqa: S311
    state: dict[str, Any] = {"gone": None}

    def ask() -> httpx2.Response:
        duty = state["gone"] or chance.choice(duties)
        told = {name: duty[name] for name in ("shift", "work", "breaks")}
        old, new = (None, told) if state["gone"] else (told, None)
        state["gone"] = None if state["gone"] else duty
        change = {"agent": duty["agent"], "day": duty["day"], "old": old, "new": new}
        return client.patch(path + "/draft", json={"changes": [change]})

    return ask


def _idle(base: str) -> list[socket.socket]:
    """Clients that are connected and ask nothing."""
    address = urlparse(base)
    return [socket.create_connection((address.hostname or "", address.port or 80)) for _ in range(IDLE)]


def _crowd(base: str, cookies: dict[str, str], path: str) -> dict[str, object]:
    """Busy clients, each asking about once a second."""
    seconds: list[float] = []
    faults: list[int] = []
    until = time.monotonic() + SECONDS

    def ask(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        with httpx2.Client(base_url=base, headers=HEADERS, cookies=cookies, timeout=30) as client:
            time.sleep(chance.random())
            while time.monotonic() < until:
                began = time.perf_counter()
                answer = client.get(path)
                seconds.append(time.perf_counter() - began)
                if answer.status_code != 200:
                    faults.append(answer.status_code)
                time.sleep(max(0.0, 1.0 - (time.perf_counter() - began)) * (0.5 + chance.random()))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(BUSY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {**_row(f"{path} · {IDLE} idle, {BUSY} busy", BUSY, seconds), "faults": len(faults)}


def _row(name: str, clients: int, seconds: list[float]) -> dict[str, object]:
    ordered = sorted(seconds)
    return {
        "what": name,
        "clients": clients,
        "requests": len(ordered),
        "a second": round(len(ordered) / SECONDS, 1) if clients > 1 else round(len(ordered) / sum(ordered), 1),
        "p50 ms": round(1000 * statistics.median(ordered), 1),
        "p95 ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
        "max ms": round(1000 * ordered[-1], 1),
        "faults": 0,
    }


if __name__ == "__main__":
    main()
