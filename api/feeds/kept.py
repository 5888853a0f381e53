"""Editions of calendars that this process knows: as long as nothing was written anywhere, none of them has changed."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Final

from api.feeds.conditional import Edition

MOST: Final = 20_000
FRESH_S: Final = 1.0
"""So long the last entry of the log is not asked for again, unless this process wrote one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition, and what it holds for: the last entry of the log, and the day of its site."""

    head: int
    until: datetime
    feed_id: int
    used_at: datetime | None
    edition: Edition


class Editions:
    """The editions that were asked for last, by the hash of their secret.

    Every change writes the log in its own transaction, so its last entry is a revision of everything.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._head: tuple[int, int, float] = (0, -1, 0.0)

    def head(self, written: int) -> int | None:
        """The last entry of the log as it was seen a moment ago; None: it is to be asked for."""
        head, times, seen = self._head
        return head if times == written and time.monotonic() - seen < FRESH_S else None

    def saw(self, head: int, written: int) -> None:
        """The last entry of the log as it is now."""
        self._head = head, written, time.monotonic()

    def known(self, secret_hash: str, head: int, now: datetime) -> Kept | None:
        """The edition behind a secret, if it still holds."""
        with self._lock:
            found = self._kept.get(secret_hash)
            if found is None or found.head != head or found.until <= now:
                return None
            self._kept.move_to_end(secret_hash)
            return found

    def seen(self, secret_hash: str, now: datetime) -> None:
        """It was read."""
        with self._lock:
            if secret_hash in self._kept:
                self._kept[secret_hash] = replace(self._kept[secret_hash], used_at=now)

    def keep(self, secret_hash: str, kept: Kept) -> None:
        """Remember an edition."""
        with self._lock:
            self._kept[secret_hash] = kept
            self._kept.move_to_end(secret_hash)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
