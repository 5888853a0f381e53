"""A solve as a job: in a child process that dies with this one; every better roster is kept as it comes."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select

from api.jobs.child import packed
from api.jobs.rows import Kind, State, Stop, end, tell, wish_of
from api.rosters.cells import to_duties
from api.rosters.drafts import take
from api.rosters.given import Given, drafted, read_given, roster_row
from api.rosters.publish import standing
from api.store import tables as t
from api.store.store import Store
from constraints.check import check
from domain.roster import Roster
from domain.time import Month
from scheduler.problem import Limits, Problem, near

EVERY: Final = 1.0
"""Seconds between two writes of progress, at least."""
LEAST_SECONDS: Final = 5.0
LONGEST_LINE: Final = 64 * 1024 * 1024


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

    @classmethod
    def of(cls, job: t.Job) -> Solve:
        """The solve of a job; what is left of its time if it ran before."""
        given = job.given
        spent = float(job.progress.get("seconds", 0.0))
        seconds = max(LEAST_SECONDS, float(given["seconds"]) - spent) if spent else float(given["seconds"])
        return cls(
            job.id, job.site_id, Month.parse(job.month), seconds, given["seed"], given["keep_published"], given["take"]
        )


async def run_solve(store: Store, asked: Solve) -> None:
    """Solve, keep what is found, and end the job."""
    problem, given = await asyncio.to_thread(_problem, store, asked)
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "api.jobs.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    try:
        last = await _follow(store, asked, child, packed(problem, Limits(seconds=asked.seconds, seed=asked.seed)))
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    await asyncio.to_thread(_end, store, asked, given, last)


async def _follow(store: Store, asked: Solve, child: asyncio.subprocess.Process, body: bytes) -> dict[str, Any] | None:
    """Hand the problem over and follow the progress; None: cancelled."""
    assert child.stdin is not None  # noqa: S101 - a pipe was asked for
    assert child.stdout is not None  # noqa: S101
    child.stdin.write(body)
    await child.stdin.drain()
    written, best = 0.0, None
    reading = asyncio.ensure_future(child.stdout.readline())
    while True:
        done, _ = await asyncio.wait({reading}, timeout=EVERY / 2)
        wish = await asyncio.to_thread(wish_of, store, asked.job_id)
        if wish is Stop.CANCEL:
            reading.cancel()
            return None
        if wish is Stop.TAKE and not child.stdin.is_closing():
            child.stdin.write(b"take\n")
        if not done:
            continue
        line = reading.result()
        if not line:
            raise ChildDiedError
        told = json.loads(line)
        if "end" in told:
            return dict(told)
        best = told["rows"] or best
        if time.monotonic() - written >= EVERY or (told["rows"] and written == 0.0):
            await asyncio.to_thread(_keep, store, asked, told, best)
            written, best = time.monotonic(), None
        reading = asyncio.ensure_future(child.stdout.readline())


class ChildDiedError(RuntimeError):
    """The solver's process ended without a word."""


def _problem(store: Store, asked: Solve) -> tuple[Problem, Given]:
    """What the solver is asked, beginning from the best that is known."""
    with store.reading() as session:
        given = read_given(session, roster_row(session, asked.site_id, asked.month))
        task = given.task
        if asked.keep_published and given.roster.published is not None:
            return near(task, given.roster_of(standing(session, given).duties)), given
        known = session.scalars(select(t.Candidate).where(t.Candidate.job_id == asked.job_id)).one_or_none()
        start = _here(given, known.duties) if known else drafted(given)
    return (replace(task, start=start) if start.planned else task), given


def _here(given: Given, rows: list[list[Any]]) -> Roster:
    return given.roster_of(tuple(duty for duty in to_duties(rows) if duty.agent in given.numbers))


def _keep(store: Store, asked: Solve, told: dict[str, Any], rows: list[list[Any]] | None) -> None:
    """Write progress, and the best roster if there is a new one."""
    known = {name: told[name] for name in ("seconds", "objective", "bound", "incumbents") if told[name] is not None}
    tell(store, asked.job_id, known)
    if rows is not None:
        _candidate(store, asked, _Found(rows, round(told["objective"] or 0), told["bound"]))


@dataclass(frozen=True, slots=True)
class _Found:
    """A roster that a solve found."""

    rows: list[list[Any]]
    score: int
    bound: float | None
    clean: bool = False
    """Judged, and without a hard breach."""


def _candidate(store: Store, asked: Solve, found: _Found) -> int:
    """The roster that this solve found; a better one takes its place."""
    with store.writing() as work:
        roster = roster_row(work.session, asked.site_id, asked.month)
        given = read_given(work.session, roster)
        known = work.session.scalars(select(t.Candidate).where(t.Candidate.job_id == asked.job_id)).one_or_none()
        row = known or t.Candidate(roster_id=roster.id, job_id=asked.job_id)
        row.duties, row.score, row.clean = found.rows, found.score, found.clean
        row.bound = None if found.bound is None else round(found.bound)
        row.plan_id, row.requirement_id, row.made_at = given.plan_row.id, roster.requirement_id, work.now
        work.session.add(row)
        work.session.flush()
        return row.id


def _end(store: Store, asked: Solve, given: Given, last: dict[str, Any] | None) -> None:
    """Keep the last roster, make it the draft if that was wished, and end the job."""
    if last is None:
        with store.writing() as work:
            end(work, asked.job_id, State.CANCELLED, {})
        return
    rows = last["rows"]
    if rows is None:
        with store.writing() as work:
            end(work, asked.job_id, State.FAILED, {"code": "no-roster", "status": last["end"]})
        return
    report = check(_here(given, rows), given.situation, given.plan.policy)
    candidate = _candidate(store, asked, _Found(rows, report.score, last["bound"], report.clean))
    with store.writing() as work:
        roster = roster_row(work.session, asked.site_id, asked.month, lock=True)
        wished = asked.take == "always" or (asked.take == "empty" and not roster.draft)
        if wished:
            take(work, roster, to_duties(rows), f"{Kind.SOLVE}/{asked.job_id}")
        result = {
            "status": last["end"],
            "candidate": candidate,
            "score": report.score,
            "bound": last["bound"],
            "hard": len(report.hard),
            "taken": wished,
        }
        end(work, asked.job_id, State.DONE, result)
