"""How much of the time is spent: by the clock on the wall or, for a repeatable run, by the work done."""

from __future__ import annotations

import time
from collections.abc import Callable

from scheduler.problem import Limits

Stop = Callable[[], bool]


class Clock:
    """Measures a run against its limits; work is counted in nominal seconds that do not depend on the machine."""

    def __init__(self, limits: Limits, began: float, stop: Stop = lambda: False) -> None:
        self._limits = limits
        self._began = began
        self._stop = stop
        self._work = 0.0

    def spend(self, work: float) -> None:
        """Count nominal seconds of work."""
        self._work += work

    @property
    def seconds(self) -> float:
        """Seconds on the wall since the run began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds left on the wall."""
        return max(0.0, self._limits.seconds - self.seconds)

    @property
    def repeatable(self) -> bool:
        """Whether the run must not depend on the wall."""
        return self._limits.work is not None

    @property
    def share(self) -> float:
        """How much of the limit is spent; the work counts where it is limited, the wall only as a last resort."""
        wall = self.seconds / self._limits.seconds
        if self._limits.work is None:
            return wall
        return 1.0 if wall >= 1 else self._work / self._limits.work

    def over(self) -> bool:
        """Whether to end: the limit is reached or somebody asked for it."""
        return self.share >= 1 or self._stop()

    def until(self, share: float) -> Stop:
        """A test whether so much of the limit is spent."""
        return lambda: self.share >= share or self.over()
