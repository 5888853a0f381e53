"""Shortest paths: forward, and back along the cheapest."""

from __future__ import annotations

import numpy as np

from scheduler.columns.kernels.compiled import Floats, Ints, compiled
from scheduler.columns.kernels.track import Track


@compiled
def feature_cost(feature_day: Ints, feature_word: Ints, mark_of: Ints, mark_cost: Floats) -> Floats:
    """The price of each set of marks: what its marks cost together."""
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
def walk(track: Track, cost: Floats, feature: Floats, best: Floats, least: Floats) -> None:
    """Fill in the least price of every state and total, day by day; what cannot be reached is passed over."""
    groups, group_ends, sources, source_extra = track.groups, track.group_ends, track.sources, track.source_extra
    bundles, bundle, outer = track.bundles, track.bundle, track.outer
    arc_ends, arc_choice, arc_feature = track.arc_ends, track.arc_choice, track.arc_feature
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
def trace(track: Track, cost: Floats, feature: Floats, best: Floats) -> tuple[float, Ints]:
    """The price of the cheapest end, infinite where there is none, and the choices on the way back from it."""
    group_ends, sources, source_extra = track.group_ends, track.sources, track.source_extra
    bundle_of, bundle, outer = track.bundle_of, track.bundle, track.outer
    arc_ends, arc_choice, arc_feature = track.arc_ends, track.arc_choice, track.arc_feature
    days = len(track.layers) - 2
    inner = best.shape[2]
    first = track.layers[days]
    ends = (best[first:] + track.end_cost).ravel()
    end = np.argmin(ends)
    chosen = np.zeros(days, dtype=np.int64)
    if ends[end] == np.inf:
        return np.inf, chosen
    state = first + end // track.end_cost.size
    total = end % track.end_cost.size // inner
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
        chosen[day] = pick
        state, total, place = at_state, at_total, at_place
    return ends[end], chosen
