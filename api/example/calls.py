"""A year of invented calls.

The process: for each queue and half hour a Poisson number around
    volume * weekday * part of day * season * holiday * cold snap * mood of the day,
the mood a gamma variable with mean 1 and spread 7 % for each day; handle times are lognormal with a coefficient of
variation of 1.2; callers are patient for an exponential time and hang up when the invented wait is longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar, DayKind
from domain.time import Days, Zone
from forecasting.calendar import calendar
from forecasting.intervals import intervals

Floats = npt.NDArray[np.floating]

ZONE: Final = Zone("Asia/Shanghai")
SPAN: Final = Days(date(2025, 11, 26), date(2026, 11, 25))
COLD_SNAPS: Final = (Days(date(2026, 1, 18), date(2026, 1, 24)), Days(date(2026, 11, 12), date(2026, 11, 14)))
COLD_SNAP_FACTOR: Final = {"service": 1.25, "emergency": 1.7}
SEASON: Final = {"service": 0.16, "emergency": 0.30}
"""Half the difference between the coldest and the warmest weeks."""
WEEKDAYS: Final = {
    "service": (1.22, 1.10, 1.05, 1.03, 1.02, 0.82, 0.76),
    "emergency": (1.02, 1.0, 1.0, 0.99, 1.0, 1.0, 0.99),
}
HOURS: Final = {
    "service": (
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.7, 2.1, 2.1, 1.75,
        1.25, 1.35, 1.7, 1.75, 1.6, 1.3, 1.1, 0.95, 0.75, 0.5, 0.0, 0.0,
    ),
    "emergency": (
        0.45, 0.35, 0.3, 0.28, 0.3, 0.45, 0.8, 1.05, 1.2, 1.25, 1.3, 1.4,
        1.3, 1.1, 1.05, 1.05, 1.15, 1.45, 1.6, 1.5, 1.3, 1.1, 0.85, 0.6,
    ),
}  # fmt: skip
HALF_HOUR: Final = {"service": 13.5, "emergency": 2.6}
"""Mean calls of a half hour over the year; the service line is open from 8:00 to 22:00."""
HANDLE_S: Final = {"service": 300.0, "emergency": 240.0}
PATIENCE_S: Final = {"service": 150.0, "emergency": 180.0}


@dataclass(frozen=True, slots=True)
class _Queue:
    name: str
    rng: np.random.Generator
    size: float = 1.0

    def rates(self, grid: pd.DatetimeIndex, special: Calendar) -> Floats:
        """Expected calls of each half hour."""
        dates, day = np.unique(np.asarray(grid.date), return_inverse=True)
        mood = self.rng.gamma(200.0, 1 / 200.0, len(dates))
        daily = np.array([self._day(moment, special) for moment in dates]) * mood
        hours = np.array(HOURS[self.name])
        return np.asarray(self.size * HALF_HOUR[self.name] * daily[day] * hours[np.asarray(grid.hour)] / hours.mean())

    def _day(self, day: date, special: Calendar) -> float:
        kind = special.kind(day)
        weekday = WEEKDAYS[self.name][4 if kind is DayKind.MAKE_UP_WORK else day.weekday()]
        quiet = {DayKind.STATUTORY: 0.55, DayKind.SWAPPED_REST: 0.7}.get(kind, 1.0) if self.name == "service" else 1.0
        season = 1 + SEASON[self.name] * np.cos(2 * np.pi * (day.timetuple().tm_yday - 20) / 365.25)
        cold = COLD_SNAP_FACTOR[self.name] if any(day in snap for snap in COLD_SNAPS) else 1.0
        return float(weekday * quiet * season * cold)

    def calls(self, grid: pd.DatetimeIndex, special: Calendar) -> pd.DataFrame:
        """One row a call."""
        counts = self.rng.poisson(self.rates(grid, special))
        total = int(counts.sum())
        within = pd.to_timedelta(self.rng.integers(0, 1800, total), unit="s")
        starts = pd.DatetimeIndex(grid.repeat(counts)) + within
        spread = np.sqrt(np.log(1 + 1.2**2))
        handle = self.rng.lognormal(np.log(HANDLE_S[self.name]) - spread**2 / 2, spread, total)
        wait = np.where(self.rng.random(total) < 0.3, self.rng.exponential(25.0, total), 0.0)
        lost = wait > self.rng.exponential(PATIENCE_S[self.name], total)
        return pd.DataFrame(
            {
                "start": starts,
                "queue": self.name,
                "wait_s": np.round(wait).astype(int),
                "handle_s": np.where(lost, 0, np.round(handle)).astype(int),
                "outcome": np.where(lost, "abandoned", "answered"),
            }
        )


def draw_calls(seed: int, span: Days = SPAN, size: float = 1.0) -> pd.DataFrame:
    """A year of calls of both queues by start: `call_id,start,queue,wait_s,handle_s,outcome`.

    `size`: how many times the calls of the usual site.
    """
    special = calendar("CN", range(span.first.year, span.last.year + 1))
    grid = intervals(ZONE, span, 30)
    queues = [_Queue(name, np.random.default_rng([seed, number]), size) for number, name in enumerate(HALF_HOUR)]
    calls = pd.concat([queue.calls(grid, special) for queue in queues]).sort_values(["start", "queue"], kind="stable")
    calls.insert(0, "call_id", [f"C{number:07d}" for number in range(1, len(calls) + 1)])
    return calls.assign(start=calls["start"].dt.strftime("%Y-%m-%d %H:%M:%S"))
