"""One person in column generation: the reading of their shapes, the pricer of their months, the teams they can join."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from constraints.shapes import Shape
from scheduler.columns.clock import Clock
from scheduler.columns.coupling import Coupling
from scheduler.columns.judge import NEVER
from scheduler.columns.kernels.follow import follow, heads_of
from scheduler.columns.machine import build
from scheduler.columns.meters import Adding, Meter
from scheduler.columns.pricing import Pricer, steps_of
from scheduler.columns.reading import Reading

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TOTALS = 1000
"""So many totals at most are counted on the way of one person."""
WORK = 400_000_000
"""States times totals over all people that a round of pricing may cost; further sums become rows of the master."""
EFFORT = 2e-9
"""Nominal seconds that a state and total costs in a pricing."""


@dataclass(frozen=True, slots=True)
class Common:
    """What all people of a problem share."""

    coupling: Coupling
    penalty: float
    people: int


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

    def __init__(self, number: int, shapes: Sequence[Shape], reading: Reading, common: Common) -> None:
        self.number = number
        self.shapes = shapes
        self.reading = reading
        self.machine = build(reading)
        self.counted, self.left = _split(
            reading.meters, min(TOTALS, WORK // (common.people * max(1, int(self.machine.layers[-1]))))
        )
        self.pricer = Pricer(reading, self.machine, self.counted)
        self.sums = tuple(meter.row(common.penalty) for meter in self.left)
        self.add_anew()
        self._days = np.arange(reading.days)
        self._kind = reading.choices.kind
        self._of_kind = _of_kind(reading)
        self._coupling = common.coupling
        self.possible = self._possible()
        self.teams = self._teams()
        self.arc_of = self._arcs()

    def add_anew(self) -> None:
        """Get ready to add up: after what is counted changed."""
        self._adding = Adding((*self.counted, *self.left))

    def _arcs(self) -> Ints:
        """[state, kind]: the arc that a choice of the kind takes; -1: none."""
        arcs = np.full((max(1, int(self.machine.layers[-1])), self.reading.choices.kinds_width), -1, dtype=np.int64)
        arcs[self.machine.source, self.machine.choice] = np.arange(len(self.machine.source))
        return arcs

    def arc_figures(self) -> tuple[Floats, Ints]:
        """[arc]: its price with those of its choice and marks; [arc, meter]: the units that it adds to each meter."""
        machine, reading = self.machine, self.reading
        day = np.repeat(np.arange(len(machine.arcs) - 1), np.diff(machine.arcs))
        price = machine.extra + reading.cost[day, machine.choice]
        for mark in reading.marks:
            price[(day >= mark.first) & (day <= mark.last) & (machine.marked >> mark.bit & 1 == 1)] += mark.cost
        return price, steps_of(reading, machine, (*self.counted, *self.left))

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
        teams = np.full((*self._kind.shape, max(1, depth)), none, dtype=np.int64)
        for day, cell in enumerate(found):
            for choice, numbers in enumerate(cell):
                teams[day, choice, : len(numbers)] = numbers
        return teams

    def month(self, cost: Floats, marks: Floats, clock: Clock) -> tuple[float, Column | None]:
        """The price of the cheapest month, the person's constant included, and its column; infinite and none."""
        clock.spend(self._effort)
        price, chosen = self._cheapest(cost, marks)
        return price + self.reading.constant, self.column(chosen) if price < NEVER else None

    def near(self, cost: Floats, marks: Floats, spare: float, most: int) -> list[Column] | None:
        """The columns of all months that cost so much more than the cheapest at most.

        None if they are more than `most`, or if one duty can lie in several ways: then there are too many.
        """
        if self._of_kind is not None:
            return None
        months = self.pricer.near(cost, marks, spare, most)
        if months is None:
            return None
        return [column for chosen in months if (column := self.column(chosen)) is not None]

    def _cheapest(self, cost: Floats, marks: Floats) -> tuple[float, Ints]:
        """The cheapest month: of each kind its cheapest choice, of these the machine's best."""
        if self._of_kind is None:
            return self.pricer.cheapest(cost, marks)
        days = self._days[:, None, None]
        each = cost[days, self._of_kind]
        price, kinds = self.pricer.cheapest(each.min(axis=2), marks)
        place = each[self._days, kinds].argmin(axis=1)
        return price, self._of_kind[self._days, kinds, place]

    def _possible(self) -> NDArray[np.bool_]:
        """[day, choice]: whether the choice can be at all."""
        inside = np.arange(self._kind.shape[1]) < np.array([len(cell) for cell in self.reading.choices.cells])[:, None]
        return inside & np.isfinite(self.reading.cost[self._days[:, None], self._kind])

    @property
    def _effort(self) -> float:
        """Nominal seconds of a pricing."""
        return float(EFFORT * (1e5 + self.pricer.size))

    def cost_at(self, worth: Floats, sum_worth: Floats) -> tuple[Floats, Floats]:
        """The price of each choice and of each mark when teams and units of the left sums are worth so much.

        `worth` has one place more than there are teams, for none: zero.
        """
        cost = self.reading.cost
        marks = np.zeros(len(self.reading.marks))
        for meter, each in zip(self.left, sum_worth, strict=True):
            if each:
                cost = cost - meter.weights * (each / meter.unit)
                for mark, weight in meter.marks:
                    marks[mark] -= each * weight / meter.unit
        if self._of_kind is not None:
            cost = np.where(self.possible, cost[self._days[:, None], self._kind], NEVER)
        return cost - worth[self.teams].sum(axis=2), marks

    def column(self, chosen: Ints) -> Column | None:
        """The month of these choices; None where a rule forbids it."""
        followed = self.follow(chosen)
        if followed is None:
            return None
        price, totals = followed
        if not self.reading.exact:
            price = self._judged(chosen, totals)
        coupling = self._coupling
        rows, heads = heads_of(
            chosen, self.teams, coupling.team_ends, coupling.team_rows, coupling.team_signs, len(coupling.rows)
        )
        units = [total // meter.unit for meter, total in zip(self.left, totals[len(self.counted) :], strict=True)]
        return Column(self.number, chosen, price, np.array(units, dtype=np.int64), rows, heads)

    def follow(self, chosen: Ints) -> tuple[float, list[int]] | None:
        """The price along the machine's path, and what each meter adds up to; None where there is no path."""
        machine = self.machine
        kinds = self._kind[self._days, chosen]
        words, extra = follow(kinds, self.arc_of, machine.target, machine.marked, machine.extra)
        if not len(words):
            return None
        price = extra + self.reading.constant + float(self.reading.cost[self._days, kinds].sum())
        marked = {
            int(machine.mark_of[day, bit])
            for day, word in zip(*_nonzero(words), strict=True)
            for bit in range(word.bit_length())
            if word >> bit & 1
        }
        price += sum(self.reading.marks[mark].cost for mark in marked)
        totals = self._adding.up(kinds, marked)
        price += sum(meter.cost(total) for meter, total in zip(self.counted, totals, strict=False))
        return (price, totals) if math.isfinite(price) else None

    def _judged(self, chosen: Ints, totals: list[int]) -> float:
        """The exact price where the machine only bounds it: by the shapes themselves."""
        entries = {entry for day, choice in enumerate(chosen) for entry in self.reading.choices.cells[day][choice]}
        history = frozenset(entry for entry in entries if entry.fixed)
        gaps = ((shape, sum(fault.measure.gap for fault in shape.faults(entries, history))) for shape in self.shapes)
        whole = sum(shape.cost(gap) for shape, gap in gaps if gap)
        apart = zip(self.left, totals[len(self.counted) :], strict=True)
        return float(whole) - sum(meter.cost(total) for meter, total in apart)


def _of_kind(reading: Reading) -> Ints | None:
    """[day, kind, place]: the choices of each kind, the last of them again where others have more; None: one each."""
    cells, kind = reading.choices.cells, reading.choices.kind
    if reading.choices.kinds == tuple(map(len, cells)):
        return None
    groups = [
        [[c for c in range(len(cell)) if kind[day, c] == k] for k in range(reading.choices.kinds[day])]
        for day, cell in enumerate(cells)
    ]
    most = max(len(group) for of_day in groups for group in of_day)
    found = np.zeros((len(cells), reading.choices.kinds_width, most), dtype=np.int64)
    for day, of_day in enumerate(groups):
        for number, group in enumerate(of_day):
            found[day, number] = [*group, *([group[-1]] * (most - len(group)))]
    return found


def _nonzero(words: Ints) -> tuple[list[int], list[int]]:
    days = np.nonzero(words)[0]
    return days.tolist(), words[days].tolist()


def _split(meters: Sequence[Meter], room: int) -> tuple[tuple[Meter, ...], tuple[Meter, ...]]:
    """The meters counted on the way, the strictest first while there is room, and those left to the master."""
    counted: list[Meter] = []
    size = 1
    for meter in sorted(meters, key=_looseness):
        if meter.hard and meter.size > 0 and size * meter.size <= room:
            counted.append(meter)
            size *= meter.size
    left = tuple(meter for meter in meters if meter not in counted)
    return tuple(sorted(counted, key=lambda meter: meter.size)), left


def _looseness(meter: Meter) -> tuple[bool, int, bool, float]:
    days = int(meter.weights.any(axis=1).sum())
    return (
        not _both(meter),
        -max(days, 7 * len(meter.marks)) // 14,
        not meter.marks,
        meter.size * meter.unit / max(1, meter.bounds[1]),
    )


def _both(meter: Meter) -> bool:
    """Whether a hard bound stands below as well as above."""
    return any(judge.price is None and judge.low is not None and judge.gap(0) > 0 for judge in meter.judges)
