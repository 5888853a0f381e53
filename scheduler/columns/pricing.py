"""The cheapest month of one person at given prices: a shortest path through the machine.

Some sums are counted on the way (the meters): every state then holds one price for each total. Arcs that share their
target, totals and sources are taken together: first the least over the sources, then the cheapest choice.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.compiled import compiled
from scheduler.columns.machine import Machine
from scheduler.columns.meters import Meter
from scheduler.columns.reading import Reading

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Track:
    """The machine's arcs bundled for counting some meters, the last of them innermost."""

    groups: Ints
    group_ends: Ints
    sources: Ints
    source_extra: Floats
    bundles: Ints
    bundle_of: Ints
    """[state]: the first bundle that leads to it."""
    bundle: Ints
    """[bundle]: target, group, inner step, outer step."""
    arc_ends: Ints
    arc_choice: Ints
    arc_feature: Ints
    feature_day: Ints
    feature_word: Ints
    outer: Ints
    """[outer step, outer total]: the outer total after it; -1: too much."""
    end_cost: Floats
    """[outer total, inner total]: the price at the end."""
    widest: int
    """The most groups of a day."""


class Pricer:
    """Answers for one person, again and again: which month is cheapest at these prices?"""

    def __init__(self, reading: Reading, machine: Machine, counted: Sequence[Meter]) -> None:
        self.reading = reading
        self.machine = machine
        self.counted = tuple(counted)
        self.track = track_of(reading, machine, self.counted)
        self._mark_cost = np.array([mark.cost for mark in reading.marks])
        outer, inner = self.track.end_cost.shape
        self.size = int(machine.layers[-1]) * outer * inner
        self._shapes = (int(machine.layers[-1]), outer, inner), (self.track.widest, outer, inner)
        self._rooms = threading.local()

    def _room(self) -> tuple[Floats, Floats]:
        """Room for the prices of states and groups: each thread has its own."""
        if not hasattr(self._rooms, "best"):
            self._rooms.best, self._rooms.least = (np.empty(shape) for shape in self._shapes)
        return self._rooms.best, self._rooms.least

    def cheapest(self, cost: Floats, mark_price: Floats | None = None, *, paths: int = 1) -> tuple[Floats, Ints]:
        """The prices and choices of the cheapest months, the best first; none where no month is possible.

        `cost` is [day, choice], static price and what the rows pay together; `mark_price` the rows' price of marks.
        """
        track, machine = self.track, self.machine
        marks = self._mark_cost if mark_price is None else self._mark_cost + mark_price
        feature = _feature_cost(track.feature_day, track.feature_word, machine.mark_of, marks)
        best, least = self._room()
        walk(
            cost,
            feature,
            machine.layers,
            track.groups,
            track.group_ends,
            track.sources,
            track.source_extra,
            track.bundles,
            track.bundle,
            track.arc_ends,
            track.arc_choice,
            track.arc_feature,
            track.outer,
            best,
            least,
        )
        return trace(
            cost,
            feature,
            machine.layers,
            track.group_ends,
            track.sources,
            track.source_extra,
            track.bundle_of,
            track.bundle,
            track.arc_ends,
            track.arc_choice,
            track.arc_feature,
            track.outer,
            track.end_cost,
            best,
            paths,
        )


    def through(self, cost: Floats, mark_price: Floats) -> Floats:
        """[day, choice]: the price of the cheapest month with this choice on this day."""
        self.cheapest(cost, mark_price)
        best, least = self._room()
        track, machine = self.track, self.machine
        feature = _feature_cost(
            track.feature_day, track.feature_word, machine.mark_of, self._mark_cost + mark_price
        )
        found: Floats = pass_through(
            cost,
            feature,
            machine.layers,
            track.groups,
            track.group_ends,
            track.sources,
            track.source_extra,
            track.bundles,
            track.bundle,
            track.arc_ends,
            track.arc_choice,
            track.arc_feature,
            track.outer,
            track.end_cost,
            best,
            least,
        )
        return found


