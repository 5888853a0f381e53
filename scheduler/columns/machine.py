"""A person's month as a machine: states between days, and the choices that lead from one to another.

A state is what the days so far mean for those to come: choices forbidden soon, runs of days under way, weekends already
worked, free stretches still possible, sums of the last days. Two histories with the same state are one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.compiled import compiled
from scheduler.columns.reading import Reading

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DONE = -1
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
        table: list[float] = []
        for window, slot in zip(reading.windows, places, strict=True):
            for (day, choice), weight in window.add.items():
                self.window_add[slot, day, choice] = weight
            for number, weight in window.marks:
                mark = reading.marks[number]
                self.window_mark[slot, mark.first : mark.last + 1, mark.bit] = weight
            low = sum(min(0, weight) for weight in (*window.add.values(), *(each for _, each in window.marks)))
            high = sum(max(0, weight) for weight in (*window.add.values(), *(each for _, each in window.marks)))
            self.window_moves[slot, window.last] = len(table), low
            table += [window.judge.cost(value) for value in range(low, high + 1)]
        self.window_table = np.array(table or [0.0])


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


@compiled
def grow(  # noqa: ANN201, C901, PLR0912, PLR0913, PLR0915, PLR0917 - one loop over days, states and choices, compiled as a whole
    valid,  # noqa: ANN001
    forbids,  # noqa: ANN001
    follow,  # noqa: ANN001
    known,  # noqa: ANN001
    run_class,  # noqa: ANN001
    runs,  # noqa: ANN001
    run_cost,  # noqa: ANN001
    hits,  # noqa: ANN001
    clears,  # noqa: ANN001
    rest_masks,  # noqa: ANN001
    rest_breaks,  # noqa: ANN001
    rest_close,  # noqa: ANN001
    window_add,  # noqa: ANN001
    window_mark,  # noqa: ANN001
    window_moves,  # noqa: ANN001
    window_table,  # noqa: ANN001
    most,  # noqa: ANN001
):
    """States and arcs, day by day; empty arrays when there are more states than `most`."""
    days, width = valid.shape
    offsets = forbids.shape[2]
    run_count, slots, sums = len(runs), len(rest_masks), len(window_add)
    following = follow.shape[0] > 1
    at_runs = offsets + 1
    at_flags = at_runs + run_count
    at_rests = at_flags + 1
    at_sums = at_rests + slots
    size = at_sums + sums
    valid_word = np.zeros(days + offsets + 1, dtype=np.int64)
    for day in range(days):
        for choice in range(width):
            if valid[day, choice]:
                valid_word[day] |= np.int64(1) << choice
    layers = np.zeros(days + 2, dtype=np.int64)
    arc_begin = np.zeros(days + 1, dtype=np.int64)
    layers[1] = 1
    room = 1 << 14
    source, target = np.empty(room, np.int64), np.empty(room, np.int64)
    chosen, marked = np.empty(room, np.int64), np.empty(room, np.int64)
    extra = np.empty(room, np.float64)
    count = 0
    states = np.zeros((1, size), dtype=np.int64)
    row = np.zeros(size, dtype=np.int64)
    none = np.empty(0, np.int64)
    table_size = 1 << 10
    for day in range(days):
        fresh = np.zeros((256, size), dtype=np.int64)
        fresh_count = 0
        table = np.full(table_size, -1, dtype=np.int64)
        arc_begin[day] = count
        for state in range(len(states)):
            for choice in range(width):
                if not valid[day, choice]:
                    continue
                if day >= known and (states[state, 0] >> choice) & 1:
                    continue
                price = 0.0
                if following and day >= known and day > 0:
                    price += follow[day - 1, states[state, offsets], choice]
                for place in range(offsets - 1):
                    row[place] = (states[state, place + 1] | forbids[day, choice, place]) & valid_word[day + 1 + place]
                row[offsets - 1] = forbids[day, choice, offsets - 1] & valid_word[day + offsets]
                row[offsets] = choice if following else 0
                for run in range(run_count):
                    length = states[state, at_runs + run]
                    first, last, past = runs[run, 0], runs[run, 1], runs[run, 2]
                    shortest, longest = runs[run, 3], runs[run, 4]
                    if day < first or day > last:
                        row[at_runs + run] = 0
                        continue
                    if run_class[run, day, choice]:
                        if longest > 0 and length >= longest and day >= past:
                            price += run_cost[run]
                        if shortest > 1 and length == 0 and (day == first or day < past):
                            length = shortest
                        row[at_runs + run] = min(length + 1, max(longest, shortest))
                    else:
                        if shortest > 1 and 0 < length < shortest and day >= past:
                            price += run_cost[run] * (shortest - length)
                        row[at_runs + run] = 0
                    if day == last:
                        row[at_runs + run] = 0
                flags = states[state, at_flags]
                fresh_hits = hits[day, choice] & ~flags
                row[at_flags] = (flags | hits[day, choice]) & ~clears[day]
                for slot in range(slots):
                    alive = states[state, at_rests + slot]
                    if alive != DONE:
                        alive = (alive | rest_masks[slot, day, 0]) & ~rest_breaks[slot, day, choice]
                        if alive & rest_masks[slot, day, 1]:
                            alive = DONE
                    if rest_close[slot, day] >= 0.0:
                        if alive != DONE:
                            price += rest_close[slot, day]
                        alive = 0
                    row[at_rests + slot] = alive
                for slot in range(sums):
                    value = states[state, at_sums + slot] + window_add[slot, day, choice]
                    for bit in range(window_mark.shape[2]):
                        if (fresh_hits >> bit) & 1:
                            value += window_mark[slot, day, bit]
                    if window_moves[slot, day, 0] >= 0:
                        price += window_table[window_moves[slot, day, 0] + value - window_moves[slot, day, 1]]
                        value = 0
                    row[at_sums + slot] = value
                if price == np.inf:
                    continue
                key = np.int64(-3750763034362895579)
                for place in range(size):
                    key = (key ^ row[place]) * np.int64(1099511628211)
                    key ^= key >> 29
                place = key & (table_size - 1)
                found = -1
                while table[place] >= 0:
                    found = table[place]
                    same = True
                    for each in range(size):
                        if fresh[found, each] != row[each]:
                            same = False
                            break
                    if same:
                        break
                    found = -1
                    place = (place + 1) & (table_size - 1)
                if found < 0:
                    if fresh_count == most:
                        return none, none, none, none, none, none, np.empty(0, np.float64)
                    if fresh_count == len(fresh):
                        grown = np.zeros((2 * fresh_count, size), dtype=np.int64)
                        grown[:fresh_count] = fresh
                        fresh = grown
                    fresh[fresh_count] = row
                    table[place] = fresh_count
                    found = fresh_count
                    fresh_count += 1
                    if 2 * fresh_count > table_size:
                        table_size *= 4
                        table = np.full(table_size, -1, dtype=np.int64)
                        for each in range(fresh_count):
                            key = np.int64(-3750763034362895579)
                            for part in range(size):
                                key = (key ^ fresh[each, part]) * np.int64(1099511628211)
                                key ^= key >> 29
                            where = key & (table_size - 1)
                            while table[where] >= 0:
                                where = (where + 1) & (table_size - 1)
                            table[where] = each
                if count == room:
                    room *= 2
                    source, target = _larger(source, room), _larger(target, room)
                    chosen, marked = _larger(chosen, room), _larger(marked, room)
                    more = np.empty(room, np.float64)
                    more[:count] = extra
                    extra = more
                source[count] = layers[day] + state
                target[count] = layers[day + 1] + found
                chosen[count], marked[count], extra[count] = choice, fresh_hits, price
                count += 1
        states = fresh[:fresh_count].copy()
        layers[day + 2] = layers[day + 1] + fresh_count
    arc_begin[days] = count
    return _pruned(layers, arc_begin, source[:count], target[:count], chosen[:count], marked[:count], extra[:count])


@compiled
def _larger(words, room):  # noqa: ANN001, ANN202
    more = np.empty(room, np.int64)
    more[: len(words)] = words
    return more


@compiled
def _pruned(layers, arc_begin, source, target, chosen, marked, extra):  # noqa: ANN001, ANN202, PLR0913, PLR0917
    """Without the states from which no end can be reached; arcs in the order of target, choice and marks."""
    days = len(arc_begin) - 1
    total = layers[days + 1]
    alive = np.zeros(total, dtype=np.bool_)
    alive[layers[days] :] = True
    for arc in range(len(source) - 1, -1, -1):
        if alive[target[arc]]:
            alive[source[arc]] = True
    number = np.cumsum(alive) - 1
    fewer = np.zeros(days + 2, dtype=np.int64)
    for layer in range(1, days + 2):
        fewer[layer] = alive[: layers[layer]].sum()
    kept = np.empty(len(source), dtype=np.int64)
    begin = np.zeros(days + 1, dtype=np.int64)
    count = 0
    for day in range(days):
        begin[day] = count
        first = count
        for arc in range(arc_begin[day], arc_begin[day + 1]):
            if alive[target[arc]] and alive[source[arc]]:
                kept[count] = arc
                count += 1
        part = kept[first:count]
        words = marked[part] * 64 + chosen[part]
        order = np.argsort(words, kind="mergesort")
        part = part[order]
        order = np.argsort(target[part], kind="mergesort")
        kept[first:count] = part[order]
    begin[days] = count
    kept = kept[:count]
    return fewer, begin, number[source[kept]], number[target[kept]], chosen[kept], marked[kept], extra[kept]
