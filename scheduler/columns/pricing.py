"""The cheapest month of one person at given prices: a shortest path through the machine.

Some sums are counted on the way (the meters): every state then holds one price for each total. Arcs that share their
target, totals and sources are taken together: first the least over the sources, then the cheapest choice.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.judge import NEVER
from scheduler.columns.kernels.bundle import bundle_arcs
from scheduler.columns.kernels.near import months_near
from scheduler.columns.kernels.track import Track
from scheduler.columns.kernels.walk import feature_cost, trace, walk
from scheduler.columns.machine import Machine
from scheduler.columns.meters import Meter
from scheduler.columns.reading import Reading

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class _Room(threading.local):
    """Scratch space of a thread: all its pricers use the same, one after the other, so it stays in the cache."""

    def __init__(self) -> None:
        self._words: dict[str, Floats] = {}

    def taken(self, name: str, shape: tuple[int, int, int]) -> Floats:
        """An array of this shape; what an earlier pricing left in it means nothing."""
        size = math.prod(shape)
        if name not in self._words or len(self._words[name]) < size:
            self._words[name] = np.empty(size)
        return self._words[name][:size].reshape(shape)


ROOM = _Room()


class Pricer:
    """Tells, again and again, which month of one person is cheapest at given prices."""

    def __init__(self, reading: Reading, machine: Machine, counted: Sequence[Meter]) -> None:
        self.reading = reading
        self.machine = machine
        self.counted = tuple(counted)
        self.track = track_of(reading, machine, self.counted)
        self._mark_cost = np.array([mark.cost for mark in reading.marks])
        outer, inner = self.track.end_cost.shape
        self.size = int(machine.layers[-1]) * outer * inner
        self._shapes = (int(machine.layers[-1]), outer, inner), (self.track.widest, outer, inner)

    def _room(self) -> tuple[Floats, Floats]:
        """Room for the prices of states and groups."""
        best, least = self._shapes
        return ROOM.taken("best", best), ROOM.taken("least", least)

    def cheapest(self, cost: Floats, mark_price: Floats) -> tuple[float, Ints]:
        """The price and choices of the cheapest month; the price is infinite where no month is possible.

        `cost` is [day, choice], static price and what the rows pay together; `mark_price` the rows' price of marks.
        """
        if not self.size:
            return NEVER, np.zeros(self.reading.days, dtype=np.int64)
        best, least = self._room()
        feature = self._features(mark_price)
        walk(self.track, cost, feature, best, least)
        return trace(self.track, cost, feature, best)

    def near(self, cost: Floats, mark_price: Floats, spare: float, most: int) -> Ints | None:
        """[month, day]: all months that cost so much more than the cheapest at most; None if more than `most`."""
        least, _ = self.cheapest(cost, mark_price)
        if least == NEVER:
            return np.zeros((0, self.reading.days), dtype=np.int64)
        best, _ = self._room()
        months, all_of_them = months_near(self.track, cost, self._features(mark_price), best, least + spare, most)
        return months if all_of_them else None

    def _features(self, mark_price: Floats) -> Floats:
        """[feature]: what the marks that an arc hits cost together."""
        marks = self._mark_cost + mark_price
        return feature_cost(self.track.feature_day, self.track.feature_word, self.machine.mark_of, marks)


def track_of(reading: Reading, machine: Machine, counted: tuple[Meter, ...]) -> Track:
    """Bundle the arcs of a machine for these meters."""
    sizes = [meter.size for meter in counted]
    inner = sizes[-1] if sizes else 1
    shape = sizes[:-1]
    steps = steps_of(reading, machine, counted)
    inner_step = steps[:, -1] if sizes else np.zeros(len(machine.source), dtype=np.int64)
    outer_steps, outer_step = _unique_rows(steps[:, :-1])
    outer = _outer_moves(shape, outer_steps)
    day_of = np.repeat(np.arange(len(machine.arcs) - 1), np.diff(machine.arcs))
    words, word = np.unique(machine.marked, return_inverse=True)
    pairs, feature = np.unique(day_of * len(words) + word, return_inverse=True)
    features = pairs // max(1, len(words)), words[pairs % max(1, len(words))]
    parts = bundle_arcs(
        machine.layers,
        machine.arcs,
        machine.source,
        machine.target,
        machine.choice,
        machine.extra,
        feature.reshape(-1).astype(np.int64),
        inner_step.astype(np.int64),
        outer_step.reshape(-1).astype(np.int64),
    )
    end_cost = np.empty((outer.shape[1], inner))
    for place, totals in enumerate(np.ndindex(*shape)):
        apart = sum(meter.cost(total * meter.unit) for meter, total in zip(counted[:-1], totals, strict=True))
        for total in range(inner):
            end_cost[place, total] = apart + (counted[-1].cost(total * counted[-1].unit) if counted else 0.0)
    widest = int(np.diff(parts[0]).max(initial=1))
    return Track(machine.layers, *parts, features[0], features[1], outer, end_cost, widest)


def _unique_rows(rows: Ints) -> tuple[Ints, Ints]:
    """The rows that differ, and which of them each is."""
    if not rows.shape[1]:
        return rows[:1], np.zeros(len(rows), dtype=np.int64)
    found, place = np.unique(rows, axis=0, return_inverse=True)
    return found, place.reshape(-1)


def steps_of(reading: Reading, machine: Machine, counted: tuple[Meter, ...]) -> Ints:
    """[arc, meter]: by how many units each arc moves each meter."""
    day_of = np.repeat(np.arange(len(machine.arcs) - 1), np.diff(machine.arcs))
    steps = np.zeros((len(machine.source), max(1, len(counted))), dtype=np.int64)
    for place, meter in enumerate(counted):
        steps[:, place] = meter.weights[day_of, machine.choice]
        for mark, weight in meter.marks:
            bit = np.int64(1) << np.int64(reading.marks[mark].bit)
            within = (day_of >= reading.marks[mark].first) & (day_of <= reading.marks[mark].last)
            steps[:, place] += np.where(within & (machine.marked & bit != 0), weight, 0)
        steps[:, place] //= meter.unit
    return steps


def _outer_moves(shape: list[int], steps: Ints) -> Ints:
    """Where each outer step leads from each outer total."""
    totals = list(np.ndindex(*shape))
    number = {total: place for place, total in enumerate(totals)}
    moves = np.full((len(steps), len(totals)), -1, dtype=np.int64)
    for row, step in enumerate(steps[:, : len(shape)]):
        for place, total in enumerate(totals):
            after = tuple(int(part + more) for part, more in zip(total, step, strict=True))
            moves[row, place] = number.get(after, -1)
    return moves
