"""All people's machines, meters and teams side by side, as small moves read them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.compile import Compiled
from scheduler.columns.kernels.swap import Board
from scheduler.columns.meters import Meter
from scheduler.columns.person import Person

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def board_of(compiled: Compiled) -> Board:
    """All people side by side."""
    people = compiled.people
    days = max(person.reading.days for person in people)
    width = max(person.reading.choices.width for person in people)
    depth = max(person.teams.shape[2] for person in people)
    meters = max(1, *(len(person.counted) + len(person.left) for person in people))
    none = len(compiled.coupling.team_ends) - 1
    kind = np.zeros((len(people), days, width), dtype=np.int64)
    teams = np.full((len(people), days, width, depth), none, dtype=np.int64)
    for number, person in enumerate(people):
        cells, wide, deep = person.teams.shape
        kind[number, :cells, :wide] = person.reading.choices.kind
        teams[number, :cells, :wide, :deep] = person.teams
    duty, choice = _duties(people, days, width)
    arcs = _Arcs(people, meters)
    least, costs = _meters(people, meters)
    return Board(
        arcs.begins,
        np.array([person.reading.days for person in people], dtype=np.int64),
        np.array([person.reading.choices.known for person in people], dtype=np.int64),
        kind,
        duty,
        choice,
        arcs.arc_of,
        arcs.target,
        arcs.price,
        arcs.adds,
        least,
        costs,
        teams,
        compiled.coupling.team_ends,
        compiled.coupling.team_rows,
        compiled.coupling.team_signs,
        *compiled.tables.felt_table,
    )


def _duties(people: Sequence[Person], days: int, width: int) -> tuple[Ints, Ints]:
    """[person, day, choice]: the number of the duty; [person, planned day, duty]: the choice that is it."""
    numbers: dict[tuple[str, str, tuple[int, ...]], int] = {}
    duty = np.full((len(people), days, width), -1, dtype=np.int64)
    for number, person in enumerate(people):
        choices = person.reading.choices
        for day, cell in enumerate(choices.cells):
            for place, entries in enumerate(cell):
                keys = [(entry.duty.shift, entry.duty.work, entry.duty.breaks) for entry in entries]
                rest = day < choices.known or not keys
                duty[number, day, place] = 0 if rest else numbers.setdefault(keys[0], len(numbers) + 1)
    horizon = max(person.reading.days - person.reading.choices.known for person in people)
    choice = np.full((len(people), horizon, len(numbers) + 1), -1, dtype=np.int64)
    for number, person in enumerate(people):
        known: int = person.reading.choices.known
        for day, cell in enumerate(person.reading.choices.cells[known:]):
            for place in range(len(cell)):
                if person.possible[known + day, place]:
                    choice[number, day, duty[number, known + day, place]] = place
    return duty, choice


class _Arcs:
    """The arcs of all machines in one row of arrays."""

    def __init__(self, people: Sequence[Person], meters: int) -> None:
        states = np.cumsum([0, *(len(person.arc_of) for person in people)])
        arcs = np.cumsum([0, *(len(person.machine.source) for person in people)])
        kinds = max(person.arc_of.shape[1] for person in people)
        self.begins = states[:-1].astype(np.int64)
        self.arc_of = np.full((int(states[-1]), kinds), -1, dtype=np.int64)
        self.target = np.zeros(int(arcs[-1]), dtype=np.int64)
        self.price = np.zeros(int(arcs[-1]))
        self.adds = np.zeros((int(arcs[-1]), meters), dtype=np.int64)
        for number, person in enumerate(people):
            of_states, of_arcs = (slice(int(ends[number]), int(ends[number + 1])) for ends in (states, arcs))
            own = person.arc_of
            self.arc_of[of_states, : own.shape[1]] = np.where(own >= 0, own + arcs[number], -1)
            self.target[of_arcs] = person.machine.target + states[number]
            price, adds = person.arc_figures()
            self.price[of_arcs] = price
            self.adds[of_arcs, : adds.shape[1]] = adds


def _meters(people: Sequence[Person], meters: int) -> tuple[Ints, Floats]:
    """[person, meter]: the least total in units; [person, meter, place]: what each total costs."""
    tables = [[*map(_counted, person.counted), *((row.least, row.felt) for row in person.sums)] for person in people]
    width = max((len(costs) for of_person in tables for _, costs in of_person), default=1)
    least = np.zeros((len(people), meters), dtype=np.int64)
    found = np.zeros((len(people), meters, width))
    for person, of_person in enumerate(tables):
        for place, (first, costs) in enumerate(of_person):
            least[person, place] = first
            found[person, place, : len(costs)] = costs
            found[person, place, len(costs) :] = costs[-1]
    return least, found


def _counted(meter: Meter) -> tuple[int, Floats]:
    """The least total of a meter that is counted on the way, and what each costs from there on."""
    first, last = meter.bounds[0] // meter.unit, meter.bounds[1] // meter.unit
    return first, np.array([meter.cost(total * meter.unit) for total in range(first, last + 1)])
