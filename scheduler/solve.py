"""Problem to result: columns for months, the constraint programme for the small and the stubborn, then the judge."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from constraints.book import Book
from constraints.check import Report, check
from constraints.shapes import Shape
from domain.roster import Roster
from scheduler.columns.answer import Answer
from scheduler.columns.campaign import Campaign
from scheduler.columns.choices import TooWide
from scheduler.columns.clock import Clock
from scheduler.columns.compile import Compiled
from scheduler.columns.machine import TooLarge
from scheduler.options import option_book, shapes_over
from scheduler.problem import Limits, Problem
from scheduler.result import Progress, Result, Status
from scheduler.search import Report as Listen
from scheduler.search import Search, Stop

SMALL = 3000
"""Up to so many options the constraint programme is asked first: it often proves such a month at once."""
PAUSE = 0.05
"""Seconds between two looks at a running search."""
PATIENCE = 0.4
"""After so much of the time without a clean roster the columns give way to the constraint programme."""
GLANCE = 0.05
"""That glance may take so much of the time."""


def solve(problem: Problem, limits: Limits, *, report: Listen = lambda _: None, stop: Stop = lambda: False) -> Result:
    """The best roster within the limits; a request to stop is obeyed within a fraction of a second."""
    began = time.monotonic()
    with _no_collection():
        book = option_book(problem, problem.situation.horizon, problem.start.planned if problem.start else ())
        shapes = shapes_over(problem, book)
    return _Solve(problem, limits, _Material(book, shapes, began), report, stop).run()


@dataclass(frozen=True, slots=True)
class _Material:
    """What a solve works on, and since when."""

    book: Book
    shapes: list[Shape]
    began: float


class _Solve:
    """One solve: its parts hand their best roster and bound from one to the next."""

    def __init__(self, problem: Problem, limits: Limits, material: _Material, report: Listen, stop: Stop) -> None:
        self.problem, self.limits = problem, limits
        self.book, self.shapes, self.began = material.book, material.shapes, material.began
        self.report, self.stop = report, stop
        self.best: Roster | None = None
        self.judged: Report | None = None
        self.bound = 0.0
        self.incumbents = 0
        self.status = Status.UNDECIDED
        self._begin()

    def run(self) -> Result:
        """The parts in order, each only where those before did not settle it."""
        small = sum(not entry.fixed for entry in self.book.entries) <= SMALL
        if small:
            self._programme(self._part(GLANCE))
        searched = not self._settled() and self._columns()
        if not self._settled() and not (searched and self.best):
            self._programme(self.limits)
        return Result(self.status, self.best, self.judged, self.bound, self._seconds, self.incumbents)

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _part(self, share: float) -> Limits:
        work = None if self.limits.work is None else self.limits.work * share
        return replace(self.limits, seconds=self.limits.seconds * share + self._seconds, work=work)

    def _settled(self) -> bool:
        return self.status in (Status.OPTIMAL, Status.IMPOSSIBLE) or self.stop() or self._seconds >= self.limits.seconds

    def _programme(self, limits: Limits) -> None:
        """Ask the constraint programme."""
        search = Search(self.book, self.shapes, began=self.began, report=self._told)
        if self.best or self.problem.start:
            search.hint(self.best or self.problem.start)  # type: ignore[arg-type]
        status = search.run(limits, self.stop)
        self.incumbents += search.incumbents
        self.bound = max(self.bound, search.bound)
        self._keep(search.best)
        if status is not Status.UNDECIDED:
            self.status = status

    def _told(self, moment: Progress) -> None:
        self.bound = max(self.bound, moment.bound)
        self.report(replace(moment, bound=self.bound, incumbents=self.incumbents + moment.incumbents))

    def _columns(self) -> bool:
        """Search by columns; False where months do not fit the machine: the constraint programme must do it."""
        limits = self.limits
        if limits.work is not None:
            limits = replace(limits, work=limits.work * (1 - GLANCE))
        ended = threading.Event()
        clock = Clock(limits, self.began, ended.is_set)
        try:
            with _no_collection():
                compiled = Compiled(self.book, self.shapes, clock)
        except (TooWide, TooLarge):
            return False
        campaign = Campaign(compiled, limits.seed)
        campaign.bound = self.bound
        start = self.best and compiled.columns(self.best)
        faults: list[BaseException] = []

        def work() -> None:
            try:
                campaign.run(limits.threads, Answer(compiled, start) if start else None)
            except BaseException as fault:  # noqa: BLE001 - raised again where the search was asked for
                faults.append(fault)

        thread = threading.Thread(target=work, name="columns", daemon=True)
        thread.start()
        try:
            self._watch(campaign, thread.is_alive)
        except KeyboardInterrupt:
            pass
        finally:
            ended.set()
            while thread.is_alive():
                thread.join(0.1)
        if faults:
            raise faults[0]
        self._take(campaign)
        return True

    def _watch(self, campaign: Campaign, alive: Callable[[], bool]) -> None:
        """Tell of new answers and bounds as they come."""
        told: tuple[Answer | None, float] = None, self.bound
        while alive() and not self.stop():
            time.sleep(PAUSE)
            if campaign.clock.share > PATIENCE and not (campaign.best and campaign.best.clean):
                return
            now = campaign.best, campaign.bound
            if now == told:
                continue
            fresh = now[0] is not told[0] and now[0] is not None and now[0].clean
            told = now
            objective = now[0].price if now[0] is not None and fresh else None
            roster = campaign.compiled.roster(now[0].columns) if now[0] is not None and fresh else None
            self.report(
                Progress(self._seconds, objective, max(self.bound, now[1]), self.incumbents + campaign.answers, roster)
            )

    def _keep(self, roster: Roster | None) -> None:
        """Keep a roster unless the one at hand is better: a part that found less must not cost what was there."""
        judged = roster and check(roster, self.problem.situation, self.problem.policy)
        if judged and (self.judged is None or judged.score <= self.judged.score):
            self.best, self.judged = roster, judged

    def _begin(self) -> None:
        """From the start itself, if it breaks nothing: a search that finds no better one must not lose it."""
        start = self.problem.start
        judged = start and check(start, self.problem.situation, self.problem.policy)
        if judged and judged.clean:
            self.best, self.judged, self.status = start, judged, Status.FEASIBLE

    def _take(self, campaign: Campaign) -> None:
        self.incumbents += campaign.answers
        self.bound = max(self.bound, campaign.bound)
        if campaign.best is not None and campaign.best.clean:
            self._keep(campaign.compiled.roster(campaign.best.columns))
            self.status = Status.OPTIMAL if campaign.proved else Status.FEASIBLE


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hundreds of thousands of values are made here and all are kept: looking for garbage doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
