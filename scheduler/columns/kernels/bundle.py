"""Arcs taken together: the same target, the same sources, the same steps."""

from __future__ import annotations

import numpy as np

from scheduler.columns.kernels.compiled import Floats, Ints, compiled


@compiled
def bundle_arcs(
    layers: Ints,
    arcs: Ints,
    source: Ints,
    target: Ints,
    choice: Ints,
    extra: Floats,
    feature: Ints,
    inner_step: Ints,
    outer_step: Ints,
) -> tuple[Ints, Ints, Ints, Floats, Ints, Ints, Ints, Ints, Ints, Ints]:
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
