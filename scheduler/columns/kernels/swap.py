"""Small moves in a whole answer: one cell changed, days of one person exchanged, days of two people exchanged.

Every person's month is a path through their machine; a move is judged by walking from its first day to where the new
path meets the old one again, and by the rows whose heads it changes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.kernels.compiled import Floats, Ints, compiled


class Board(NamedTuple):
    """All machines, meters and rows side by side; states and arcs are numbered through all people."""

    begins: Ints
    """[person]: the state before the first day."""
    days: Ints
    """[person]: days of history and horizon."""
    known: Ints
    """[person]: days of history."""
    kind: Ints
    """[person, day, choice]: its kind."""
    duty: Ints
    """[person, day, choice]: the number of the duty, the same for everybody; 0: none, -1: no such choice."""
    choice: Ints
    """[person, planned day, duty]: the choice that is this duty; -1: none."""
    arc_of: Ints
    """[state, kind]: the arc; -1: none."""
    target: Ints
    arc_price: Floats
    arc_adds: Ints
    """[arc, meter]: units that it adds to the person's meters."""
    meter_least: Ints
    """[person, meter]: the least total of the table."""
    meter_costs: Floats
    """[person, meter, total]: what each total costs."""
    teams: Ints
    """[person, day, choice, place]: teams that it joins; the number after the last team: none."""
    team_ends: Ints
    team_rows: Ints
    team_signs: Ints
    row_least: Ints
    row_last: Ints
    row_costs: Floats
    """[row, place]: what each count of heads costs."""


@compiled
def _cost_of(board: Board, person: int, totals: Ints) -> float:
    """What the meters of a person cost at these totals."""
    cost, last = 0.0, board.meter_costs.shape[2] - 1
    for meter in range(len(totals)):
        place = totals[meter] - board.meter_least[person, meter]
        cost += board.meter_costs[person, meter, min(max(place, 0), last)]
    return cost


@compiled
def enter(board: Board, person: int, chosen: Ints, states: Ints, totals: Ints) -> float:
    """Write the states and totals of a person's month; its price, infinite where there is no such month."""
    state, price = board.begins[person], 0.0
    totals[:] = 0
    for day in range(board.days[person]):
        states[day] = state
        arc = board.arc_of[state, board.kind[person, day, chosen[day]]]
        if arc < 0:
            return np.inf
        price += board.arc_price[arc]
        totals += board.arc_adds[arc]
        state = board.target[arc]
    states[board.days[person]] = state
    return price + _cost_of(board, person, totals)


@compiled
def _walk(
    board: Board, person: int, old: Ints, new: Ints, span: tuple[int, int], states: Ints, totals: Ints, more: Ints
) -> float:
    """What a person's month costs more with the new choices of a span of days; `more` gets the totals then."""
    state, price = states[span[0]], 0.0
    more[:] = totals
    for day in range(span[0], board.days[person]):
        before = board.arc_of[states[day], board.kind[person, day, old[day]]]
        choice = new[day] if day <= span[1] else old[day]
        arc = board.arc_of[state, board.kind[person, day, choice]]
        if arc < 0:
            return np.inf
        price += board.arc_price[arc] - board.arc_price[before]
        more += board.arc_adds[arc] - board.arc_adds[before]
        state = board.target[arc]
        if day >= span[1] and state == states[day + 1]:
            break
    return price + _cost_of(board, person, more) - _cost_of(board, person, totals)


@compiled
def _join(board: Board, person: int, day: int, choice: int, sign: int, heads: Ints) -> float:
    """Let a choice count in its rows, or no longer; what the rows cost more then."""
    cost, none = 0.0, len(board.team_ends) - 1
    for place in range(board.teams.shape[3]):
        team = board.teams[person, day, choice, place]
        if team == none:
            continue
        for at in range(board.team_ends[team], board.team_ends[team + 1]):
            row = board.team_rows[at]
            least, last = board.row_least[row], board.row_last[row]
            cost -= board.row_costs[row, min(max(heads[row] - least, 0), last)]
            heads[row] += sign * board.team_signs[at]
            cost += board.row_costs[row, min(max(heads[row] - least, 0), last)]
    return cost


@compiled
def _rejoin(board: Board, person: int, old: Ints, new: Ints, span: tuple[int, int], heads: Ints) -> float:
    """Count a person's new choices of a span of days instead of the old ones; what the rows cost more then."""
    cost = 0.0
    for day in range(span[0], span[1] + 1):
        if old[day] != new[day]:
            cost += _join(board, person, day, old[day], -1, heads)
            cost += _join(board, person, day, new[day], 1, heads)
    return cost


@compiled
def _settle(board: Board, person: int, old: Ints, new: Ints, span: tuple[int, int], states: Ints) -> None:
    """Write the new choices and the states they make."""
    old[span[0] : span[1] + 1] = new[span[0] : span[1] + 1]
    state = states[span[0]]
    for day in range(span[0], board.days[person]):
        state = board.target[board.arc_of[state, board.kind[person, day, old[day]]]]
        if day >= span[1] and states[day + 1] == state:
            break
        states[day + 1] = state


