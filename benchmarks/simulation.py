"""A month of calls simulated: seconds and agreement, beside Erlang A and, where it is installed, simpy.

simpy (extra: benchmarks/peers.txt) runs the very same callers, with the same handle times and patience, through a
first-come queue of the same agents; what became of them must be the same.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.table import arguments, show
from domain.time import Zone
from forecasting.erlang import erlang_a
from forecasting.kernels import centre
from forecasting.simulate import Callers, Centre, Group, simulate

DAYS = 30
HANDLE, PATIENCE, WITHIN = 240.0, 120.0, 20.0
Floats = npt.NDArray[np.float64]


def main() -> None:
    """Measure at three volumes."""
    options = arguments(__doc__ or "").parse_args()
    _month(10.0, 3)
    show("A month simulated", [_row(*size) for size in ((10.0, 3), (62.5, 11), (600.0, 82))], options)


def _row(rate: float, agents: int) -> dict[str, object]:
    calls, seconds, answered, in_time = _month(rate, agents)
    told = erlang_a(rate / 1800, HANDLE, PATIENCE, agents, WITHIN)
    row: dict[str, object] = {
        "calls": calls,
        "agents": agents,
        "month, s": seconds,
        "bar, s": 1.0,
        "answered": answered,
        "Erlang A answered": 1 - float(told.abandoned[0]),
        "in time": in_time,
        "Erlang A in time": float(told.service_level[0]),
    }
    return row | _peer(rate, agents)


def _month(rate: float, agents: int) -> tuple[int, float, float, float]:
    """A month of half hours under a constant rate and staffing, handle times as spread as exponential ones."""
    chance = np.random.default_rng(1)
    at = Centre(
        datetime(2026, 12, 1, tzinfo=Zone("UTC").info),
        {"service": Callers(HANDLE, PATIENCE, handle_spread=1.0, within_s=WITHIN)},
        [Group(("service",), np.full(DAYS * 1440, agents))],
    )
    calls = {"service": chance.poisson(rate, DAYS * 48).astype(float)}
    began = time.perf_counter()
    found = simulate(calls, 1800.0, at, chance)
    seconds = time.perf_counter() - began
    in_time = float((found.answered & (found.wait <= WITHIN)).mean())
    return len(found.came), seconds, float(found.answered.mean()), in_time


def _peer(rate: float, agents: int, hours: int = 24) -> dict[str, object]:
    """The same callers by simpy, over a day: seconds for a month of them, and whether each fared alike."""
    try:
        import simpy  # noqa: PLC0415 - an extra
    except ImportError:
        print("skipped: simpy is not installed (pip install -r benchmarks/peers.txt)")
        return {}
    chance = np.random.default_rng(2)
    count = int(rate * hours * 2)
    start = np.sort(chance.random(count)) * hours * 3600
    handle, patience = HANDLE * chance.standard_exponential(count), PATIENCE * chance.standard_exponential(count)
    waits = np.full(count, np.nan)
    world = simpy.Environment()
    desk = simpy.Resource(world, capacity=agents)

    def caller(number: int) -> Generator[Any, Any, Any]:
        yield world.timeout(start[number])
        with desk.request() as asked:
            yield asked | world.timeout(patience[number])
            if asked.triggered:
                waits[number] = world.now - start[number]
                yield world.timeout(handle[number])

    began = time.perf_counter()
    for number in range(count):
        world.process(caller(number))
    world.run()
    seconds = (time.perf_counter() - began) * DAYS * 24 / hours
    none = np.zeros(count, dtype=np.int64)
    _, outcome, _, wait, _, _ = centre.run(
        start, none, handle, patience[:, None], np.full((count, 1), np.inf), np.full(1, np.inf), np.zeros(1),
        np.zeros(1, np.int64), np.full(1, agents), np.ones((1, 1), np.int64), 2**40,
    )  # fmt: skip
    same = (np.isnan(waits) & (outcome != centre.ANSWERED)) | (np.abs(waits - wait) < 1e-6)
    return {"simpy, s": seconds, "fared alike": float(same.mean())}


if __name__ == "__main__":
    main()
