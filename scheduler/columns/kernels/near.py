"""All months near the cheapest: every path through a person's machine that costs no more than a limit."""

from __future__ import annotations

import numpy as np

from scheduler.columns.kernels.compiled import Floats, Ints, compiled
from scheduler.columns.kernels.track import Track


@compiled
def _ends(track: Track, best: Floats, limit: float, at: Ints, price: Floats) -> int:
    """Write the ends within the limit, [piece, (state, outer total, inner total)]; how many, -1: too many."""
    count = 0
    for state in range(track.layers[len(track.layers) - 2], len(best)):
        for total in range(best.shape[1]):
            for place in range(best.shape[2]):
                if best[state, total, place] + track.end_cost[total, place] > limit:
                    continue
                if count == len(at):
                    return -1
                at[count, 0], at[count, 1], at[count, 2] = state, total, place
                price[count] = track.end_cost[total, place]
                count += 1
    return count


@compiled
def months_near(
    track: Track, cost: Floats, feature: Floats, best: Floats, limit: float, most: int
) -> tuple[Ints, bool]:
    """[month, day]: the choices of all months that cost no more than the limit; none and False if more than `most`.

    `best` is the least price of each state and total from the first day on (`walk`): every piece that is kept on the
    way back from the last day grows into a month at least.
    """
    group_ends, sources, source_extra = track.group_ends, track.sources, track.source_extra
    bundle_of, bundle, outer = track.bundle_of, track.bundle, track.outer
    arc_ends, arc_choice, arc_feature = track.arc_ends, track.arc_choice, track.arc_feature
    days = len(track.layers) - 2
    at, price, months = np.empty((most, 3), np.int64), np.empty(most), np.zeros((most, days), np.int64)
    to, onward, longer = np.empty((most, 3), np.int64), np.empty(most), np.zeros((most, days), np.int64)
    count = _ends(track, best, limit, at, price)
    for day in range(days - 1, -1, -1):
        fresh = 0
        for piece in range(max(0, count)):
            state, total, place = at[piece]
            for number in range(bundle_of[state], bundle_of[state + 1]):
                back, move, group = place - bundle[number, 2], outer[bundle[number, 3]], bundle[number, 1]
                if back < 0:
                    continue
                for arc in range(arc_ends[number], arc_ends[number + 1]):
                    paid = price[piece] + cost[day, arc_choice[arc]] + feature[arc_feature[arc]]
                    for before in range(len(move) if paid < np.inf else 0):
                        if move[before] != total:
                            continue
                        for source in range(group_ends[group], group_ends[group + 1]):
                            more = paid + source_extra[source]
                            if best[sources[source], before, back] + more > limit:
                                continue
                            if fresh == most:
                                return months[:0], False
                            to[fresh, 0], to[fresh, 1], to[fresh, 2] = sources[source], before, back
                            onward[fresh] = more
                            longer[fresh] = months[piece]
                            longer[fresh, day] = arc_choice[arc]
                            fresh += 1
        at, to, price, onward, months, longer = to, at, onward, price, longer, months
        count = fresh if count >= 0 else -1
    return months[: max(0, count)].copy(), count >= 0
