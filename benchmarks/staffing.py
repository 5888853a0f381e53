"""Erlang A staffing of a month: seconds for all half hours at once, beside the same search one interval at a time."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.table import arguments, show
from forecasting.staffing import Demand, Target, staff

HALF_HOURS = 1488
SAMPLE = 60


def main() -> None:
    """Measure at three volumes."""
    options = arguments(__doc__).parse_args()
    demand, target = Demand(240, 120), Target(0.8, 20)
    rows: list[dict[str, object]] = []
    for volume in (6, 60, 600, 6000):
        calls = np.random.default_rng(volume).poisson(volume, HALF_HOURS).astype(float)
        began = time.perf_counter()
        together = staff(calls, 1800, demand, target)
        whole = time.perf_counter() - began
        began = time.perf_counter()
        single = np.concatenate([staff(calls[[place]], 1800, demand, target).whole for place in range(SAMPLE)])
        one_by_one = (time.perf_counter() - began) * HALF_HOURS / SAMPLE
        rows.append(
            {
                "calls a half hour": volume,
                "month, s": whole,
                "one by one, s": one_by_one,
                "ratio": one_by_one / whole,
                "bar, s": 0.5,
                "same answers": bool((single == together.whole[:SAMPLE]).all()),
            }
        )
    show("Erlang A staffing of 1,488 half hours", rows, options)


if __name__ == "__main__":
    main()
