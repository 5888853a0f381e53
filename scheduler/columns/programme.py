"""Rows over many columns as one programme, handed to a solver of linear or of whole-number programmes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

from scheduler.columns.rows import Row

Stop = Callable[[], bool]

LOOK = 0.05
"""Seconds between two looks whether to end."""
PLAIN = "presolving/maxrounds = 0\nseparating/maxrounds = 0\nseparating/maxroundsroot = 0\n"
"""How the branch and bound is told to go without presolve and cuts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver found: its bound, and the value of each variable where it has an answer."""

    bound: float
    values: Sequence[float]


class Programme:
    """The least cost of variables that keep all constraints; constraints and variables are known by their numbers."""

    def __init__(self) -> None:
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._most: list[float] = []
        self._cost: list[float] = []
        self._entries: list[tuple[int, int, float]] = []

    def one(self) -> int:
        """A new constraint: its variables sum to one."""
        return self._constraint(1.0, 1.0)

    def row(self, row: Row, wanted: float) -> int:
        """A new constraint: what is counted and the steps away from it make what is wanted; each step costs."""
        sides = {step.side for step in row.steps}
        number = self._constraint(wanted if 1 in sides else -np.inf, wanted if -1 in sides else np.inf)
        for step in row.steps:
            self.variable(step.each, step.units, [number], [float(step.side)])
        return number

    def variable(self, cost: float, most: float, constraints: Sequence[int], each: Sequence[float]) -> int:
        """A new variable between zero and the most, and what each unit counts in its constraints."""
        number = len(self._cost)
        self._cost.append(cost)
        self._most.append(most)
        self._entries += zip(constraints, [number] * len(constraints), each, strict=True)
        return number

    def inner_duals(self) -> list[float]:
        """What a unit of each constraint is worth, from the middle of all that are right; empty if the solver fails.

        An interior point method without its crossover: a vertex would leave many more months at no cost.
        """
        highs = highs_pb2.HighsOptionsProto(string_options={"solver": "ipm", "run_crossover": "off"})
        model = self._model()
        found = mathopt.solve(model, mathopt.SolverType.HIGHS, params=mathopt.SolveParameters(highs=highs))
        if not found.has_dual_feasible_solution():
            return []
        duals = found.dual_values()
        return [float(duals[constraint]) for constraint in model.linear_constraints()]

    def whole(self, seconds: float, stop: Stop) -> Outcome | None:
        """The best whole values that a branch and bound finds within the time; None where it finds none.

        Without presolve and cuts: columns have nothing to simplify, and both took most of the time.
        """
        solver = self._branching()
        solver.SetSolverSpecificParametersAsString(PLAIN)
        solver.SetTimeLimit(int(1000 * seconds))
        with _interrupted(solver, stop):
            status = solver.Solve()
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return None
        return Outcome(solver.Objective().BestBound(), [variable.solution_value() for variable in solver.variables()])

    def _constraint(self, lower: float, upper: float) -> int:
        self._lower.append(lower)
        self._upper.append(upper)
        return len(self._lower) - 1

    def _branching(self) -> pywraplp.Solver:
        """The programme in whole numbers, in the hands of the one solver that can be interrupted."""
        solver = pywraplp.Solver.CreateSolver("SCIP")
        variables = [solver.IntVar(0.0, most, "") for most in self._most]
        constraints = [solver.Constraint(*bounds) for bounds in zip(self._lower, self._upper, strict=True)]
        for constraint, variable, each in self._entries:
            constraints[constraint].SetCoefficient(variables[variable], float(each))
        for variable, cost in zip(variables, self._cost, strict=True):
            solver.Objective().SetCoefficient(variable, cost)
        return solver

    def _model(self) -> mathopt.Model:
        """The programme in fractions, built in bulk."""
        proto = model_pb2.ModelProto()
        count = len(self._cost)
        proto.variables.ids.extend(range(count))
        proto.variables.lower_bounds.extend([0.0] * count)
        proto.variables.upper_bounds.extend(self._most)
        proto.variables.integers.extend([False] * count)
        proto.linear_constraints.ids.extend(range(len(self._lower)))
        proto.linear_constraints.lower_bounds.extend(self._lower)
        proto.linear_constraints.upper_bounds.extend(self._upper)
        costs = [(number, cost) for number, cost in enumerate(self._cost) if cost]
        proto.objective.linear_coefficients.ids.extend(number for number, _ in costs)
        proto.objective.linear_coefficients.values.extend(cost for _, cost in costs)
        entries = sorted(self._entries)
        proto.linear_constraint_matrix.row_ids.extend(entry[0] for entry in entries)
        proto.linear_constraint_matrix.column_ids.extend(entry[1] for entry in entries)
        proto.linear_constraint_matrix.coefficients.extend(entry[2] for entry in entries)
        return mathopt.Model.from_model_proto(proto)


@contextmanager
def _interrupted(solver: pywraplp.Solver, stop: Stop) -> Iterator[None]:
    """Tell a solver to end as soon as it is asked for."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK):
            if stop():
                solver.InterruptSolve()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
