"""How callers behave, from single calls: handle time by queue, part of the day and kind of day, and patience.

Who was answered had patience for longer than the wait that is seen: those waits are censored. With exponential patience
the maximum likelihood mean is total waiting over hang-ups (Brown et al., JASA 100, 2005, section 5.3); a few calls are
drawn towards what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar
from forecasting.models.design import kinds

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PARTS: Final = (0, 8, 12, 18, 24)
"""Hours at which a part of the day begins or ends: night, morning, afternoon, evening."""
USUAL_PATIENCE_S: Final = 120.0
PRIOR: Final = 20.0
"""Calls' (or hang-ups') worth of what is usual that an estimate is drawn to."""
LONGEST_S: Final = 4 * 3600.0
"""Beyond this it is no talk and no wait but a clock that was not stopped."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Mean patience, seconds, and what it was estimated from."""

    mean_s: float
    hung_up: int
    calls: int


def patience(calls: pd.DataFrame) -> dict[str, Patience]:
    """Of each queue. `calls`: `queue`, `wait_s`, `answered` (bool) of single calls; who never waited says nothing."""
    waited = calls[(calls["wait_s"] > 0) & (calls["wait_s"] <= LONGEST_S)]
    found = {}
    for queue, rows in waited.groupby("queue"):
        lost = int((~rows["answered"].astype(bool)).sum())
        total = float(rows["wait_s"].sum()) + PRIOR * USUAL_PATIENCE_S
        found[str(queue)] = Patience(total / (lost + PRIOR), lost, len(rows))
    return found


@dataclass(frozen=True, slots=True)
class HandleTimes:
    """Mean handle seconds of a queue, by whether an office works on the day and by part of the day."""

    mean_s: float
    cells: Floats
    """[works, part]: seconds; rare cells are drawn to the mean of the queue."""
    calls: Ints
    """[works, part]: what each cell was estimated from."""

    def at(self, index: pd.DatetimeIndex, calendar: Calendar) -> Floats:
        """[interval]: mean handle seconds of the calls that start there."""
        found: Floats = self.cells[_cells(index, calendar)]
        return found


def handle_times(calls: pd.DataFrame, calendar: Calendar) -> dict[str, HandleTimes]:
    """Of each queue that tells any.

    `calls`: `queue`, `start` (aware, local), `handle_s`, and `calls`, how many a row stands for.
    """
    known = calls[(calls["handle_s"] > 0) & (calls["handle_s"] <= LONGEST_S) & (calls["calls"] > 0)]
    return {str(queue): _handle_times(rows, calendar) for queue, rows in known.groupby("queue")}


def _handle_times(rows: pd.DataFrame, calendar: Calendar) -> HandleTimes:
    count, seconds = rows["calls"].to_numpy(dtype=float), rows["handle_s"].to_numpy(dtype=float)
    mean = float(count @ seconds / count.sum())
    shape = 2, len(PARTS) - 1
    place = np.ravel_multi_index(_cells(pd.DatetimeIndex(rows["start"]), calendar), shape)
    calls = np.bincount(place, count, np.prod(shape)).reshape(shape)
    total = np.bincount(place, count * seconds, np.prod(shape)).reshape(shape)
    return HandleTimes(mean, (total + PRIOR * mean) / (calls + PRIOR), calls.round().astype(np.int64))


def _cells(index: pd.DatetimeIndex, calendar: Calendar) -> tuple[Ints, Ints]:
    """The row and the column of each interval."""
    works = np.array([kind.works for kind in kinds(index, calendar)], dtype=np.int64)
    return works, np.asarray(np.searchsorted(PARTS, index.hour, side="right") - 1, dtype=np.int64)
