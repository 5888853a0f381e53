"""Shares moved between known months, one person after the other, while the prices of all rows follow."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.kernels.compiled import Floats, Ints, compiled

SEARCHES = 12
"""Points at most that a step's length is looked for at."""
NEAR = 0.02
"""A step is long enough once its slope is this share of the first."""
NOTHING = 1e-300
"""A change of a row that counts as none but says that the row is touched."""


class Curves(NamedTuple):
    """The convex price of each row, and how its dual follows the heads."""

    ends: Ints
    """[row]: its bends are `bends[ends[row]:ends[row + 1]]`; a row has one slope more than bends."""
    bends: Floats
    worth: Floats
    """What a head is worth before, between and after the bends: row `r`'s begin at `ends[r] + r`."""
    floor: Floats
    """[row]: what the first bend costs."""
    always: Floats
    """[row]: heads that history brings."""
    reach: Floats
    """[row]: how far the dual may leave the centre for each head that the mixture misses."""


class Months(NamedTuple):
    """[person, place]: known months, their shares in the mixture, and the rows that each counts in."""

    counts: Ints
    price: Floats
    share: Floats
    size: Ints
    rows: Ints
    heads: Floats


@compiled
def dual_at(row: int, heads: float, centre: float, curves: Curves) -> float:
    """What a head is worth here: the row's own slope as far as the centre lets it."""
    reach = curves.reach[row]
    for bend in range(curves.ends[row], curves.ends[row + 1]):
        line = centre + reach * (curves.bends[bend] - heads)
        if line >= curves.worth[bend + row]:
            return float(curves.worth[bend + row])
        if line >= curves.worth[bend + row + 1]:
            return float(line)
    return float(curves.worth[curves.ends[row + 1] + row])


@compiled
def duals_at(heads: Floats, centre: Floats, curves: Curves) -> Floats:
    """What a head is worth in every row."""
    found = np.empty(len(heads))
    for row in range(len(heads)):
        found[row] = dual_at(row, heads[row], centre[row], curves)
    return found


@compiled
def heads_of_mixture(months: Months, curves: Curves) -> Floats:
    """[row]: the heads that the mixture makes."""
    heads = curves.always.copy()
    for person in range(len(months.counts)):
        for place in range(months.counts[person]):
            share = months.share[person, place]
            if share > 0.0:
                for at in range(months.size[person, place]):
                    heads[months.rows[person, place, at]] += share * months.heads[person, place, at]
    return heads


@compiled
def rows_price(heads: Floats, curves: Curves) -> float:
    """What all rows cost at these heads, whole or not."""
    total = 0.0
    for row in range(len(heads)):
        first, end = curves.ends[row], curves.ends[row + 1]
        total += curves.floor[row] + curves.worth[first + row] * max(0.0, curves.bends[first] - heads[row])
        for bend in range(first, end):
            if heads[row] <= curves.bends[bend]:
                break
            upto = heads[row] if bend + 1 == end else min(heads[row], curves.bends[bend + 1])
            total -= curves.worth[bend + row + 1] * (upto - curves.bends[bend])
    return total


@compiled
def rows_value(duals: Floats, curves: Curves) -> float:
    """The part of the Lagrangian bound that the rows give at duals within their slopes."""
    total = 0.0
    for row in range(len(duals)):
        price, least = curves.floor[row], np.inf
        for bend in range(curves.ends[row], curves.ends[row + 1]):
            if bend > curves.ends[row]:
                price -= curves.worth[bend + row] * (curves.bends[bend] - curves.bends[bend - 1])
            least = min(least, price + duals[row] * curves.bends[bend])
        total += least - duals[row] * curves.always[row]
    return total


@compiled
def slope_at(
    step: float, base: float, touched: Ints, change: Floats, heads: Floats, centre: Floats, curves: Curves
) -> float:
    """How the whole price changes with the length of a step, at this length."""
    slope = base
    for row in touched:
        slope -= change[row] * dual_at(row, heads[row] + step * change[row], centre[row], curves)
    return slope


@compiled
def mix(order: Ints, moves: int, months: Months, heads: Floats, duals: Floats, centre: Floats, curves: Curves) -> float:
    """Each person in turn moves share from the dearest month in use to the cheapest known.

    Returns what this could still bring, as seen on the way.
    """
    change, touched = np.zeros(len(heads)), np.zeros(len(heads), dtype=np.int64)
    gap = 0.0
    for person in order:
        for move in range(moves):
            least, most, mean, best, worst = np.inf, -np.inf, 0.0, 0, 0
            for place in range(months.counts[person]):
                price = months.price[person, place]
                for at in range(months.size[person, place]):
                    price -= duals[months.rows[person, place, at]] * months.heads[person, place, at]
                if price < least:
                    least, best = price, place
                if months.share[person, place] > 0.0:
                    mean += months.share[person, place] * price
                    if price > most:
                        most, worst = price, place
            if move == 0:
                gap += mean - least
            if most - least <= 1e-3:
                break
            size = 0
            for place, sign in ((best, 1.0), (worst, -1.0)):
                for at in range(months.size[person, place]):
                    row = months.rows[person, place, at]
                    if change[row] == 0.0:
                        touched[size] = row
                        size += 1
                    change[row] += sign * months.heads[person, place, at]
                    if change[row] == 0.0:
                        change[row] = NOTHING
            base, top = months.price[person, best] - months.price[person, worst], months.share[person, worst]
            step, after = top, slope_at(top, base, touched[:size], change, heads, centre, curves)
            if after > 0.0:
                low, high, before = 0.0, top, least - most
                for number in range(SEARCHES):
                    step = 0.5 * (low + high) if number % 3 == 2 else low - before * (high - low) / (after - before)
                    slope = slope_at(step, base, touched[:size], change, heads, centre, curves)
                    if abs(slope) < NEAR * (most - least):
                        break
                    if slope > 0.0:
                        high, after = step, slope
                    else:
                        low, before = step, slope
            months.share[person, best] += step
            months.share[person, worst] = months.share[person, worst] - step if step < top else 0.0
            for row in touched[:size]:
                heads[row] += step * change[row]
                duals[row] = dual_at(row, heads[row], centre[row], curves)
                change[row] = 0.0
    return gap
