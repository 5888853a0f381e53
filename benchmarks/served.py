"""The service as users start it, in a process of its own, for benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx2

SECRET: Final = "0123456789abcdef0123456789abcdef0123"  # noqa: S105
COMMAND: Final = (sys.executable, "-c", "from api.cli import main; main()")
PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """Where it keeps its data, and where it answers."""

    folder: str
    database: str
    port: int

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, what: str = "serve", *, works: bool = True, wait: bool = True) -> subprocess.Popen[bytes]:
        """`serve` or `worker`; waits until it is ready."""
        told = {
            "FOLDER": self.folder,
            "PORT": str(self.port),
            "DATABASE_URL": self.database,
            "SECRET": SECRET,
            "SECOND_FACTOR": "offered",
            "REQUESTS_A_MINUTE": "1000000",
            "WORKER": str(works).lower(),
            "LOG_LEVEL": "error",
        }
        environment = {**os.environ, **{f"PAIBAN_{name}": value for name, value in told.items()}}
        process = subprocess.Popen([*COMMAND, what], env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        if wait:
            until(self.ready)
        return process

    def ready(self) -> bool:
        """Whether it can serve."""
        try:
            return httpx2.get(f"{self.base}/readyz").status_code == 200
        except httpx2.HTTPError:
            return False


def until(holds: Callable[[], bool]) -> None:
    """Wait for something, but not for ever."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.1)
    raise SystemExit("waited too long")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
