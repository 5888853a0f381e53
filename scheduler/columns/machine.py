"""A person's month as a machine: states between days, and the choices that lead from one to another.

A state is what the days so far mean for those to come: choices forbidden soon, runs of days under way, weekends already
worked, free stretches still possible, sums of the last days. Two histories with the same state are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.alike import Steps, alike
from scheduler.columns.judge import Judge
from scheduler.columns.kernels.grow import HOPELESS, grow
from scheduler.columns.reading import Reading, Window

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_BITS = 62
MOST_STATES = 60_000
NEVER = float("inf")


class TooLarge(Exception):
    """A month has more states than can be handled."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Arcs of all days in the order of day, target, choice and marks; states are numbered through all layers."""

    layers: Ints
    """[day]: the first state before the day; the last layer is after the last day."""
    arcs: Ints
    """[day]: the first arc of the day."""
    source: Ints
    target: Ints
    choice: Ints
    marked: Ints
    """The marks an arc hits for the first time, as bits of the day."""
    extra: Floats
    """The price of an arc beyond its choice and marks."""
    mark_of: Ints
    """[day, bit]: the mark that a bit of the day stands for; -1: none."""


def build(reading: Reading) -> Machine:
    """Grow all states that can be reached and that can still end well."""
    layout = _Layout(reading)
    grown = grow(
        layout.valid,
        reading.forbids.view(np.int64),
        layout.follow,
        reading.choices.known,
        layout.run_class,
        layout.runs,
        layout.run_cost,
        layout.hits,
        layout.clears,
        layout.rest_masks,
        layout.rest_breaks,
        layout.rest_close,
        layout.window_add,
        layout.window_mark,
        layout.window_moves,
        layout.window_table,
        layout.window_alike,
        layout.window_merged,
        MOST_STATES,
    )
    layers, arcs, source, target, choice, marked, extra = grown
    if not len(layers):
        raise TooLarge
    return Machine(layers, arcs, source, target, choice, marked, extra, layout.mark_of)


