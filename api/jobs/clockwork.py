"""What comes round by itself in a worker: the tick of the monthly cycle, and tidying up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from api.cycle.tick import tick, tidy
from api.demand.drop import look
from api.http.gate import MEGABYTE
from api.service import Service

LOG: Final = logging.getLogger("paiban.cycle")
TICK_SECONDS: Final = 20.0
TIDY_EVERY: Final = 90
"""Ticks between two tidyings: half an hour."""


class Clockwork:
    """A thread that ticks until it is stopped."""

    def __init__(self, service: Service, every: float = TICK_SECONDS) -> None:
        self._service, self._every = service, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        """Begin; the first tick comes at once and makes up what was missed."""
        self._thread.start()

    def stop(self) -> None:
        """End after the tick that runs."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _do(self, step: Callable[[], object]) -> None:
        """A step, which does not hinder the others."""
        try:
            step()
        except Exception:
            LOG.exception("clockwork")

    def _look(self) -> None:
        """Take the call records that were dropped."""
        settings = self._service.settings
        if settings.drop_folder:
            look(self._service.store, settings.drop_folder, settings.largest_upload_mb * MEGABYTE)

    def _run(self) -> None:
        count = 0
        while True:
            self._do(lambda: tick(self._service))
            self._do(self._look)
            if count % TIDY_EVERY == 0:
                self._do(lambda: tidy(self._service))
            count += 1
            if self._over.wait(self._every):
                return
