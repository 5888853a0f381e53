"""Staffing of a month: Erlang A all at once beside the same search one by one, and beside pyworkforce's Erlang C.

pyworkforce (extra: benchmarks/peers.txt) knows callers who wait for ever; the same question is put to both, and the
heads are compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from benchmarks.table import arguments, show
from forecasting.staffing import Demand, Target, staff

HALF_HOURS = 1488
SAMPLE = 60
PATIENT = 1e12
TARGET = Target(0.8, 20)

Floats = npt.NDArray[np.floating]


def main() -> None:
    """Measure at four volumes."""
    options = arguments(__doc__ or "").parse_args()
    rows = [row for volume in (6, 60, 600, 6000) for row in (_ours(volume), *_peer(volume))]
    show("Staffing of 1,488 half hours, 80/20", rows, options)


def _ours(volume: int) -> dict[str, object]:
    calls, demand = _calls(volume), Demand(240, 120)
    together, whole = _timed(lambda: staff(calls, 1800, demand, TARGET).whole)
    sample = range(SAMPLE)
    single, one_by_one = _timed(
        lambda: np.concatenate([staff(calls[[place]], 1800, demand, TARGET).whole for place in sample])
    )
    scaled = one_by_one * HALF_HOURS / SAMPLE
    return _row(volume, ("Erlang A", "one by one"), whole, scaled, float((single == together[:SAMPLE]).mean()))


def _peer(volume: int) -> list[dict[str, object]]:
    try:
        from pyworkforce.queuing import ErlangC  # noqa: PLC0415 - an extra
    except ImportError:
        print("skipped: pyworkforce is not installed (pip install -r benchmarks/peers.txt)")
        return []
    calls = np.maximum(_calls(volume), 1.0)[:SAMPLE]

    def theirs() -> Floats:
        found = [ErlangC(each, 240, 20, 1800).required_positions(TARGET.share)["raw_positions"] for each in calls]
        return np.array(found, dtype=float)

    heads, seconds = _timed(theirs)
    month = np.maximum(_calls(volume), 1.0)
    own, whole = _timed(lambda: staff(month, 1800, Demand(240, PATIENT), TARGET).whole)
    share = float((own[:SAMPLE] == heads).mean())
    return [_row(volume, ("Erlang C", "pyworkforce"), whole, seconds * HALF_HOURS / SAMPLE, share)]


def _row(volume: int, models: tuple[str, str], ours: float, theirs: float, same: float) -> dict[str, object]:
    """Seconds for a month of both, and the share of intervals with the same heads."""
    return {
        "calls a half hour": volume,
        "model": models[0],
        "month, s": ours,
        "beside": models[1],
        "that, s": theirs,
        "ratio": theirs / ours,
        "bar, s": 0.5,
        "same heads": same,
    }


def _calls(volume: int) -> Floats:
    return np.random.default_rng(volume).poisson(volume, HALF_HOURS).astype(float)


def _timed(work: Callable[[], Floats]) -> tuple[Floats, float]:
    began = time.perf_counter()
    found = work()
    return found, time.perf_counter() - began


if __name__ == "__main__":
    main()
