"""A whole answer: one column a person, the heads they make together, and what it all costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.compile import Compiled
from scheduler.columns.person import Column

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs, the hard units it breaks, and both as felt: a hard unit is priced by the penalty."""

    price: float
    hard: float
    felt: float

    def __add__(self, other: Price) -> Price:
        return Price(self.price + other.price, self.hard + other.hard, self.felt + other.felt)

    def __sub__(self, other: Price) -> Price:
        return Price(self.price - other.price, self.hard - other.hard, self.felt - other.felt)


class Answer:
    """Columns of all people, never changed: another answer is another object."""

    def __init__(self, compiled: Compiled, columns: Sequence[Column]) -> None:
        self.compiled = compiled
        self.columns = tuple(columns)
        self.heads = np.zeros(len(compiled.coupling.rows), dtype=np.int64)
        for column in self.columns:
            self.heads[column.rows] += column.heads
        self._own = sum((own_price(compiled, column) for column in self.columns), Price(0.0, 0.0, 0.0))
        self._rows = rows_price(compiled, self.heads)

    @property
    def price(self) -> float:
        """The score."""
        return self._own.price + self._rows.price

    @property
    def felt(self) -> float:
        """The score and the penalty of hard units."""
        return self._own.felt + self._rows.felt

    @property
    def clean(self) -> bool:
        """Whether no hard rule is broken."""
        return self._own.hard + self._rows.hard < HALF

    def replaced(self, fresh: Sequence[Column], heads: Ints) -> Answer:
        """The answer with these columns for their people, which make these heads."""
        other = object.__new__(Answer)
        other.compiled = self.compiled
        columns = list(self.columns)
        own = self._own
        for column in fresh:
            own = own - own_price(self.compiled, columns[column.person]) + own_price(self.compiled, column)
            columns[column.person] = column
        other.columns, other.heads = tuple(columns), heads
        other._own, other._rows = own, rows_price(self.compiled, heads)
        return other

    def with_columns(self, fresh: Sequence[Column]) -> Answer:
        """The answer with these columns for their people."""
        heads = self.heads_without(column.person for column in fresh)
        for column in fresh:
            heads[column.rows] += column.heads
        return self.replaced(fresh, heads)

    def heads_without(self, people: Iterable[int]) -> Ints:
        """The heads that all but these people make."""
        heads = self.heads.copy()
        for person in people:
            column = self.columns[person]
            heads[column.rows] -= column.heads
        return heads


HALF = 1e-6
"""Hard units are whole; what is less comes from adding up."""


def own_price(compiled: Compiled, column: Column) -> Price:
    """The price of one person's month, with the sums left to the master."""
    price, hard, felt = column.price, 0.0, column.price
    for row, total in zip(compiled.people[column.person].sums, column.totals.tolist(), strict=True):
        place = row.at(total)
        price += float(row.prices[place])
        hard += float(row.hard[place])
        felt += float(row.felt[place])
    return Price(price, hard, felt)


def rows_price(compiled: Compiled, heads: Ints) -> Price:
    """The price of all rows at these heads."""
    tables = compiled.tables
    return Price(tables.price(heads), tables.hard_units(heads), float(tables.felt(heads).sum()))
