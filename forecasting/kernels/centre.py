"""The centre itself: callers come, wait, hang up, are served; agents come and go. One loop over all events."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., object])

ANSWERED, ABANDONED, OVERFLOWED, BLOCKED, LEFT = 0, 1, 2, 3, 4
"""What becomes of a call: served; hung up; sent on after its longest wait; no line was free; waiting at the end."""
FINISH, DEADLINE, AGAIN = 0, 1, 2


def _compiled(function: Function) -> Function:
    return cast("Function", numba.njit(cache=True, nogil=True)(function))


@_compiled
def run(
    start: Floats,
    queue: Ints,
    handle: Floats,
    patience: Floats,
    again: Floats,
    overflow: Floats,
    move_at: Floats,
    move_group: Ints,
    move_heads: Ints,
    rank: Ints,
    lines: int,
) -> tuple[Ints, Ints, Floats, Floats, Ints, Ints]:
    """All attempts of all callers, in the order in which they came.

    `start`, `queue`, `handle`: [caller], seconds and numbers, by start. `patience`, `again`: [caller, attempt], seconds
    until the caller hangs up, and seconds until the next attempt after a failed one (infinite: none). `overflow`:
    [queue], the longest wait before a call is sent on. `move_*`: [move], when a group has how many agents from then on,
    by time. `rank`: [group, queue], 0: cannot serve it, 1: first of all, 2 and on: helps out. `lines`: calls that can
    be in the centre at once.

    Returns caller, outcome, when it came, its wait, its group (-1: none) and its attempt for each call. A talk goes on
    beyond the end of an agent's time; nobody is sent away in the middle.
    """
    callers, tries = patience.shape
    groups, queues = rank.shape
    most = callers * tries
    who, outcome, attempt = np.zeros(most, np.int64), np.full(most, LEFT), np.zeros(most, np.int64)
    came, wait, by = np.zeros(most), np.zeros(most), np.full(most, -1)
    line = np.zeros((queues, most), np.int64)
    head, tail = np.zeros(queues, np.int64), np.zeros(queues, np.int64)
    heads, busy = np.zeros(groups, np.int64), np.zeros(groups, np.int64)
    events = [(np.inf, 0, 0)]
    calls = inside = arrived = moved = 0
    while True:
        next_call = start[arrived] if arrived < callers else np.inf
        next_move = move_at[moved] if moved < len(move_at) else np.inf
        now = min(next_call, next_move, events[0][0])
        if now == np.inf:
            break
        free, caller, number = -1, -1, 0
        if next_move == now:
            free = move_group[moved]
            heads[free] = move_heads[moved]
            moved += 1
        elif events[0][0] == now:
            _, kind, what = heapq.heappop(events)
            if kind == FINISH:
                free = by[what]
                busy[free] -= 1
                inside -= 1
            elif kind == AGAIN:
                caller, number = who[what], attempt[what] + 1
            elif outcome[what] == LEFT:
                inside -= 1
                wait[what] = now - came[what]
                q = queue[who[what]]
                outcome[what] = OVERFLOWED if wait[what] >= overflow[q] - 1e-9 else ABANDONED
                pause = again[who[what], attempt[what]]
                if outcome[what] == ABANDONED and attempt[what] + 1 < tries and pause < np.inf:
                    heapq.heappush(events, (now + pause, AGAIN, what))
        else:
            caller = arrived
            arrived += 1
        if caller >= 0:
            q = queue[caller]
            who[calls], attempt[calls], came[calls] = caller, number, now
            best, spare = -1, 0
            for group in range(groups if inside < lines else 0):
                open_ = heads[group] - busy[group]
                if (
                    rank[group, q]
                    and open_ > 0
                    and (
                        best < 0
                        or rank[group, q] < rank[best, q]
                        or (rank[group, q] == rank[best, q] and open_ > spare)
                    )
                ):
                    best, spare = group, open_
            if best >= 0:
                busy[best] += 1
                inside += 1
                outcome[calls], by[calls] = ANSWERED, best
                heapq.heappush(events, (now + handle[caller], FINISH, calls))
            elif inside >= lines:
                outcome[calls] = BLOCKED
                if number + 1 < tries and again[caller, number] < np.inf:
                    heapq.heappush(events, (now + again[caller, number], AGAIN, calls))
            else:
                inside += 1
                line[q, tail[q]] = calls
                tail[q] += 1
                heapq.heappush(events, (now + min(patience[caller, number], overflow[q]), DEADLINE, calls))
            calls += 1
        while free >= 0 and busy[free] < heads[free]:
            best = -1
            for q in range(queues):
                while head[q] < tail[q] and outcome[line[q, head[q]]] != LEFT:
                    head[q] += 1
                if not rank[free, q] or head[q] == tail[q]:
                    continue
                if (
                    best < 0
                    or rank[free, q] < rank[free, best]
                    or (rank[free, q] == rank[free, best] and came[line[q, head[q]]] < came[line[best, head[best]]])
                ):
                    best = q
            if best < 0:
                break
            call = line[best, head[best]]
            head[best] += 1
            busy[free] += 1
            outcome[call], by[call], wait[call] = ANSWERED, free, now - came[call]
            heapq.heappush(events, (now + handle[who[call]], FINISH, call))
    return who[:calls], outcome[:calls], came[:calls], wait[:calls], by[:calls], attempt[:calls]
