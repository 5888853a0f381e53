"""How often somebody may ask: a moving window of a minute for each account and address, in this process."""

from __future__ import annotations

import time
from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.http.problems import Problem

SEARCHES: Final = "paiban"


class Limiter:
    """Counts requests by who asks."""

    def __init__(self, a_minute: int) -> None:
        self._item = RateLimitItemPerMinute(a_minute)
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count(self, who: str) -> None:
        """One more request; too many are refused, with the time after which another is taken."""
        if self._window.hit(self._item, SEARCHES, who):
            return
        reset = self._window.get_window_stats(self._item, SEARCHES, who).reset_time
        raise Problem("too-many", headers={"Retry-After": str(max(1, round(reset - time.time())))})
