"""One run of the constraint programme over a book and its shapes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Self

from ortools.sat.python import cp_model

from constraints.book import Book, Entry
from constraints.shapes import Shape
from domain.roster import Roster
from scheduler.options import option_book, shapes_over
from scheduler.posting import Posting
from scheduler.problem import Limits, Problem
from scheduler.result import Progress, Status
from scheduler.variables import Variables

Report = Callable[[Progress], None]
Stop = Callable[[], bool]

LARGE = 4000
"""From so many options on the roster is improved by neighbourhoods alone: measured twice as good at 40 people in a
minute as the default, which spends a thread on a bound that stays near zero. One thread takes the ways in turn."""

STATUS: dict[object, Status] = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.IMPOSSIBLE,
}


class Search(cp_model.CpSolverSolutionCallback):
    """One run of the constraint programme over a book and its shapes, remembering the best roster."""

    def __init__(self, book: Book, shapes: list[Shape], *, began: float, report: Report = lambda _: None) -> None:
        super().__init__()
        self.book = book
        self.variables = Variables(book)
        Posting(self.variables).post_all(shapes)
        self.best: Roster | None = None
        self.bound = 0.0
        self.incumbents = 0
        self._began = began
        self._report = report
        self._fault: Exception | None = None
        self._lock = threading.Lock()

    @classmethod
    def over(cls, problem: Problem, *, began: float, report: Report = lambda _: None) -> Self:
        """Search all options of a problem under its whole policy."""
        book = option_book(problem)
        shapes = shapes_over(problem, book)
        return cls(book, shapes, began=began, report=report)

    def hint(self, start: Roster) -> None:
        """Begin from a roster."""
        chosen = set(start.planned)
        for entry, literal in self.variables.literals.items():
            self.variables.model.add_hint(literal, int(entry.duty in chosen))

    def fix(self, roster: Roster) -> None:
        """Allow this roster and no other."""
        chosen = set(roster.planned)
        for entry, literal in self.variables.literals.items():
            self.variables.model.add(literal == int(entry.duty in chosen))

    def run(self, limits: Limits, stop: Stop = lambda: False) -> Status:
        """Search until a limit, a proof or a request; many options are searched by neighbourhoods alone."""
        solver = _solver(limits, time.monotonic() - self._began)
        if len(self.variables.literals) > LARGE:
            _by_neighbourhoods(solver, limits)
        return self._run(solver, stop)

    def prove(self, limits: Limits, stop: Stop = lambda: False) -> Status:
        """Search for a proof however many options there are: most of them are decided already."""
        return self._run(_solver(limits, time.monotonic() - self._began), stop)

    def _run(self, solver: cp_model.CpSolver, stop: Stop) -> Status:
        """Run the solver in a thread, so that a request is heard."""
        solver.best_bound_callback = self._bound
        outcome: list[object] = []
        done = threading.Event()

        def work() -> None:
            try:
                outcome.append(solver.solve(self.variables.model, self))
            finally:
                done.set()

        threading.Thread(target=work, name="search", daemon=True).start()
        _wait(done, solver, lambda: stop() or self._fault is not None)
        if self._fault is not None:
            raise self._fault
        if not outcome or outcome[0] == cp_model.MODEL_INVALID:
            raise RuntimeError(f"the model is not valid: {self.variables.model.validate()}")
        status = STATUS.get(outcome[0], Status.UNDECIDED)
        if status in (Status.OPTIMAL, Status.FEASIBLE):
            self.bound = max(0.0, solver.best_objective_bound)
        return status

    def on_solution_callback(self) -> None:
        """Keep the incumbent and tell of it."""
        chosen = [entry for entry, literal in self.variables.literals.items() if self.value(literal)]
        objective, bound = self.objective_value, self.best_objective_bound
        with self._lock:
            self.incumbents += 1
            self.best = self._roster(chosen)
            self.bound = max(self.bound, bound)
            self._tell(Progress(self._seconds, objective, self.bound, self.incumbents, self.best))

    def _bound(self, bound: float) -> None:
        with self._lock:
            self.bound = max(self.bound, bound)
            self._tell(Progress(self._seconds, None, self.bound, self.incumbents))

    def _tell(self, moment: Progress) -> None:
        """Report; a fault of the listener ends the search and is raised where the search was asked for."""
        try:
            self._report(moment)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it belongs to the caller
            self._fault = fault

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._began

    def _roster(self, chosen: Iterable[Entry]) -> Roster:
        duties = [*self.book.situation.history, *(entry.duty for entry in chosen)]
        return Roster.of(self.book.horizon, duties)


def _by_neighbourhoods(solver: cp_model.CpSolver, limits: Limits) -> None:
    solver.parameters.use_lns_only = True
    solver.parameters.interleave_search = limits.threads == 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0


def _solver(limits: Limits, spent: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # its own handler aborts the process when solving in a thread
    solver.parameters.num_workers = limits.threads
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_time_in_seconds = max(0.5, limits.seconds - spent)
    if limits.work is not None:
        solver.parameters.max_deterministic_time = limits.work
    return solver


def _wait(done: threading.Event, solver: cp_model.CpSolver, stop: Stop) -> None:
    """Wait for the end; on a request, an interrupt from the keyboard or a fault, tell the solver to end cleanly.

    An event and not the thread is waited for: an interrupt inside `Thread.join` leaves the thread marked as ended.
    """
    try:
        while not done.wait(0.1) and not stop():
            pass
    except KeyboardInterrupt:
        pass
    finally:
        while not done.is_set():
            solver.stop_search()
            done.wait(0.1)
