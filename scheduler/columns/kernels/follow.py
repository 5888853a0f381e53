"""One given month: its path, and the rows it touches."""

from __future__ import annotations

import numpy as np

from scheduler.columns.kernels.compiled import Floats, Ints, compiled


@compiled
def follow(chosen: Ints, arc_of: Ints, target: Ints, marked: Ints, extra: Floats) -> tuple[Ints, float]:
    """The marks hit on each day and the price beyond choices and marks; no marks where there is no path."""
    words = np.zeros(len(chosen), dtype=np.int64)
    state, price = 0, 0.0
    for day in range(len(chosen)):
        arc = arc_of[state, chosen[day]]
        if arc < 0:
            return np.empty(0, dtype=np.int64), price
        words[day] = marked[arc]
        price += extra[arc]
        state = target[arc]
    return words, price


@compiled
def heads_of(
    chosen: Ints, teams: Ints, team_ends: Ints, team_rows: Ints, team_signs: Ints, rows: int
) -> tuple[Ints, Ints]:
    """The rows that a month touches, and how often it counts in each."""
    heads = np.zeros(rows, dtype=np.int64)
    none = len(team_ends) - 1
    for day in range(len(chosen)):
        for place in range(teams.shape[2]):
            team = teams[day, chosen[day], place]
            if team < none:
                for at in range(team_ends[team], team_ends[team + 1]):
                    heads[team_rows[at]] += team_signs[at]
    touched = np.nonzero(heads)[0]
    return touched, heads[touched]
