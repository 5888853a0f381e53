"""The quickest answers: each person in turn gets the best month beside all others', until nobody's can be bettered."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.answer import Answer
from scheduler.columns.compile import Column, Compiled

Ints = NDArray[np.int64]
Stop = Callable[[], bool]


def best_month(compiled: Compiled, person: int, heads: Ints) -> Column | None:
    """The best month of one person beside these heads of the others: exact where nobody counts twice in a row."""
    one = compiled.people[person]
    more, fewer = compiled.tables.worth(heads)
    worth = compiled.team_worth(more, fewer)
    cost, marks = one.cost_at(worth, np.zeros(len(one.left)))
    prices, chosen = one.pricer.cheapest(cost, marks)
    return one.column(chosen[0]) if len(prices) else None


def first_answer(compiled: Compiled, order: Iterable[int]) -> Answer | None:
    """One person after the other, the first beside nobody; None if somebody has no legal month."""
    heads = np.zeros(len(compiled.coupling.rows), dtype=np.int64)
    columns: dict[int, Column] = {}
    for person in order:
        column = best_month(compiled, person, heads)
        if column is None:
            return None
        columns[person] = column
        heads[column.rows] += column.heads
    return Answer(compiled, [columns[person] for person in range(len(compiled.people))])


def descend(answer: Answer, randomly: Generator, stop: Stop = lambda: False) -> Answer:
    """Better each person's month in turn until a whole round brings nothing."""
    compiled = answer.compiled
    better = True
    while better and not stop():
        better = False
        for person in randomly.permutation(len(compiled.people)).tolist():
            column = answer.columns[person]
            heads = answer.heads.copy()
            heads[column.rows] -= column.heads
            other = best_month(compiled, person, heads)
            if other is None or other.key == column.key:
                continue
            changed = answer.with_columns([other])
            if changed.felt < answer.felt - 1e-6:
                answer, better = changed, True
    return answer
