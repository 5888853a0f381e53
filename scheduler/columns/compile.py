"""A problem made ready for column generation: every person's pricer and the rows that couple them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from constraints.book import Book
from constraints.shapes import AnyOf, Cover, Run, Shape, Succession
from domain.roster import Duty, Roster
from scheduler.columns.compiled import compiled
from scheduler.columns.choices import TooWide, choices_of
from scheduler.columns.clock import Clock
from scheduler.columns.coupling import Coupling, Tables, couple
from scheduler.columns.machine import build
from scheduler.columns.meters import Meter
from scheduler.columns.pricing import Pricer
from scheduler.columns.reading import Reading, read_person

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TOTALS = 1000
"""So many totals at most are counted on the way of one person."""
WORK = 200_000_000
"""States times totals over all people that a round of pricing may cost; further sums become rows of the master."""
EFFORT = 2e-9
"""Nominal seconds that a state and total costs in a pricing."""
HISTORY = 31
"""Days of history that a run or a rest can reach back to."""


@dataclass(frozen=True, slots=True)
class Column:
    """One legal month of one person."""

    person: int
    chosen: Ints
    """[day]: the choice of each day, history included."""
    price: float
    """The price of the person's own shapes but for the sums left to the master."""
    totals: Ints
    """[sum left to the master]: what the month adds up to."""
    rows: Ints
    heads: Ints
    """The rows it touches, and how often it counts in each."""

    @property
    def key(self) -> tuple[int, bytes]:
        """What makes it the same column."""
        return self.person, self.chosen.tobytes()


