"""Column generation: the master says what heads are worth, the pricers offer better months until none is left."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.compile import Compiled
from scheduler.columns.master import Duals, Master
from scheduler.columns.person import Column

Floats = NDArray[np.float64]
Stop = Callable[[], bool]

SMOOTH = 0.7
"""So much of the best duals so far is kept when pricing: fewer, better rounds."""
TOLERANCE = 1e-6
FUTURE = float("-inf")


@dataclass(frozen=True, slots=True)
class Offers:
    """What the pricers answer: the bound that follows, and the months found."""

    bound: float
    columns: tuple[Column, ...]


class Generation:
    """Column generation over the people of a master; `allowed` narrows what a person may still do."""

    def __init__(self, compiled: Compiled, master: Master) -> None:
        self.compiled = compiled
        self.master = master
        self.allowed: dict[int, NDArray[np.bool_]] = {}
        self.bound = FUTURE
        self.center: Duals | None = None
        self.rounds = 0
        self.goal = float("inf")
        """Once the bound says that no mixture can be below this, there is nothing more to find."""

    def offers(self, duals: Duals) -> Offers:
        """Price every person's month at these duals."""
        worth = self.compiled.team_worth(duals.rows)
        bound = self.master.rows_value(duals)
        columns: list[Column] = []
        for number in self.master.people:
            price, column = self.best_month(number, duals, worth)
            if column is None:
                return Offers(float("inf"), ())
            bound += price
            columns.append(column)
        return Offers(bound, tuple(columns))

    def best_month(self, number: int, duals: Duals, worth: Floats) -> tuple[float, Column | None]:
        """The least that a person's month costs at these duals, and a month that costs it; none where none can be."""
        person = self.compiled.people[number]
        cost, marks = person.cost_at(worth, duals.sums[number])
        if number in self.allowed:
            cost = np.where(self.allowed[number], cost, np.inf)
        return person.month(cost, marks, self.compiled.clock)

    def run(self, stop: Stop, rounds: int = 10_000, report: Callable[[], None] = lambda: None) -> bool:
        """Go on for so many rounds, or until no month improves the mixture; whether that was reached."""
        if not self.master.solve():
            return False
        for _ in range(rounds):
            if stop() or self.bound >= self.goal:
                return False
            if self._watch_more():
                continue
            if math.isinf(self.master.value):
                return False
            if not self._improved(self.master.duals()):
                return not self._watch_more()
            report()
        return False

    def _watch_more(self) -> bool:
        """Take in the left sums that the mixture breaks; whether there were any."""
        fresh = self.master.unwatched()
        for person, place in fresh:
            self.master.watch(person, place)
        return bool(fresh) and self.master.solve()

    def _improved(self, duals: Duals) -> bool:
        """One round: price between the best duals and the master's, and if that brings nothing at the master's own."""
        self.rounds += 1
        if self.center is not None:
            mixed = duals.mixed(self.center, SMOOTH if self.bound > FUTURE else 1.0)
            if self._take(self.offers(mixed), mixed, duals):
                return True
            if math.isinf(self.master.value):
                return False
        return self._take(self.offers(duals), duals, duals)

    def _take(self, offers: Offers, priced_at: Duals, duals: Duals) -> bool:
        if offers.bound > self.bound or self.center is None:
            self.bound = max(self.bound, offers.bound)
            self.center = priced_at
        if self.master.value - self.bound <= TOLERANCE * max(1.0, abs(self.master.value)):
            return False
        added = sum(self.master.add(column) for column in self._worthwhile(offers.columns, duals))
        return bool(added) and self.master.solve()

    def _worthwhile(self, columns: Iterable[Column], duals: Duals) -> list[Column]:
        return [column for column in columns if self.reduced(column, duals) < -TOLERANCE]

    def reduced(self, column: Column, duals: Duals) -> float:
        """The price of a column less what it is worth."""
        worth = float((duals.rows[column.rows] * column.heads).sum())
        worth += float((duals.sums[column.person] * column.totals).sum()) if len(column.totals) else 0.0
        return column.price - worth - duals.months[column.person]
