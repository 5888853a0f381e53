"""Problem to result: the search, and the judge at the end, always."""

from __future__ import annotations

import time

from constraints.check import check
from domain.roster import Roster
from scheduler.problem import Limits, Problem
from scheduler.result import Result
from scheduler.search import Report, Search, Stop


def solve(problem: Problem, limits: Limits, *, report: Report = lambda _: None, stop: Stop = lambda: False) -> Result:
    """The best roster within the limits; a request to stop is obeyed within a fraction of a second."""
    began = time.monotonic()
    search = Search.over(problem, began=began, report=report)
    if problem.start is not None:
        search.hint(problem.start)
    status = search.run(limits, stop)
    best = search.best or _clean_start(problem)
    judged = check(best, problem.situation, problem.policy) if best else None
    return Result(status, best, judged, search.bound, time.monotonic() - began, search.incumbents)


def _clean_start(problem: Problem) -> Roster | None:
    """The start itself, if it breaks nothing: a search that found no better one must not lose it."""
    start = problem.start
    return start if start and check(start, problem.situation, problem.policy).clean else None