def track_of(reading: Reading, machine: Machine, counted: tuple[Meter, ...]) -> Track:
    """Bundle the arcs of a machine for these meters."""
    sizes = [meter.size for meter in counted]
    inner = sizes[-1] if sizes else 1
    shape = sizes[:-1]
    steps = _steps(reading, machine, counted)
    inner_step = steps[:, -1] if sizes else np.zeros(len(machine.source), dtype=np.int64)
    outer_steps, outer_step = np.unique(steps[:, :-1], axis=0, return_inverse=True)
    outer = _outer_moves(shape, outer_steps)
    day_of = np.repeat(np.arange(len(machine.arcs) - 1), np.diff(machine.arcs))
    features, feature = np.unique(np.stack([day_of, machine.marked]), axis=1, return_inverse=True)
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
    return Track(*parts, features[0], features[1], outer, end_cost, widest)


def _steps(reading: Reading, machine: Machine, counted: tuple[Meter, ...]) -> Ints:
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


@compiled
def bundle_arcs(  # noqa: ANN201, PLR0913, PLR0915, PLR0917, C901, PLR0912
    layers,  # noqa: ANN001
    arcs,  # noqa: ANN001
    source,  # noqa: ANN001
    target,  # noqa: ANN001
    choice,  # noqa: ANN001
    extra,  # noqa: ANN001
    feature,  # noqa: ANN001
    inner_step,  # noqa: ANN001
    outer_step,  # noqa: ANN001
):
    """Groups of sources, and bundles of arcs with the same target, group and steps."""
    days = len(arcs) - 1
    total = len(source)
    groups = np.zeros(days + 1, dtype=np.int64)
    group_ends = np.zeros(total + 1, dtype=np.int64)
    sources = np.empty(total, dtype=np.int64)
    source_extra = np.empty(total, dtype=np.float64)
    group_hash = np.empty(total, dtype=np.int64)
    bundles = np.zeros(days + 1, dtype=np.int64)
    bundle_of = np.zeros(layers[-1] + 1, dtype=np.int64)
    bundle = np.empty((total, 4), dtype=np.int64)
    arc_ends = np.zeros(total + 1, dtype=np.int64)
    arc_choice = np.empty(total, dtype=np.int64)
    arc_feature = np.empty(total, dtype=np.int64)
    group_count = bundle_count = arc_count = source_count = 0
    seg_choice = np.empty(total, dtype=np.int64)
    seg_feature = np.empty(total, dtype=np.int64)
    seg_key = np.empty((total, 4), dtype=np.int64)
    for day in range(days):
        groups[day] = group_count
        bundles[day] = bundle_count
        first_group = group_count
        arc = arcs[day]
        last = arcs[day + 1]
        state = layers[day + 1]
        while arc < last:
            goal = target[arc]
            while state <= goal:
                bundle_of[state] = bundle_count
                state += 1
            segments = 0
            while arc < last and target[arc] == goal:
                begin = arc
                key = np.int64(1469598103)
                while (
                    arc < last
                    and target[arc] == goal
                    and choice[arc] == choice[begin]
                    and feature[arc] == feature[begin]
                    and inner_step[arc] == inner_step[begin]
                    and outer_step[arc] == outer_step[begin]
                ):
                    key = (key ^ source[arc]) * np.int64(1099511628211)
                    key = (key ^ np.int64(extra[arc] * 64.0)) * np.int64(1099511628211)
                    key ^= key >> 31
                    arc += 1
                group = -1
                for each in range(first_group, group_count):
                    if group_hash[each] == key and group_ends[each + 1] - group_ends[each] == arc - begin:
                        same = True
                        for part in range(arc - begin):
                            at = group_ends[each] + part
                            if sources[at] != source[begin + part] or source_extra[at] != extra[begin + part]:
                                same = False
                                break
                        if same:
                            group = each
                            break
                if group < 0:
                    group = group_count
                    group_hash[group] = key
                    for part in range(begin, arc):
                        sources[source_count] = source[part]
                        source_extra[source_count] = extra[part]
                        source_count += 1
                    group_count += 1
                    group_ends[group_count] = source_count
                seg_key[segments] = goal, group, inner_step[begin], outer_step[begin]
                seg_choice[segments] = choice[begin]
                seg_feature[segments] = feature[begin]
                segments += 1
            taken = np.zeros(segments, dtype=np.bool_)
            for one in range(segments):
                if taken[one]:
                    continue
                bundle[bundle_count] = seg_key[one]
                for other in range(one, segments):
                    if not taken[other] and (seg_key[other] == seg_key[one]).all():
                        taken[other] = True
                        arc_choice[arc_count] = seg_choice[other]
                        arc_feature[arc_count] = seg_feature[other]
                        arc_count += 1
                bundle_count += 1
                arc_ends[bundle_count] = arc_count
        while state <= layers[day + 2]:
            bundle_of[state] = bundle_count
            state += 1
    groups[days] = group_count
    bundles[days] = bundle_count
    return (
        groups,
        group_ends[: group_count + 1].copy(),
        sources[:source_count].copy(),
        source_extra[:source_count].copy(),
        bundles,
        bundle_of,
        bundle[:bundle_count].copy(),
        arc_ends[: bundle_count + 1].copy(),
        arc_choice[:arc_count].copy(),
        arc_feature[:arc_count].copy(),
    )


