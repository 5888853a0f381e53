"""Calendars as other makers' programs read them; those that the machine has (`make readers` installs them)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[2] / "readers"
BUILT = Path(__file__).parents[3] / ".readers"
KHAL = BUILT / "venv/bin"
LIBICAL = BUILT / "libical_reader"
SECONDS = 120


@dataclass(frozen=True)
class Read:
    """An event as a reader tells it; instants in UTC, or days of which the last is not included."""

    uid: str
    start: str
    end: str
    summary: str
    status: str
    sequence: int


def told(command: list[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise AssertionError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout.decode()


def by_line(command: list[str | Path]) -> list[Read]:
    return in_order(Read(**json.loads(line)) for line in told(command).splitlines())


def by_khal(path: Path, first: date, last: date) -> list[Read]:
    days = told([HERE / "khal_reader.sh", KHAL, path, first.isoformat(), last.isoformat()])
    return in_order(_of_khal(event) for line in days.splitlines() for event in json.loads(line))


def _of_khal(event: dict[str, Any]) -> Read:
    """The last of its whole days is included."""
    end = event["end"]
    if event["all-day"] == "True":
        end = str(date.fromisoformat(end) + timedelta(days=1))
    return Read(event["location"], event["start"], end, event["title"], event["status"], int(event["url"]))


def in_order(found: Iterable[Read]) -> list[Read]:
    return sorted(found, key=lambda event: event.uid)


Reader = Callable[[Path, date, date], list[Read]]
READERS: dict[str, tuple[bool, Reader]] = {
    "vobject": (True, lambda path, *_: by_line([sys.executable, HERE / "vobject_reader.py", path])),
    "libical": (LIBICAL.exists(), lambda path, *_: by_line([LIBICAL, path])),
    "ical.js": (
        (HERE / "node_modules/ical.js").exists() and shutil.which("node") is not None,
        lambda path, *_: by_line(["node", HERE / "ical_js.mjs", path]),
    ),
    "node-ical": (
        (HERE / "node_modules/node-ical").exists() and shutil.which("node") is not None,
        lambda path, *_: by_line(["node", HERE / "node_ical.mjs", path]),
    ),
    "khal over vdirsyncer": ((KHAL / "khal").exists() and (KHAL / "vdirsyncer").exists(), by_khal),
}
"""Whether each is here, and how it reads."""
