"""A solve as a job: every better roster is kept as it comes, the last is judged and may become the draft."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select

from api.jobs.asking import answer_of
from api.jobs.forms import SolveScope
from api.jobs.found import Found, covered, here, judged, keep
from api.jobs.questions import Build, Facts
from api.jobs.rows import Kind, State, end, tell
from api.rosters.drafts import candidate_duties, take
from api.rosters.given import Given, drafted, read_given, roster_row
from api.rosters.publish import standing
from api.store import tables as t
from api.store.store import Store
from domain.roster import Roster
from domain.time import Month
from scheduler.options import option_book
from scheduler.problem import Cell, Limits, Problem, holding, near

EVERY: Final = 1.0
"""Seconds between two writes of progress, at least."""
LEAST_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Solve:
    """A solve that was asked for."""

    job_id: int
    site_id: int
    month: Month
    seconds: float
    seed: int
    keep_published: bool
    """Change as little as possible of what is in force."""
    take: str
    """`empty`: the best roster becomes the draft if there is none; `always`; `never`."""
    scope: SolveScope | None
    """The cells that may change; None: all."""

    @classmethod
    def of(cls, job: t.Job) -> Solve:
        """The solve of a job; what is left of its time if it ran before."""
        given = job.given
        spent = float(job.progress.get("seconds", 0.0))
        seconds = max(LEAST_SECONDS, float(given["seconds"]) - spent) if spent else float(given["seconds"])
        scope = SolveScope.model_validate(given["scope"]) if given.get("scope") else None
        month, keep_published = Month.parse(job.month), given["keep_published"]
        return cls(job.id, job.site_id, month, seconds, given["seed"], keep_published, given["take"], scope)


async def run_solve(store: Store, asked: Solve) -> None:
    """Solve, keep what is found, and end the job."""
    problem, given = await asyncio.to_thread(_problem, store, asked)
    build = Build(problem, Limits(seconds=asked.seconds, seed=asked.seed))
    last = await answer_of(store, asked.job_id, build, _Following(store, asked, given).hear)
    await asyncio.to_thread(_end, store, asked, given, last)


class _Following:
    """Writes how far a solve is, not too often, and the best roster so far."""

    def __init__(self, store: Store, asked: Solve, given: Given) -> None:
        self.store, self.asked, self.given = store, asked, given
        self.written, self.best = 0.0, None

    async def hear(self, told: Facts) -> None:
        """A moment of the solve."""
        self.best = told["rows"] or self.best
        if time.monotonic() - self.written < EVERY and not (told["rows"] and self.written == 0.0):
            return
        if self.best is not None:
            told["covered"] = await asyncio.to_thread(covered, self.given, self.best)
        await asyncio.to_thread(_keep, self.store, self.asked, told, self.best)
        self.written, self.best = time.monotonic(), None


def _problem(store: Store, asked: Solve) -> tuple[Problem, Given]:
    """What the solver is asked, beginning from the best that is known."""
    with store.reading() as session:
        given = read_given(session, roster_row(session, asked.site_id, asked.month))
        task, start = given.task, drafted(given)
        if asked.keep_published and given.roster.published is not None:
            task = near(task, given.roster_of(standing(session, given).duties))
        known = session.scalars(select(t.Candidate).where(t.Candidate.job_id == asked.job_id)).one_or_none()
        if asked.scope is not None:
            return held(task, start, asked.scope), given
        start = here(given, known.duties) if known else task.start or start
    return (replace(task, start=start) if start.planned else task), given


def held(task: Problem, draft: Roster, scope: SolveScope) -> Problem:
    """The task with the draft as it stands outside a scope."""
    possible = {entry.duty for entry in option_book(task, only=draft.planned).entries}
    return holding(task, draft, possible.__contains__, _free(task, scope))


def _free(task: Problem, scope: SolveScope) -> Callable[[Cell], bool]:
    """Whether a cell may change: of one of the teams or people, in the days; where none are told, of all."""
    given = task.situation
    named = {agent.id for agent in given.agents if agent.id in scope.people or agent.team in scope.teams}
    people = named if scope.people or scope.teams else {agent.id for agent in given.agents}
    first, last = scope.first or given.horizon.first, scope.last or given.horizon.last
    return lambda cell: cell[0] in people and first <= cell[1] <= last


def _keep(store: Store, asked: Solve, told: dict[str, Any], rows: list[list[Any]] | None) -> None:
    """Write progress, and the best roster if there is a new one."""
    names = ("seconds", "objective", "bound", "incumbents", "covered")
    known = {name: told[name] for name in names if told.get(name) is not None}
    tell(store, asked.job_id, known)
    if rows is not None:
        _candidate(store, asked, Found(rows, round(told["objective"] or 0), told["bound"]))


def _candidate(store: Store, asked: Solve, found: Found) -> int:
    """The roster that this solve found; a better one takes its place."""
    with store.writing() as work:
        given = read_given(work.session, roster_row(work.session, asked.site_id, asked.month))
        return keep(work, asked.job_id, given, found, instead=True)


def _end(store: Store, asked: Solve, given: Given, last: dict[str, Any] | None) -> None:
    """Keep the last roster, make it the draft if that was wished, and end the job."""
    if last is None:
        with store.writing() as work:
            end(work, asked.job_id, State.CANCELLED, {})
        return
    rows = last["rows"]
    if rows is None:
        with store.writing() as work:
            end(work, asked.job_id, State.FAILED, {"code": "no-roster", "status": last["status"]})
        return
    found = judged(given, rows, last["bound"])
    candidate = _candidate(store, asked, found)
    with store.writing() as work:
        roster = roster_row(work.session, asked.site_id, asked.month, lock=True)
        wished = asked.take == "always" or (asked.take == "empty" and not roster.draft)
        if wished:
            found_duties = candidate_duties(work.session, roster, candidate)
            take(work, roster, found_duties, f"{Kind.SOLVE}/{asked.job_id}")
        result = {
            "status": last["status"],
            "candidate": candidate,
            "score": found.score,
            "bound": last["bound"],
            "hard": found.figures["hard"] if found.figures else 0,
            "taken": wished,
        }
        end(work, asked.job_id, State.DONE, result)
