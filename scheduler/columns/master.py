"""The master programme: which mixture of columns costs least, and what a head in each row is worth then."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from scheduler.columns.compile import Compiled
from scheduler.columns.person import Column
from scheduler.columns.rows import Row

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

EPSILON = 1e-7
SIMPLEX = 3e-7
"""Nominal seconds of an iteration of the simplex, a row."""


@dataclass(frozen=True, slots=True)
class Duals:
    """What one unit of each row is worth, and what each person's month may cost."""

    rows: Floats
    """[row] of all rows; zero in rows that the programme does not have."""
    sums: dict[int, Floats]
    """[person]: of the sums left to the master."""
    months: dict[int, float]

    def mixed(self, other: Duals, share: float) -> Duals:
        """So much of the other, the rest of this one."""
        return Duals(
            (1 - share) * self.rows + share * other.rows,
            {person: (1 - share) * worth + share * other.sums[person] for person, worth in self.sums.items()},
            self.months,
        )


class Master:
    """A linear programme over columns of some people, the others' heads being given."""

    def __init__(self, compiled: Compiled, people: Sequence[int], given: Ints | None = None) -> None:
        self.compiled = compiled
        self.people = list(people)
        self.columns: dict[tuple[int, bytes], tuple[Column, pywraplp.Variable]] = {}
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._months = {person: self._solver.Constraint(1.0, 1.0) for person in self.people}
        coupling = compiled.coupling
        heads = coupling.always if given is None else coupling.always + given
        self.wanted = np.array([row.target for row in coupling.rows], dtype=float) - heads
        """[row] of all rows: the heads of the people here that cost least."""
        self._rows: dict[int, pywraplp.Constraint] = {}
        self._sums: dict[tuple[int, int], pywraplp.Constraint] = {}
        for row in self._touched():
            self._rows[row] = self._row(coupling.rows[row], self.wanted[row])
        self._numbers = np.array(list(self._rows), dtype=np.int64)
        self._mine = np.isin(compiled.tables.step_row, self._numbers)
        self._shut: set[tuple[int, bytes]] = set()
        self.value = float("inf")
        self._apart = self._beyond_reach(heads)

    def _touched(self) -> Iterable[int]:
        coupling = self.compiled.coupling
        teams = np.unique(np.concatenate([self.compiled.people[person].teams.ravel() for person in self.people]))
        teams = teams[teams < len(coupling.team_ends) - 1]
        ends = coupling.team_ends
        parts = [coupling.team_rows[ends[team] : ends[team + 1]] for team in teams]
        return [int(row) for row in np.unique(np.concatenate([*parts, np.empty(0, np.int64)]))]

    def _row(self, row: Row, wanted: float) -> pywraplp.Constraint:
        constraint = self._solver.Constraint(wanted, wanted)
        for step in row.steps:
            slack = self._solver.NumVar(0.0, step.units, "")
            constraint.SetCoefficient(slack, step.side)
            self._objective.SetCoefficient(slack, step.each)
        if not any(step.side > 0 for step in row.steps):
            constraint.SetLb(-self._solver.infinity())
        if not any(step.side < 0 for step in row.steps):
            constraint.SetUb(self._solver.infinity())
        return constraint

    def add(self, column: Column) -> bool:
        """Take a column in; False if it is there already."""
        if column.key in self.columns:
            return False
        variable = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._months[column.person].SetCoefficient(variable, 1.0)
        self._objective.SetCoefficient(variable, column.price)
        for row, heads in zip(column.rows.tolist(), column.heads.tolist(), strict=True):
            self._rows[row].SetCoefficient(variable, heads)
        for place, total in enumerate(column.totals.tolist()):
            if (column.person, place) in self._sums:
                self._sums[column.person, place].SetCoefficient(variable, total)
        self.columns[column.key] = column, variable
        return True

    def watch(self, person: int, place: int) -> None:
        """Take in one of the sums left to the master."""
        row = self.compiled.people[person].sums[place]
        constraint = self._sums[person, place] = self._row(row, float(row.target))
        for column, variable in self.columns.values():
            if column.person == person and column.totals[place]:
                constraint.SetCoefficient(variable, int(column.totals[place]))

    def shut(self, key: tuple[int, bytes]) -> None:
        """Keep a column out of the mixture."""
        self._shut.add(key)
        self.columns[key][1].SetUb(0.0)

    def open(self, key: tuple[int, bytes]) -> None:
        """Let a column in again."""
        self._shut.discard(key)
        self.columns[key][1].SetUb(self._solver.infinity())

    def is_open(self, key: tuple[int, bytes]) -> bool:
        """Whether a column may be in the mixture."""
        return key not in self._shut

    def solve(self) -> bool:
        """Find the mixture that costs least; False if the solver fails."""
        self.value = float("inf")
        solved = self._solver.Solve() == pywraplp.Solver.OPTIMAL
        # the warm start can lead the solver astray; a cold one does not
        if not solved and self._solver.Solve(_cold()) != pywraplp.Solver.OPTIMAL:
            return False
        self.value = self._objective.Value() + self._least
        self.compiled.clock.spend(SIMPLEX * self._solver.iterations() * (len(self._rows) + len(self._months)))
        return True

    def mixture(self) -> list[tuple[Column, float]]:
        """The columns in use, and how much of each; none where the solver failed."""
        if math.isinf(self.value):
            return []
        return [
            (column, value)
            for column, variable in self.columns.values()
            if (value := variable.solution_value()) > EPSILON
        ]

    def duals(self) -> Duals:
        """What the solution says the rows and months are worth, kept within what their steps allow."""
        tables = self.compiled.tables
        rows = np.zeros(len(self.compiled.coupling.rows))
        rows[self._numbers] = [constraint.dual_value() for constraint in self._rows.values()]
        rows = np.clip(rows, tables.least_dual, tables.most_dual)
        sums = {person: np.zeros(len(self.compiled.people[person].sums)) for person in self.people}
        for (person, place), constraint in self._sums.items():
            sums[person][place] = self.compiled.people[person].sums[place].kept(constraint.dual_value())
        return Duals(rows, sums, {person: month.dual_value() for person, month in self._months.items()})

    def unwatched(self) -> list[tuple[int, int]]:
        """The left sums whose mixture already costs something, though the programme does not know them yet."""
        totals: dict[tuple[int, int], float] = {}
        for column, value in self.mixture():
            for place, total in enumerate(column.totals.tolist()):
                key = column.person, place
                totals[key] = totals.get(key, 0.0) + value * total
        found = []
        for (person, place), total in totals.items():
            row = self.compiled.people[person].sums[place]
            if (person, place) not in self._sums and _interpolated(row, total) > row.floor + EPSILON:
                found.append((person, place))
        return found

    def rows_value(self, duals: Duals) -> float:
        """The part of the Lagrangian bound that the rows give at these duals."""
        tables, numbers = self.compiled.tables, self._numbers
        value = self._apart + float(duals.rows[numbers] @ self.wanted[numbers] + tables.floor[numbers].sum())
        beyond = tables.step_each - tables.step_side * duals.rows[tables.step_row]
        value += float((np.minimum(beyond, 0.0) * tables.step_units)[self._mine].sum())
        for person, worth in duals.sums.items():
            for place, each in enumerate(worth.tolist()):
                row = self.compiled.people[person].sums[place]
                value += _row_value(row, each, float(row.target)) if each else row.floor
        return value

    def _beyond_reach(self, heads: Ints) -> float:
        """The price of the rows that nobody here can change."""
        rows = self.compiled.coupling.rows
        return float(
            sum(row.felt[row.at(int(heads[number]))] for number, row in enumerate(rows) if number not in self._rows)
        )

    @cached_property
    def _least(self) -> float:
        """What the rows and sums cost at best: the programme prices only what is beyond."""
        people = self.compiled.people
        return self.rows_floor + sum(row.floor for person in self.people for row in people[person].sums)

    @cached_property
    def rows_floor(self) -> float:
        """What all rows cost at best."""
        return self._apart + float(self.compiled.tables.floor[self._numbers].sum())

    @property
    def numbers(self) -> list[int]:
        """The rows of the programme: those that the people here can change."""
        return list(self._rows)

    @property
    def watched(self) -> list[tuple[int, int]]:
        """Person and place of the sums that are taken in."""
        return list(self._sums)


def _cold() -> pywraplp.MPSolverParameters:
    cold = pywraplp.MPSolverParameters()
    cold.SetIntegerParam(cold.INCREMENTALITY, cold.INCREMENTALITY_OFF)
    return cold


def _row_value(row: Row, dual: float, wanted: float) -> float:
    capped = sum(
        min(0.0, step.each - step.side * dual) * step.units for step in row.steps if step.units != float("inf")
    )
    return dual * wanted + capped + row.floor


def _interpolated(row: Row, count: float) -> float:
    place = min(max(count - row.least, 0.0), len(row.felt) - 1.0)
    below = int(place)
    above = min(below + 1, len(row.felt) - 1)
    return float(row.felt[below] + (place - below) * (row.felt[above] - row.felt[below]))
