"""What the loops over a person's month read: a tuple of arrays, handed over whole."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.columns.kernels.compiled import Floats, Ints


class Track(NamedTuple):
    """The machine's arcs bundled for counting some meters, the last of them innermost."""

    layers: Ints
    """[day]: the first state before the day."""
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