@compiled
def _feature_cost(feature_day, feature_word, mark_of, mark_cost):  # noqa: ANN001, ANN202
    cost = np.zeros(len(feature_day))
    for feature in range(len(feature_day)):
        word = feature_word[feature]
        bit = 0
        while word:
            if word & 1:
                cost[feature] += mark_cost[mark_of[feature_day[feature], bit]]
            word >>= 1
            bit += 1
    return cost


@compiled
def walk(  # noqa: ANN201, PLR0913, PLR0917, C901, PLR0912
    cost,  # noqa: ANN001
    feature,  # noqa: ANN001
    layers,  # noqa: ANN001
    groups,  # noqa: ANN001
    group_ends,  # noqa: ANN001
    sources,  # noqa: ANN001
    source_extra,  # noqa: ANN001
    bundles,  # noqa: ANN001
    bundle,  # noqa: ANN001
    arc_ends,  # noqa: ANN001
    arc_choice,  # noqa: ANN001
    arc_feature,  # noqa: ANN001
    outer,  # noqa: ANN001
    best,  # noqa: ANN001
    least,  # noqa: ANN001
):
    """Fill in the least price of every state and total, day by day; what cannot be reached is passed over."""
    totals, inner = best.shape[1], best.shape[2]
    best[:] = np.inf
    best[0, 0, 0] = 0.0
    reached = np.zeros(len(best), dtype=np.bool_)
    reached[0] = True
    filled = np.zeros(len(least), dtype=np.bool_)
    for day in range(len(groups) - 1):
        base = groups[day]
        for group in range(base, groups[day + 1]):
            into = least[group - base]
            begun = False
            for at in range(group_ends[group], group_ends[group + 1]):
                if not reached[sources[at]]:
                    continue
                came, more = best[sources[at]], source_extra[at]
                if begun:
                    for total in range(totals):
                        for step in range(inner):
                            into[total, step] = min(into[total, step], came[total, step] + more)
                else:
                    for total in range(totals):
                        for step in range(inner):
                            into[total, step] = came[total, step] + more
                    begun = True
            filled[group - base] = begun
        for number in range(bundles[day], bundles[day + 1]):
            if not filled[bundle[number, 1] - base]:
                continue
            price = np.inf
            for arc in range(arc_ends[number], arc_ends[number + 1]):
                price = min(price, cost[day, arc_choice[arc]] + feature[arc_feature[arc]])
            if price == np.inf:
                continue
            goal, came = best[bundle[number, 0]], least[bundle[number, 1] - base]
            reached[bundle[number, 0]] = True
            step, move = bundle[number, 2], outer[bundle[number, 3]]
            for total in range(totals):
                after = move[total]
                if after < 0:
                    continue
                for place in range(inner - step):
                    value = came[total, place] + price
                    goal[after, place + step] = min(goal[after, place + step], value)


