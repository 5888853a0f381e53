"""The quickest answers: one person's best month beside all others', again and again.

Beside given heads of the others the best month of one person is exact. So a first answer takes one pricing a person,
and annealing over small groups, taken out and put back one after the other, soon comes near the best.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scheduler.columns.answer import Answer, own_price
from scheduler.columns.compile import Compiled
from scheduler.columns.person import Column, Person
from scheduler.columns.rows import Row

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Stop = Callable[[], bool]

GROUP = 2, 4
"""So many people are taken out at once, the second number not included."""
DEARER, SMALL_PART = 8, 0.1
"""So often the hard sums are priced dearer, beginning with this part of what a duty is worth."""
NOISE = 0.3
"""Prices are shaken by this share of the temperature."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How warm annealing is, and the chance it draws from."""

    degree: float
    randomly: Generator


def best_month(
    compiled: Compiled, person: int, heads: Ints, old: Column | None = None, heat: Heat | None = None
) -> Column | None:
    """The best month of one person beside these heads of the others; with heat, one drawn from the good ones.

    Sums left to the master have no exact price on the way; what the old month says of them is a guess.
    """
    one = compiled.people[person]
    more, fewer = compiled.tables.worth(heads)
    totals = zip(one.sums, old.totals.tolist(), strict=True) if old else ()
    guess = np.array([_guess(row, total, heat) for row, total in totals] if old else [0.0] * len(one.sums))
    worth = compiled.team_worth(more, fewer)
    shaken = heat.randomly.normal(size=one.possible.shape) * (heat.degree * NOISE) if heat else 0.0
    cost, marks = one.cost_at(worth, guess)
    column = one.month(cost + shaken, marks, compiled.clock)[1]
    if column is None or not own_price(compiled, column).hard:
        return column
    return _within(compiled, one, worth, shaken) or column


def _within(compiled: Compiled, one: Person, worth: Floats, shaken: Floats | float) -> Column | None:
    """A month that keeps the hard sums left to the master: these are priced dearer until it does."""
    price = np.zeros(len(one.sums))
    step = _worth_of_unit(one, worth)
    for _ in range(DEARER):
        cost, marks = one.cost_at(worth, price)
        column = one.month(cost + shaken, marks, compiled.clock)[1]
        if column is None:
            return None
        over = np.array([_over(row, total) for row, total in zip(one.sums, column.totals.tolist(), strict=True)])
        if not over.any():
            return column
        price -= over * step
        step *= 1.6
    return None


def _over(row: Row, total: int) -> int:
    """Whether a total lies above (1) or below (-1) what a hard bound allows."""
    if not row.hard[row.at(total)]:
        return 0
    return 1 if total > row.target else -1


def _worth_of_unit(one: Person, worth: Floats) -> Floats:
    """[sum]: a small part of what a duty is worth, for each unit that it adds."""
    duty = float(np.median(np.abs(worth[one.teams].sum(axis=2)).max(axis=1)))
    units = np.array([meter.of_a_duty for meter in one.left])
    found: Floats = SMALL_PART * max(1.0, duty) / units
    return found


def _guess(row: Row, total: int, heat: Heat | None) -> float:
    """What a further unit of a sum may be worth, seen from where the total stands."""
    place = row.at(total)
    above = float(row.felt[min(place + 1, len(row.felt) - 1)] - row.felt[place])
    below = float(row.felt[max(place - 1, 0)] - row.felt[place])
    part = float(heat.randomly.random()) if heat else 1.0
    if below < 0:
        return below * part
    return -above * part if above < 0 else -above * part * part


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
    better = True
    while better and not stop():
        better = False
        for person in randomly.permutation(len(answer.columns)).tolist():
            changed = _put_back(answer, [person], None)
            if changed is not None and changed.felt < answer.felt - 1e-6:
                answer, better = changed, True
            if stop():
                break
    return answer


def anneal(
    answer: Answer, randomly: Generator, heat: Callable[[], float], stop: Stop, met: Callable[[Answer], None]
) -> None:
    """Take small groups out and put them back, the worse more seldom the cooler it is; tell of each best answer met."""
    best = answer
    while not stop():
        warmth = Heat(heat(), randomly)
        count = min(int(randomly.integers(*GROUP)), len(answer.columns))
        people = randomly.choice(len(answer.columns), count, replace=False).tolist()
        changed = _put_back(answer, people, warmth)
        if changed is None:
            continue
        worse = changed.felt - answer.felt
        if worse < 0 or randomly.random() < math.exp(-worse / warmth.degree):
            answer = changed
            if answer.felt < best.felt - 1e-6:
                best = answer
                met(best)


def _put_back(answer: Answer, people: list[int], heat: Heat | None) -> Answer | None:
    """The answer with these people's months chosen anew, one after the other."""
    heads = answer.heads_without(people)
    fresh: list[Column] = []
    for person in people:
        column = best_month(answer.compiled, person, heads, answer.columns[person], heat)
        if column is None:
            return None
        fresh.append(column)
        heads[column.rows] += column.heads
    return answer.replaced(fresh, heads)
