"""Partial sums that are alike: whatever the days to come add, both end at the same price."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scheduler.columns.judge import Judge

Steps = tuple[int, ...]
"""What the choices of a day can add, in order."""


@lru_cache(maxsize=4096)
def alike(days: tuple[Steps, ...], judge: Judge) -> tuple[dict[int, int | None], ...]:
    """[day]: for each sum that can stand after the day, the one that stands for all alike; None: it cannot end well."""
    reached = _reached(days)
    found: list[dict[int, int | None]] = []
    rest: set[int] = {0}
    for day in range(len(days) - 1, -1, -1):
        found.append(_merged(reached[day], sorted(rest), judge))
        rest = {more + step for more in rest for step in days[day]}
    return tuple(reversed(found))


def _reached(days: Sequence[Steps]) -> list[list[int]]:
    sums: set[int] = {0}
    reached = []
    for steps in days:
        sums = {value + step for value in sums for step in steps}
        reached.append(sorted(sums))
    return reached


def _merged(values: Sequence[int], rest: Sequence[int], judge: Judge) -> dict[int, int | None]:
    """The first of those that end at the same prices whatever comes."""
    first: dict[tuple[float, ...], int] = {}
    merged: dict[int, int | None] = {}
    for value in values:
        prices = tuple(judge.cost(value + more) for more in rest)
        merged[value] = None if min(prices) == float("inf") else first.setdefault(prices, value)
    return merged