class Person:
    """One person's reading, pricer and teams."""

    def __init__(
        self, number: int, shapes: Sequence[Shape], reading: Reading, coupling: Coupling, penalty: float, people: int
    ) -> None:
        self.number = number
        self.shapes = shapes
        self.reading = reading
        self.machine = build(reading)
        self.counted, self.left = _split(reading.meters, min(TOTALS, WORK // (people * int(self.machine.layers[-1]))))
        self.pricer = Pricer(reading, self.machine, self.counted)
        self.sums = tuple(meter.row(penalty) for meter in self.left)
        self._coupling = coupling
        self.teams = self._teams()
        self._arc_of = self._arcs()

    def _arcs(self) -> Ints:
        """[state, choice]: the arc that a choice takes; -1: none."""
        arcs = np.full((int(self.machine.layers[-1]), self.reading.choices.width), -1, dtype=np.int64)
        arcs[self.machine.source, self.machine.choice] = np.arange(len(self.machine.source))
        return arcs

    def _teams(self) -> Ints:
        """[day, choice, place]: the teams a choice joins; the number after the last team stands for none."""
        none = len(self._coupling.team_ends) - 1
        cells = self.reading.choices.cells
        found = [
            [
                [team for entry in entries if not entry.fixed for team in self._coupling.team_of.get(entry, ())]
                for entries in cell
            ]
            for cell in cells
        ]
        depth = max((len(teams) for cell in found for teams in cell), default=0)
        teams = np.full((*self.reading.cost.shape, max(1, depth)), none, dtype=np.int64)
        for day, cell in enumerate(found):
            for choice, numbers in enumerate(cell):
                teams[day, choice, : len(numbers)] = numbers
        return teams

    def months(self, cost: Floats, marks: Floats, clock: Clock, *, paths: int = 1) -> tuple[Floats, list[Column]]:
        """The prices and columns of the cheapest months, the best first, the person's constant included."""
        clock.spend(self._effort)
        prices, chosen = self.pricer.cheapest(cost, marks, paths=paths)
        columns = [column for path in chosen if (column := self.column(path)) is not None]
        return prices + self.reading.constant, columns

    @property
    def _effort(self) -> float:
        """Nominal seconds of a pricing."""
        return EFFORT * (1e5 + self.pricer.size)

    def cost_at(self, worth: Floats, sum_worth: Floats) -> tuple[Floats, Floats]:
        """The price of each choice and of each mark when teams and units of the left sums are worth so much.

        `worth` has one place more than there are teams, for none: zero.
        """
        cost = self.reading.cost - worth[self.teams].sum(axis=2)
        marks = np.zeros(len(self.reading.marks))
        for meter, each in zip(self.left, sum_worth, strict=True):
            if each:
                cost -= meter.weights * (each / meter.unit)
                for mark, weight in meter.marks:
                    marks[mark] -= each * weight / meter.unit
        return cost, marks

    def column(self, chosen: Ints) -> Column | None:
        """The month of these choices; None where a rule forbids it."""
        followed = self.follow(chosen)
        if followed is None:
            return None
        price, marked = followed
        if not self.reading.exact:
            price = self._judged(chosen, marked)
        coupling = self._coupling
        rows, heads = heads_of(
            chosen, self.teams, coupling.team_ends, coupling.team_rows, coupling.team_signs, len(coupling.rows)
        )
        totals = np.array([meter.units(chosen, marked) for meter in self.left], dtype=np.int64)
        return Column(self.number, chosen, price, totals, rows, heads)

    def follow(self, chosen: Ints) -> tuple[float, set[int]] | None:
        """The price along the machine's path, and the marks hit; None where there is no path."""
        machine = self.machine
        words, extra = follow(chosen, self._arc_of, machine.target, machine.marked, machine.extra)
        if not len(words):
            return None
        price = extra + self.reading.constant + float(self.reading.cost[np.arange(len(chosen)), chosen].sum())
        marked = {
            int(machine.mark_of[day, bit])
            for day, word in zip(*_nonzero(words), strict=True)
            for bit in range(word.bit_length())
            if word >> bit & 1
        }
        price += sum(self.reading.marks[mark].cost for mark in marked)
        price += sum(meter.cost(meter.total(chosen, marked)) for meter in self.counted)
        return (price, marked) if np.isfinite(price) else None

    def _judged(self, chosen: Ints, marked: set[int]) -> float:
        """The exact price where the machine only bounds it: by the shapes themselves."""
        entries = {entry for day, choice in enumerate(chosen) for entry in self.reading.choices.cells[day][choice]}
        history = frozenset(entry for entry in entries if entry.fixed)
        gaps = ((shape, sum(fault.measure.gap for fault in shape.faults(entries, history))) for shape in self.shapes)
        whole = sum(shape.cost(gap) for shape, gap in gaps if gap)
        return float(whole) - sum(meter.cost(meter.total(chosen, marked)) for meter in self.left)


def _nonzero(words: Ints) -> tuple[list[int], list[int]]:
    days = np.nonzero(words)[0]
    return days.tolist(), words[days].tolist()


@compiled
def follow(chosen, arc_of, target, marked, extra):  # noqa: ANN001, ANN201
    """The marks hit on each day and the price beyond choices and marks; no marks where there is no path."""
    words = np.zeros(len(chosen), dtype=np.int64)
    state, price = 0, 0.0
    for day in range(len(chosen)):
        arc = arc_of[state, chosen[day]]
        if arc < 0:
            return np.empty(0, dtype=np.int64), price
        words[day] = marked[arc]
        price += extra[arc]
        state = target[arc]
    return words, price


@compiled
def heads_of(chosen, teams, team_ends, team_rows, team_signs, rows):  # noqa: ANN001, ANN201, PLR0913, PLR0917
    """The rows that a month touches, and how often it counts in each."""
    heads = np.zeros(rows, dtype=np.int64)
    none = len(team_ends) - 1
    for day in range(len(chosen)):
        for place in range(teams.shape[2]):
            team = teams[day, chosen[day], place]
            if team < none:
                for at in range(team_ends[team], team_ends[team + 1]):
                    heads[team_rows[at]] += team_signs[at]
    touched = np.nonzero(heads)[0]
    return touched, heads[touched]


class Compiled:
    """All people and rows of a problem."""

    def __init__(self, book: Book, shapes: Sequence[Shape], clock: Clock) -> None:
        self.book = book
        self.clock = clock
        personal: defaultdict[str, list[Shape]] = defaultdict(list)
        covers: list[Cover] = []
        for shape in shapes:
            if isinstance(shape, Cover):
                covers.append(shape)
            elif shape.about.agent is not None:
                personal[shape.about.agent.id].append(shape)
            else:
                raise TooWide("a shape of nobody and not of cover")
        self.penalty = _penalty(shapes)
        self.coupling = couple(covers, self.penalty)
        self.people = [
            Person(number, personal[agent.id], _read(book, number, personal[agent.id]), self.coupling, self.penalty, len(book.agents))
            for number, agent in enumerate(book.agents)
        ]

    @cached_property
    def tables(self) -> Tables:
        """The prices of all rows."""
        return Tables(self.coupling)

    def people_of(self, row: int) -> Ints:
        """The people who could join a row."""
        return self._members[row]

    @cached_property
    def _members(self) -> list[Ints]:
        coupling = self.coupling
        members: list[set[int]] = [set() for _ in coupling.rows]
        for person in self.people:
            for team in np.unique(person.teams)[:-1].tolist():
                for row in coupling.team_rows[coupling.team_ends[team] : coupling.team_ends[team + 1]].tolist():
                    members[row].add(person.number)
        return [np.array(sorted(found), dtype=np.int64) for found in members]

    def team_worth(self, one_more: Floats, one_fewer: Floats | None = None) -> Floats:
        """[team]: what joining a team is worth when a head more and a head fewer are worth so much in each row."""
        coupling = self.coupling
        fewer = one_more if one_fewer is None else one_fewer
        signs = coupling.team_signs
        each = np.where(signs > 0, one_more[coupling.team_rows], fewer[coupling.team_rows]) * signs
        teams = np.repeat(np.arange(len(coupling.team_ends) - 1), np.diff(coupling.team_ends))
        return np.append(np.bincount(teams, each, len(coupling.team_ends) - 1), 0.0)

    def roster(self, columns: Sequence[Column]) -> Roster:
        """The roster of one column a person."""
        duties: list[Duty] = list(self.book.situation.history)
        for person, column in zip(self.people, columns, strict=True):
            cells = person.reading.choices.cells
            duties += [
                entry.duty
                for day, choice in enumerate(column.chosen)
                for entry in cells[day][choice]
                if not entry.fixed
            ]
        return Roster.of(self.book.horizon, duties)

    def columns(self, roster: Roster) -> list[Column] | None:
        """One column a person from a roster; None if a person's month is not legal."""
        planned = set(roster.planned)
        found: list[Column] = []
        for person in self.people:
            cells = person.reading.choices.cells
            wanted = [
                next((c for c, entries in enumerate(cell) if {e.duty for e in entries} == _on(planned, cell)), -1)
                for cell in cells
            ]
            wanted[: person.reading.choices.known] = [0] * person.reading.choices.known
            column = person.column(np.array(wanted, dtype=np.int64)) if min(wanted) >= 0 else None
            if column is None:
                return None
            found.append(column)
        return found


def _on(planned: set[Duty], cell: tuple[tuple[object, ...], ...]) -> set[Duty]:
    return {entry.duty for entries in cell for entry in entries} & planned  # type: ignore[attr-defined]


def _read(book: Book, number: int, shapes: Sequence[Shape]) -> Reading:
    agent = book.agents[number]
    known = _known(book, number, shapes)
    return read_person(choices_of(book, agent, shapes, known), shapes)


def _known(book: Book, number: int, shapes: Sequence[Shape]) -> int:
    """The days of history that the person's shapes look back to."""
    first = book.horizon.first
    fixed = [entry.day for entry in book.of(book.agents[number]) if entry.fixed]
    runs = [shape.about.day for shape in shapes if isinstance(shape, Run)]
    seen = [*fixed, *runs] if any(isinstance(shape, Succession | Run | AnyOf) for shape in shapes) else []
    return min(HISTORY, max(((first - day).days for day in seen), default=0))


def _split(meters: Sequence[Meter], room: int) -> tuple[tuple[Meter, ...], tuple[Meter, ...]]:
    """The meters counted on the way, and those left to the master: the strictest first, as many as there is room for."""
    counted: list[Meter] = []
    size = 1
    for meter in sorted(meters, key=_looseness):
        if meter.hard and 0 < meter.size and size * meter.size <= room:
            counted.append(meter)
            size *= meter.size
    left = tuple(meter for meter in meters if meter not in counted)
    return tuple(sorted(counted, key=lambda meter: meter.size)), left


def _looseness(meter: Meter) -> tuple[bool, int, bool, float]:
    days = int(meter.weights.any(axis=1).sum())
    return not _both(meter), -max(days, 7 * len(meter.marks)) // 14, not meter.marks, meter.size * meter.unit / max(1, meter.bounds[1])


def _both(meter: Meter) -> bool:
    """Whether a hard bound stands below as well as above."""
    return any(judge.price is None and judge.low is not None and judge.gap(0) > 0 for judge in meter.judges)


def _penalty(shapes: Sequence[Shape]) -> float:
    """The price of a hard unit: more than a whole duty can be worth."""
    top = [shape.weight * shape.price.steps[-1].each for shape in shapes if shape.price is not None]
    return 20.0 * max(top, default=1) + 10.0
