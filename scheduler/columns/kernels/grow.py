"""All states of a person's month that can be reached and can end well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.kernels.compiled import Bits, Floats, Ints, compiled

HOPELESS = -(1 << 40)
"""What stands for a sum that cannot end well."""
DONE = -1
"""The state of a choice of free stretches that one already fulfils."""


@compiled
def _hash(row: Ints) -> int:
    """Mix the words of a state."""
    key = np.int64(-3750763034362895579)
    for place in range(len(row)):
        key = (key ^ row[place]) * np.int64(1099511628211)
        key ^= key >> 29
    return int(key)


@compiled
def grow(
    valid: Bits,
    forbids: Ints,
    follow: Floats,
    known: int,
    run_class: NDArray[np.uint8],
    runs: Ints,
    run_cost: Floats,
    hits: Ints,
    clears: Ints,
    rest_masks: Ints,
    rest_breaks: Ints,
    rest_close: Floats,
    window_add: Ints,
    window_mark: Ints,
    window_moves: Ints,
    window_table: Floats,
    window_alike: Ints,
    window_merged: Ints,
    most: int,
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Floats]:
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
                row[offsets] = np.int64(choice) if following else np.int64(0)
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
                    elif window_alike[slot, day, 0] >= 0:
                        value = window_merged[window_alike[slot, day, 0] + value - window_alike[slot, day, 1]]
                        if value == HOPELESS:
                            price = np.inf
                    row[at_sums + slot] = value
                if price == np.inf:
                    continue
                where = _hash(row) & (table_size - 1)
                found = -1
                while table[where] >= 0:
                    found = table[where]
                    same = True
                    for each in range(size):
                        if fresh[found, each] != row[each]:
                            same = False
                            break
                    if same:
                        break
                    found = -1
                    where = (where + 1) & (table_size - 1)
                if found < 0:
                    if fresh_count == most:
                        return none, none, none, none, none, none, np.empty(0, np.float64)
                    if fresh_count == len(fresh):
                        grown = np.zeros((2 * fresh_count, size), dtype=np.int64)
                        grown[:fresh_count] = fresh
                        fresh = grown
                    fresh[fresh_count] = row
                    table[where] = fresh_count
                    found = fresh_count
                    fresh_count += 1
                    if 2 * fresh_count > table_size:
                        table_size *= 4
                        table = np.full(table_size, -1, dtype=np.int64)
                        for each in range(fresh_count):
                            where = _hash(fresh[each]) & (table_size - 1)
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
def _larger(words: Ints, room: int) -> Ints:
    more = np.empty(room, np.int64)
    more[: len(words)] = words
    return more


@compiled
def _pruned(
    layers: Ints, arc_begin: Ints, source: Ints, target: Ints, chosen: Ints, marked: Ints, extra: Floats
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Floats]:
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