class _Layout:
    """The parts of a reading as rectangular arrays, things that do not meet sharing a place."""

    def __init__(self, reading: Reading) -> None:
        days, width = reading.cost.shape
        self.valid = np.isfinite(reading.cost)
        follow = reading.follow_cost
        self.follow = np.zeros((1, 1, 1)) if follow is None else follow
        runs = reading.runs
        self.run_class = np.zeros((len(runs), days, width), dtype=np.uint8)
        self.runs = np.zeros((len(runs), 5), dtype=np.int64)
        self.run_cost = np.zeros(len(runs))
        for place, run in enumerate(runs):
            self.run_class[place] = run.of_class
            self.runs[place] = run.first, run.last, run.known, run.shortest, run.longest
            self.run_cost[place] = run.cost
        self._marks(reading, days, width)
        self._rests(reading, days, width)
        self._windows(reading, days, width)

    def _marks(self, reading: Reading, days: int, width: int) -> None:
        spans = [(mark.first, mark.last) for mark in reading.marks]
        places, bits = _share(spans)
        if bits > MOST_BITS:
            raise TooLarge
        self.hits = np.zeros((days, width), dtype=np.int64)
        self.clears = np.zeros(days, dtype=np.int64)
        self.mark_of = np.full((days, max(1, bits)), -1, dtype=np.int64)
        for number, (mark, bit) in enumerate(zip(reading.marks, places, strict=True)):
            mark.bit = bit
            self.clears[mark.last] |= 1 << bit
            self.mark_of[mark.first : mark.last + 1, bit] = number
            for day, choice in mark.choices:
                self.hits[day, choice] |= 1 << bit

    def _rests(self, reading: Reading, days: int, width: int) -> None:
        places, slots = _share([(rest.first, rest.last) for rest in reading.rests])
        self.rest_masks = np.zeros((slots, days, 2), dtype=np.int64)
        self.rest_breaks = np.zeros((slots, days, width), dtype=np.int64)
        self.rest_close = np.full((slots, days), -1.0)
        for rest, slot in zip(reading.rests, places, strict=True):
            for day, word in rest.begins.items():
                self.rest_masks[slot, day, 0] |= word
            for day, word in rest.ends.items():
                self.rest_masks[slot, day, 1] |= word
            for (day, choice), word in rest.breaks.items():
                self.rest_breaks[slot, day, choice] |= word
            self.rest_close[slot, rest.last] = rest.cost

    def _windows(self, reading: Reading, days: int, width: int) -> None:
        places, slots = _share([(window.first, window.last) for window in reading.windows])
        self.window_add = np.zeros((slots, days, width), dtype=np.int64)
        self.window_mark = np.zeros((slots, days, self.mark_of.shape[1]), dtype=np.int64)
        self.window_moves = np.full((slots, days, 2), -1, dtype=np.int64)
        self.window_alike = np.full((slots, days, 2), -1, dtype=np.int64)
        table, merged = _Long(), _Long()
        for window, slot in zip(reading.windows, places, strict=True):
            for (day, choice), weight in window.add.items():
                self.window_add[slot, day, choice] = weight
            for number, weight in window.marks:
                mark = reading.marks[number]
                self.window_mark[slot, mark.first : mark.last + 1, mark.bit] = weight
            low = sum(min(0, weight) for weight in (*window.add.values(), *(each for _, each in window.marks)))
            high = sum(max(0, weight) for weight in (*window.add.values(), *(each for _, each in window.marks)))
            self.window_moves[slot, window.last] = len(table), low
            table.add(_prices(window.judge, low, high))
            if not window.marks:
                self._merge(window, slot, reading, merged)
        self.window_table = table.whole(np.zeros(1))
        self.window_merged = merged.whole(np.zeros(1, dtype=np.int64))

    def _merge(self, window: Window, slot: int, reading: Reading, merged: _Long) -> None:
        """Let one partial sum stand for all that are alike."""
        kinds = reading.choices.kinds
        days = range(window.first, window.last + 1)
        steps = tuple(tuple(sorted({window.add.get((day, kind), 0) for kind in range(kinds[day])})) for day in days)
        for day, (low, stands) in zip(days, _standing(steps, window.judge), strict=True):
            if day < window.last and len(stands):
                self.window_alike[slot, day] = len(merged), low
                merged.add(stands)


class _Long:
    """An array that grows."""

    def __init__(self) -> None:
        self._parts: list[NDArray[Any]] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, part: NDArray[Any]) -> None:
        """Put a part at the end."""
        self._parts.append(part)
        self._length += len(part)

    def whole(self, empty: NDArray[Any]) -> NDArray[Any]:
        """All parts as one array."""
        return np.concatenate(self._parts) if self._parts else empty


@lru_cache(maxsize=4096)
def _standing(steps: tuple[Steps, ...], judge: Judge) -> tuple[tuple[int, Ints], ...]:
    """[day]: the least sum that can stand, and from it on which one stands for each; none where each is its own."""
    found = []
    for merged in alike(steps, judge):
        low = min(merged)
        stands = np.arange(low, max(merged) + 1)
        for value, one in merged.items():
            stands[value - low] = HOPELESS if one is None else one
        found.append((low, stands if len(set(merged.values())) < len(merged) else stands[:0]))
    return tuple(found)


@lru_cache(maxsize=4096)
def _prices(judge: Judge, low: int, high: int) -> Floats:
    """The price of each total from the lowest to the highest."""
    return judge.costs(np.arange(low, high + 1))


def _share(spans: list[tuple[int, int]]) -> tuple[list[int], int]:
    """Places for spans of days so that no two on one place meet, and how many places there are."""
    places = [0] * len(spans)
    until: list[int] = []
    for number in sorted(range(len(spans)), key=lambda number: spans[number]):
        first, last = spans[number]
        place = next((place for place, end in enumerate(until) if end < first), len(until))
        until[place : place + 1] = [last]
        places[number] = place
    return places, len(until)
