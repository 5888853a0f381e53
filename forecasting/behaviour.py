"""How callers behave, from single calls: handle time by queue, part of the day and kind of day, and patience.

Who was answered had patience for longer than the wait that is seen: those waits are censored. With exponential patience
the maximum likelihood mean is total waiting over hang-ups (Brown et al., JASA 100, 2005, section 5.3); a few calls are
drawn towards what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from domain.calendar import Calendar
from forecasting.models.design import kinds

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


def handle_times(calls: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Mean handle seconds by `queue`, `works` (whether an office works on the day) and `part` of the day.

    `calls`: `queue`, `start` (aware, local), `handle_s`. Rare cells are drawn to the mean of their queue.
    """
    known = calls[(calls["handle_s"] > 0) & (calls["handle_s"] <= LONGEST_S)].copy()
    index = pd.DatetimeIndex(known["start"])
    known["works"] = [kind.works for kind in kinds(index, calendar)]
    known["part"] = np.searchsorted(PARTS, index.hour, side="right") - 1
    means = known.groupby("queue")["handle_s"].mean()
    cells = known.groupby(["queue", "works", "part"])["handle_s"].agg(["sum", "count"]).reset_index()
    usual = cells["queue"].map(means).to_numpy(dtype=float)
    cells["handle_s"] = (cells["sum"] + PRIOR * usual) / (cells["count"] + PRIOR)
    return cells[["queue", "works", "part", "handle_s", "count"]].rename(columns={"count": "calls"})