@compiled
def trace(  # noqa: ANN201, PLR0913, PLR0917, PLR0914, C901, PLR0912
    cost,  # noqa: ANN001
    feature,  # noqa: ANN001
    layers,  # noqa: ANN001
    group_ends,  # noqa: ANN001
    sources,  # noqa: ANN001
    source_extra,  # noqa: ANN001
    bundle_of,  # noqa: ANN001
    bundle,  # noqa: ANN001
    arc_ends,  # noqa: ANN001
    arc_choice,  # noqa: ANN001
    arc_feature,  # noqa: ANN001
    outer,  # noqa: ANN001
    end_cost,  # noqa: ANN001
    best,  # noqa: ANN001
    paths,  # noqa: ANN001
):
    """Walk back from the cheapest ends."""
    days = len(layers) - 2
    inner = best.shape[2]
    first = layers[days]
    ends = (best[first:] + end_cost).ravel()
    order = np.argsort(ends)[:paths] if paths > 1 else np.array([np.argmin(ends)])
    found = 0
    prices = np.empty(len(order))
    chosen = np.zeros((len(order), days), dtype=np.int64)
    for end in order:
        if ends[end] == np.inf:
            break
        prices[found] = ends[end]
        state = first + end // end_cost.size
        total = end % end_cost.size // inner
        place = end % inner
        for day in range(days - 1, -1, -1):
            value = best[state, total, place]
            slack = 1e-9 * max(1.0, abs(value))
            nearest, at_state, at_total, at_place, pick = np.inf, np.int64(-1), np.int64(0), np.int64(0), np.int64(0)
            for number in range(bundle_of[state], bundle_of[state + 1]):
                back = place - bundle[number, 2]
                if back < 0:
                    continue
                move = outer[bundle[number, 3]]
                group = bundle[number, 1]
                for arc in range(arc_ends[number], arc_ends[number + 1]):
                    price = cost[day, arc_choice[arc]] + feature[arc_feature[arc]]
                    if price == np.inf:
                        continue
                    for before in range(len(move)):
                        if move[before] != total:
                            continue
                        for at in range(group_ends[group], group_ends[group + 1]):
                            off = abs(best[sources[at], before, back] + source_extra[at] + price - value)
                            if off < nearest:
                                nearest, pick = off, arc_choice[arc]
                                at_state, at_total, at_place = sources[at], np.int64(before), back
                if nearest <= slack:
                    break
            chosen[found, day] = pick
            state, total, place = at_state, at_total, at_place
        found += 1
    return prices[:found], chosen[:found]


@compiled
def pass_through(  # noqa: ANN201, PLR0913, PLR0917, PLR0914, C901, PLR0912
    cost,  # noqa: ANN001
    feature,  # noqa: ANN001
    layers,  # noqa: ANN001
    groups,  # noqa: ANN001
    group_ends,  # noqa: ANN001
    sources,  # noqa: ANN001
    source_extra,  # noqa: ANN001
    bundles,  # noqa: ANN001
    bundle,  # noqa: ANN001
    arc_ends,  # noqa: ANN001
    arc_choice,  # noqa: ANN001
    arc_feature,  # noqa: ANN001
    outer,  # noqa: ANN001
    end_cost,  # noqa: ANN001
    best,  # noqa: ANN001
    least,  # noqa: ANN001
):
    """From the last day to the first: the price to the end of each state, and of each choice with both its sides."""
    totals, inner = best.shape[1], best.shape[2]
    days = len(groups) - 1
    rest = np.full(best.shape, np.inf)
    rest[layers[days] :] = end_cost
    ahead = np.empty(least.shape)
    through = np.full(cost.shape, np.inf)
    for day in range(days - 1, -1, -1):
        base = groups[day]
        for group in range(base, groups[day + 1]):
            into = least[group - base]
            into[:] = np.inf
            ahead[group - base] = np.inf
            for at in range(group_ends[group], group_ends[group + 1]):
                came, more = best[sources[at]], source_extra[at]
                for total in range(totals):
                    for step in range(inner):
                        into[total, step] = min(into[total, step], came[total, step] + more)
        for number in range(bundles[day], bundles[day + 1]):
            goal, group = rest[bundle[number, 0]], bundle[number, 1] - base
            came, on = least[group], ahead[group]
            step, move = bundle[number, 2], outer[bundle[number, 3]]
            price = np.inf
            for arc in range(arc_ends[number], arc_ends[number + 1]):
                price = min(price, cost[day, arc_choice[arc]] + feature[arc_feature[arc]])
            if price == np.inf:
                continue
            both = np.inf
            for total in range(totals):
                after = move[total]
                if after < 0:
                    continue
                for place in range(inner - step):
                    value = goal[after, place + step]
                    both = min(both, came[total, place] + value)
                    on[total, place] = min(on[total, place], value + price)
            if both == np.inf:
                continue
            for arc in range(arc_ends[number], arc_ends[number + 1]):
                whole = both + cost[day, arc_choice[arc]] + feature[arc_feature[arc]]
                through[day, arc_choice[arc]] = min(through[day, arc_choice[arc]], whole)
        for group in range(base, groups[day + 1]):
            on = ahead[group - base]
            for at in range(group_ends[group], group_ends[group + 1]):
                back, more = rest[sources[at]], source_extra[at]
                for total in range(totals):
                    for step in range(inner):
                        back[total, step] = min(back[total, step], on[total, step] + more)
    return through
