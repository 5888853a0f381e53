"""A mixture of known months, and the prices of all rows that follow from it near a centre.

Row by row a dual may leave the centre only in proportion to what the mixture misses there. The best mixture is then
found without any simplex: each person in turn moves share from the dearest month in use to the cheapest known.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.compile import Compiled
from scheduler.columns.curves import curves_of, ends_of_sums
from scheduler.columns.kernels.mix import Months, duals_at, heads_of_mixture, mix, rows_price, rows_value
from scheduler.columns.person import Column

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

SWEEPS, MOVES = 2, 2
"""Sweeps over all people between two pricings, and moves of share of each person in a sweep."""
ROOM = 60
"""Known months a person; the one longest out of use makes room for a new one."""
EFFORT = 2e-6
"""Nominal seconds of a move of share."""


class Mixture:
    """Known months of some people, mixed, beside whole months of the others."""

    def __init__(
        self,
        compiled: Compiled,
        columns: Sequence[Column],
        others: Sequence[Column] = (),
        noise: Sequence[Floats] | None = None,
    ) -> None:
        """Begin from one month each; `noise` shakes the price of everybody's cells, [day, choice] each."""
        self.compiled = compiled
        self.people = tuple(column.person for column in columns)
        self._number = {person: number for number, person in enumerate(self.people)}
        self.ends = ends_of_sums(compiled)
        self.curves = compiled.once("curves", lambda: curves_of(compiled))
        given = self.curves.always.copy()
        for column in others:
            rows, heads = self._counted(column)
            given[rows] += heads
        self.curves = self.curves._replace(always=given)
        self.known: list[list[Column]] = [[] for _ in columns]
        self.allowed = [compiled.people[person].possible.copy() for person in self.people]
        self.noise = noise
        self.whole = [False] * len(columns)
        """Who has one month left, and no other to be looked for."""
        self.bound = float("-inf")
        self.rounds = 0
        self._place: list[dict[bytes, int]] = [{} for _ in columns]
        self._used = np.zeros((len(columns), ROOM), dtype=np.int64)
        self.months = _empty(
            len(columns), max((len(column.rows) + len(column.totals) for column in columns), default=1)
        )
        for number, column in enumerate(columns):
            self.take(number, column)
        self.months.share[:, 0] = 1.0
        self.centre = np.clip(np.zeros(len(given)), *self._limits())
        self.settle()

    def settle(self) -> None:
        """Work out heads and duals anew: after months came or went, or the centre moved."""
        self.heads = heads_of_mixture(self.months, self.curves)
        self.duals = duals_at(self.heads, self.centre, self.curves)

    @property
    def value(self) -> float:
        """What the mixture costs: the value of the linear programme from above."""
        return float((self.months.price * self.months.share).sum()) + rows_price(self.heads, self.curves)

    def round(self, randomly: Generator, close: float) -> bool:
        """Price everybody's month at the duals, then mix; whether the bound is better, and then the centre too.

        It is infinite where somebody has no month left.
        """
        bound, found = self._offers()
        self.rounds += 1
        self._used[self.months.share > 0] = self.rounds
        for column in found:
            self.take(self._number[column.person], column)
        better = bound > self.bound
        if better:
            self.bound, self.centre = bound, self.duals.copy()
        self.settle()
        for _ in range(SWEEPS):
            self.compiled.clock.spend(EFFORT * len(self.people))
            order = randomly.permutation(len(self.people))
            gap = mix(order, MOVES, self.months, self.heads, self.duals, self.centre, self.curves)
            if gap < close * abs(self.bound):
                break
        return better

    def hold_nearer(self) -> None:
        """Let the duals leave the centre half as far."""
        self.curves = self.curves._replace(reach=self.curves.reach / 2)

    def _offers(self) -> tuple[float, list[Column]]:
        """The bound at the duals, and everybody's cheapest month there."""
        worth = self.compiled.team_worth(self.duals[: self.ends[0]])
        bound, found = rows_value(self.duals, self.curves), list[Column]()
        for number, person in enumerate(self.people):
            if self.whole[number]:
                bound += self._worth_of_whole(number)
                continue
            one = self.compiled.people[person]
            cost, marks = one.cost_at(worth, self.duals[self.ends[person] : self.ends[person + 1]])
            shaken = cost if self.noise is None else cost + self.noise[number]
            cost = np.where(self.allowed[number], shaken, np.inf)
            price, column = one.month(cost, marks, self.compiled.clock)
            if column is None:
                return float("inf"), []
            bound += price
            found.append(column)
        return bound, found

    def _worth_of_whole(self, number: int) -> float:
        """The price of the one month left, less what its heads are worth."""
        months, size = self.months, int(self.months.size[number, 0])
        rows, heads = months.rows[number, 0, :size], months.heads[number, 0, :size]
        return float(months.price[number, 0] - self.duals[rows] @ heads)

    def take(self, number: int, column: Column, share: float = 0.0) -> None:
        """Know a month, in the place of the one longest out of use if there is no other."""
        key = column.chosen.tobytes()
        place = self._place[number].get(key)
        if place is None:
            place = self._free_place(number)
            self._place[number][key] = place
            self._write(number, place, column)
        self.months.share[number, place] += share

    def _free_place(self, number: int) -> int:
        months = self.months
        if len(self.known[number]) < ROOM:
            months.counts[number] += 1
            return len(self.known[number])
        place = int(np.lexsort((months.share[number], self._used[number]))[0])
        lost, months.share[number, place] = months.share[number, place], 0.0
        months.share[number, int(np.argmax(months.share[number]))] += lost
        del self._place[number][self.known[number][place].chosen.tobytes()]
        return place

    def _write(self, number: int, place: int, column: Column) -> None:
        self.known[number][place : place + 1] = [column]
        self._used[number, place] = self.rounds
        rows, heads = self._counted(column)
        wider = len(rows) - self.months.rows.shape[2]
        if wider > 0:
            more = ((0, 0), (0, 0), (0, wider))
            self.months = self.months._replace(
                rows=np.pad(self.months.rows, more), heads=np.pad(self.months.heads, more)
            )
        months = self.months
        days = np.arange(len(column.chosen))
        shaken = 0.0 if self.noise is None else float(self.noise[number][days, column.chosen].sum())
        months.price[number, place], months.size[number, place] = column.price + shaken, len(rows)
        months.rows[number, place, : len(rows)] = rows
        months.heads[number, place, : len(rows)] = heads

    def _counted(self, column: Column) -> tuple[Ints, Ints]:
        """The rows in which a month counts, sums among them, and how often."""
        sums = np.nonzero(column.totals)[0]
        rows = np.concatenate([column.rows, sums + self.ends[column.person]])
        return rows, np.concatenate([column.heads, column.totals[sums]])

    def forget(self, number: int, kept: Mask) -> None:
        """Know only these of a person's months; what the others had goes to them in proportion."""
        known = [
            (column, float(share))
            for column, share, keep in zip(self.known[number], self.months.share[number], kept, strict=False)
            if keep
        ]
        whole = sum(share for _, share in known)
        self.known[number], self._place[number] = [], {}
        self.months.counts[number] = 0
        self.months.share[number] = 0.0
        for column, share in known:
            self.take(number, column, share / whole if whole > 0 else 1 / len(known))
        self.whole[number] = len(known) == 1 and int(self.allowed[number].sum(axis=1).max()) == 1

    def shares(self, number: int) -> list[tuple[Column, float]]:
        """A person's months in use, and how much of each."""
        shares = self.months.share[number].tolist()
        return [(column, share) for column, share in zip(self.known[number], shares, strict=False) if share > 0]

    def weights(self, number: int) -> Floats:
        """[day, choice]: how much of the person's mixture has the choice."""
        found = np.zeros(self.allowed[number].shape)
        for column, share in self.shares(number):
            found[np.arange(len(column.chosen)), column.chosen] += share
        return found

    def _limits(self) -> tuple[Floats, Floats]:
        ends, rows = self.curves.ends, np.arange(len(self.curves.always))
        return self.curves.worth[ends[1:] + rows], self.curves.worth[ends[:-1] + rows]


def _empty(people: int, width: int) -> Months:
    shape = people, ROOM
    return Months(
        np.zeros(people, dtype=np.int64),
        np.zeros(shape),
        np.zeros(shape),
        np.zeros(shape, dtype=np.int64),
        np.zeros((*shape, width), dtype=np.int64),
        np.zeros((*shape, width)),
    )
