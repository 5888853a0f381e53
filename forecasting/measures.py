"""What callers met, in numbers: over one simulated path, and over many with how sure each number is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from scipy import stats

from forecasting.kernels.centre import ABANDONED, ANSWERED, BLOCKED, LEFT, OVERFLOWED
from forecasting.simulate import Calls, Centre, Group, simulate

Floats = npt.NDArray[np.float64]

SURE: Final = 0.95
BLOCK: Final = 30
"""Minutes over which the same agents are away."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The mean over all paths, and how far it may be off with 95 % certainty (Student's t); infinite for one path."""

    mean: float
    within: float


@dataclass(frozen=True, slots=True)
class Study:
    """Measures by queue and name; the queue "" stands for all of them, and for the agents."""

    paths: int
    of: Mapping[str, Mapping[str, Measure]]


def study(paths: Mapping[str, Floats], interval_s: float, at: Centre, randomly: Generator, away: float = 0.0) -> Study:
    """Simulate every path. `paths`: of each queue, [path, interval], calls; `away`: share of the agents not there."""
    count = len(next(iter(paths.values())))
    found = []
    for path in range(count):
        there = replace(at, groups=[_thinned(group, away, randomly) for group in at.groups]) if away else at
        calls = simulate({queue: calls[path] for queue, calls in paths.items()}, interval_s, there, randomly)
        found.append(measured(calls, there))
    return Study(count, _summed_up(found))


def measured(calls: Calls, at: Centre) -> dict[str, dict[str, float]]:
    """The measures of one path: shares of all calls, of one queue each and of all; seconds; share of time in talk."""
    within = np.array([at.callers[queue].within_s for queue in calls.queues])[calls.queue]
    found = {queue: _of(calls, calls.of(queue), within) for queue in calls.queues}
    found[""] = _of(calls, np.ones(len(calls.queue), dtype=bool), within)
    there = 60.0 * sum(float(at.slots(group).heads.sum()) for group in at.groups)
    found[""]["occupancy"] = sum(calls.busy_s.values()) / there if there else float("nan")
    return found


def _of(calls: Calls, mine: npt.NDArray[np.bool_], within: Floats) -> dict[str, float]:
    outcome, wait = calls.outcome[mine], calls.wait[mine]
    served = outcome == ANSWERED
    first = int((calls.attempt[mine] == 0).sum())
    waits = wait[served] if served.any() else np.zeros(1)

    def share(number: float, of: int = len(outcome)) -> float:
        return number / of if of else float("nan")

    return {
        "calls": float(len(outcome)),
        "answered": share(float(served.sum())),
        "callers served": share(float(served.sum()), first),
        "in time": share(float((served & (wait <= within[mine])).sum())),
        "hung up": share(float((outcome == ABANDONED).sum())),
        "sent on": share(float((outcome == OVERFLOWED).sum())),
        "no line": share(float((outcome == BLOCKED).sum())),
        "left waiting": share(float((outcome == LEFT).sum())),
        "mean wait": float(waits.mean()),
        "nine of ten wait less": float(np.quantile(waits, 0.9)),
    }


def _summed_up(found: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, Measure]]:
    return {
        queue: {name: _measure(np.array([path[queue][name] for path in found])) for name in names}
        for queue, names in found[0].items()
    }


def _measure(values: Floats) -> Measure:
    """Paths without a call say nothing of shares."""
    told = values[np.isfinite(values)]
    if len(told) == 0:
        return Measure(float("nan"), float("nan"))
    if len(told) == 1:
        return Measure(float(told[0]), float("inf"))
    far = float(stats.t.ppf((1 + SURE) / 2, len(told) - 1))
    return Measure(float(told.mean()), far * float(told.std(ddof=1)) / float(np.sqrt(len(told))))


def _thinned(group: Group, away: float, randomly: Generator) -> Group:
    """Some of the agents are not there: so many on the mean, whole people in each half hour."""
    blocks = randomly.random(-(-len(group.heads) // BLOCK))
    wanted = group.heads * (1 - away)
    low = np.floor(wanted)
    return replace(group, heads=(low + (blocks.repeat(BLOCK)[: len(wanted)] < wanted - low)).astype(np.int64))
