"""The last step: all months that a better answer could hold are written down, and the best of their unions is found.

At prices of the rows whose bound is b, a month that costs more than u - b beyond the cheapest is in no answer of cost u
or less. Near the end some thousand months are left of all people together, and a branch and bound over them proves in
seconds what neighbourhoods never can. Baldacci, Christofides and Mingozzi (Mathematical Programming 115, 2008) close
vehicle routes so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.columns.answer import Answer, own_price
from scheduler.columns.generate import Generation
from scheduler.columns.master import Duals
from scheduler.columns.person import Column
from scheduler.columns.programme import Programme

Stop = Callable[[], bool]

CENTRES = 6
"""Rounds of pricing from the middle of the best duals."""
LEAST = 1.0
"""Prices are whole numbers: a better answer is better by one at least."""
TRACE = 1e-6
NEARER, FEW, PART = (0.8, 0.65, 0.5), 20_000, 0.3
"""Where all months are too many: those within such a share of what is allowed, if so few, in a part of the time."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What no answer can cost less than, and a better answer than the known one, if there is any."""

    bound: float
    answer: Answer | None


class Closing:
    """Looks for better answers than a known one among all months that could be part of them."""

    def __init__(self, generation: Generation) -> None:
        self.compiled = generation.compiled
        self._generation = generation
        self._master = generation.master
        self._bound = float("-inf")
        self._duals: Duals | None = None
        self._centre()

    def close(self, known: Answer, most: int, seconds: float, stop: Stop, few: int = FEW) -> Closed | None:
        """What branch and bound says within the time; None if more than `most` months could be in a better answer.

        Then the nearer ones are tried, in a part of the time: that says nothing of the bound, but a better answer
        leaves fewer months.
        """
        spare = known.felt - LEAST - self._bound + TRACE
        months = self._months(spare, most)
        if months is not None:
            return self._among(months, known, seconds, stop)
        for share in NEARER:
            months = self._months(spare * share, few)
            if months is not None:
                found = self._among(months, known, seconds * PART, stop)
                return found and replace(found, bound=self._bound)
        return None

    def _among(self, months: Sequence[Column], known: Answer, seconds: float, stop: Stop) -> Closed | None:
        """What branch and bound says of the unions of these months."""
        if not months:
            return Closed(known.felt, None)
        programme = self._programme(months, known)
        found = programme.whole(seconds, stop)
        if found is None:
            return None
        bound = min(found.bound + self._master.rows_floor, known.felt)
        shares = found.values[-len(months) :]
        chosen = [month for month, share in zip(months, shares, strict=True) if share > 1 / 2]
        if not chosen:
            return Closed(bound, None)
        return Closed(bound, Answer(self.compiled, sorted(chosen, key=lambda month: month.person)))

    def _centre(self) -> None:
        """Prices from the middle of the best ones: there fewer months cost little than at a vertex."""
        for _ in range(CENTRES):
            duals = self._inner_duals()
            if duals is None:
                return
            offers = self._generation.offers(duals)
            if offers.bound > self._bound:
                self._bound, self._duals = offers.bound, duals
            if not sum(self._master.add(column) for column in offers.columns):
                return

    def _inner_duals(self) -> Duals | None:
        master, people, tables = self._master, self.compiled.people, self.compiled.tables
        programme = Programme()
        ones = {person: programme.one() for person in master.people}
        rows = self._rows(programme)
        sums = {
            (person, place): programme.row(people[person].sums[place], float(people[person].sums[place].target))
            for person, place in master.watched
        }
        for column, _ in master.columns.values():
            at = [ones[column.person], *(rows[row] for row in column.rows.tolist())]
            each = [1.0, *column.heads.tolist()]
            for place, total in enumerate(column.totals.tolist()):
                if total and (column.person, place) in sums:
                    at.append(sums[column.person, place])
                    each.append(total)
            programme.variable(column.price, 1.0, at, each)
        found = programme.inner_duals()
        if not found:
            return None
        worth = np.zeros(len(tables.least_dual))
        worth[list(rows)] = [found[number] for number in rows.values()]
        of_sums = {person: np.zeros(len(people[person].sums)) for person in master.people}
        for (person, place), number in sums.items():
            of_sums[person][place] = people[person].sums[place].kept(found[number])
        months = {person: found[number] for person, number in ones.items()}
        return Duals(np.clip(worth, tables.least_dual, tables.most_dual), of_sums, months)

    def _months(self, spare: float, most: int) -> list[Column] | None:
        """The months of all people that cost no more than so much beyond the cheapest; None if more than `most`."""
        if self._duals is None:
            return None
        worth = self.compiled.team_worth(self._duals.rows)
        found: list[Column] = []
        for number in self._master.people:
            person = self.compiled.people[number]
            near = person.near(*person.cost_at(worth, self._duals.sums[number]), spare, most - len(found))
            if near is None:
                return None
            found += near
        return found

    def _programme(self, months: Sequence[Column], known: Answer) -> Programme:
        """One month a person, or the known answer as if it were one month of all."""
        programme = Programme()
        ones = {person: programme.one() for person in self._master.people}
        rows = self._rows(programme)
        wanted = [self._master.wanted[row] for row in rows]
        programme.variable(
            known.felt - self._master.rows_floor, 1.0, [*ones.values(), *rows.values()], [*([1.0] * len(ones)), *wanted]
        )
        for month in months:
            at = [ones[month.person], *(rows[row] for row in month.rows.tolist())]
            programme.variable(own_price(self.compiled, month).felt, 1.0, at, [1.0, *month.heads.tolist()])
        return programme

    def _rows(self, programme: Programme) -> dict[int, int]:
        """The constraint of each row."""
        rows = self.compiled.coupling.rows
        return {row: programme.row(rows[row], self._master.wanted[row]) for row in self._master.numbers}
