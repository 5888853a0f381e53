"""Months as workbooks, out and in: `python -m benchmarks.sheets [--people 200] [--database URL] [--json FILE]`.

Over HTTP, from the request to the last octet: the month out; the same file back with one day of everybody changed,
asked first and then taken, verdict and all. The bound is what openpyxl alone takes to read and to write that file.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable

import httpx2
from openpyxl import load_workbook

from api.store.store import Store
from benchmarks.crowd import Crowd, scheduler_at
from benchmarks.served import Served, free_port
from benchmarks.table import arguments, show

ROUNDS = 5
FIRST_ROW, FIRST_DAY = 4, 5


def main() -> None:
    """Fill, take out, send back."""
    parser = arguments("Months as workbooks, out and in")
    parser.add_argument("--database", default="", help="postgresql+psycopg://…, empty; default: SQLite")
    parser.add_argument("--people", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        crowd, served = Crowd.of(given.people, turns=2), Served(folder, given.database, free_port())
        crowd.fill(Store.open(given.database or f"sqlite:///{folder}/paiban.db"))
        process = served.start()
        try:
            rows = _rows(scheduler_at(served.base), crowd)
        finally:
            process.terminate()
            process.wait(20)
    show("sheets", rows, given)


def _rows(client: httpx2.Client, crowd: Crowd) -> list[dict[str, object]]:
    def out() -> bytes:
        return client.get(f"{crowd.path}/workbook").raise_for_status().content

    content = out()
    book = load_workbook(io.BytesIO(content))
    edited, cells = _edited(content, crowd.people)

    def back(*, dry_run: bool) -> None:
        params = {"name": "a.xlsx", "dry_run": str(dry_run).lower(), "prefer": "file"}
        told = client.put(f"{crowd.path}/draft", params=params, content=edited).raise_for_status().json()
        if dry_run and len(told["changes"]) != cells:
            raise RuntimeError(told)

    return [
        _row(f"month of {crowd.people} people out", out),
        _row(f"back, {cells} cells changed: asked", lambda: back(dry_run=True)),
        _row(f"back, {cells} cells changed: taken", lambda: back(dry_run=False), rounds=1),
        _row("bound: openpyxl reads it", lambda: load_workbook(io.BytesIO(content))),
        _row("bound: openpyxl writes it", lambda: book.save(io.BytesIO())),
    ]


def _edited(content: bytes, people: int) -> tuple[bytes, int]:
    """One day of everybody changed."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for row in range(FIRST_ROW, FIRST_ROW + people):
        cell = sheet.cell(row, FIRST_DAY + 9)
        cell.value = "休" if cell.value == "D" else "D"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), people


def _row(what: str, do: Callable[[], object], rounds: int = ROUNDS) -> dict[str, object]:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        do()
        took.append(time.perf_counter() - began)
    return {"what": what, "s": round(statistics.median(took), 2), "worst, s": round(max(took), 2)}


if __name__ == "__main__":
    main()