@compiled
def _drawn_alone(board: Board, person: int, chosen: Ints, new: Ints, length: int) -> tuple[int, int]:
    """Another choice for a cell of a person, or two of their days exchanged; the span of days, none: (1, 0)."""
    known, days = board.known[person], board.days[person]
    day = known + np.random.randint(days - known)
    if np.random.random() < 0.4:
        count = 0
        while count < board.duty.shape[2] and board.duty[person, day, count] >= 0:
            count += 1
        new[day] = np.random.randint(count)
        return (day, day) if new[day] != chosen[day] else (1, 0)
    other = min(days - 1, day + 1 + np.random.randint(length))
    here, there = board.duty[person, day, chosen[day]], board.duty[person, other, chosen[other]]
    if here == there:
        return 1, 0
    first, second = board.choice[person, day - known, there], board.choice[person, other - known, here]
    if first < 0 or second < 0:
        return 1, 0
    new[day : other + 1] = chosen[day : other + 1]
    new[day], new[other] = first, second
    return day, other


@compiled
def _drawn_together(board: Board, one: int, other: int, chosen: Ints, news: Ints, span: tuple[int, int]) -> bool:
    """Exchange the planned days of a span between two people; whether that can be and changes anything."""
    changed = False
    for day in range(span[0], span[1] + 1):
        mine, theirs = day + board.known[one], day + board.known[other]
        here, there = board.duty[one, mine, chosen[one, mine]], board.duty[other, theirs, chosen[other, theirs]]
        first, second = board.choice[one, day, there], board.choice[other, day, here]
        if first < 0 or second < 0:
            return False
        news[0, mine], news[1, theirs] = first, second
        changed |= here != there
    return changed


@compiled
def anneal_cells(
    board: Board,
    chosen: Ints,
    states: Ints,
    totals: Ints,
    heads: Ints,
    best: Ints,
    costs: tuple[float, float],
    degree: float,
    steps: int,
    seed: int,
) -> tuple[float, float, float]:
    """So many moves at a temperature; all arrays are brought along, `best` gets the best answer met.

    `costs`, in and out: what the present answer and the best one cost beyond the first. The third figure is what a move
    costs that makes the answer worse, the mean of the logarithm. Moves between two people keep who is there, so they
    are drawn most.
    """
    np.random.seed(seed)
    people, horizon = len(board.days), board.choice.shape[1]
    news, more = np.zeros((2, chosen.shape[1]), dtype=np.int64), np.zeros((2, totals.shape[1]), dtype=np.int64)
    now, least = costs
    uphill, count = 0.0, 0
    for _ in range(steps):
        limit = -degree * np.log(np.random.random() + 1e-300)
        one = np.random.randint(people)
        if np.random.random() < 0.45:
            span = _drawn_alone(board, one, chosen[one], news[0], 6)
            if span[0] > span[1]:
                continue
            worse = _walk(board, one, chosen[one], news[0], span, states[one], totals[one], more[0])
            if worse == np.inf:
                continue
            worse += _rejoin(board, one, chosen[one], news[0], span, heads)
            if worse > 0:
                uphill, count = uphill + np.log(worse), count + 1
            if worse > limit:
                _rejoin(board, one, news[0], chosen[one], span, heads)
                continue
            _settle(board, one, chosen[one], news[0], span, states[one])
            totals[one] = more[0]
        else:
            other = np.random.randint(people)
            first = np.random.randint(horizon)
            last = min(horizon - 1, first + np.random.randint(10))
            if one == other or not _drawn_together(board, one, other, chosen, news, (first, last)):
                continue
            mine = first + board.known[one], last + board.known[one]
            theirs = first + board.known[other], last + board.known[other]
            worse = _walk(board, one, chosen[one], news[0], mine, states[one], totals[one], more[0])
            if worse == np.inf:
                continue
            worse += _walk(board, other, chosen[other], news[1], theirs, states[other], totals[other], more[1])
            if worse == np.inf:
                continue
            worse += _rejoin(board, one, chosen[one], news[0], mine, heads)
            worse += _rejoin(board, other, chosen[other], news[1], theirs, heads)
            if worse > 0:
                uphill, count = uphill + np.log(worse), count + 1
            if worse > limit:
                _rejoin(board, other, news[1], chosen[other], theirs, heads)
                _rejoin(board, one, news[0], chosen[one], mine, heads)
                continue
            _settle(board, one, chosen[one], news[0], mine, states[one])
            _settle(board, other, chosen[other], news[1], theirs, states[other])
            totals[one], totals[other] = more[0], more[1]
        now += worse
        if now < least - 1e-6:
            least = now
            best[:] = chosen
    return now, least, np.exp(uphill / max(1, count))
