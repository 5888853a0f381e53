"""A whole answer: one column a person, the heads they make together, and what it all costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.compile import Column, Compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Answer:
    """Columns of all people; `felt` is the price with hard units priced by the penalty."""

    def __init__(self, compiled: Compiled, columns: Sequence[Column]) -> None:
        self.compiled = compiled
        self.columns = list(columns)
        self.heads = np.zeros(len(compiled.coupling.rows), dtype=np.int64)
        for column in self.columns:
            self.heads[column.rows] += column.heads
        self._sum()

    def _sum(self) -> None:
        rows = self.compiled.tables
        price, hard = rows.price(self.heads), rows.hard_units(self.heads)
        felt = price + self.compiled.penalty * hard
        for column in self.columns:
            own, own_hard, own_felt = own_price(self.compiled, column)
            price, hard, felt = price + own, hard + own_hard, felt + own_felt
        self.price, self.hard, self.felt = price, hard, felt

    @property
    def clean(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.hard

    def with_columns(self, columns: Sequence[Column]) -> Answer:
        """The same answer with other columns for their people."""
        changed = list(self.columns)
        for column in columns:
            changed[column.person] = column
        return Answer(self.compiled, changed)


def own_price(compiled: Compiled, column: Column) -> tuple[float, float, float]:
    """The price of one person's month, the hard units of the sums left to the master, and both as felt."""
    price, hard, felt = column.price, 0.0, column.price
    for row, total in zip(compiled.people[column.person].sums, column.totals, strict=True):
        place = row.at(int(total))
        price += float(row.prices[place])
        hard += float(row.hard[place])
        felt += float(row.felt[place])
    return price, hard, felt
