"""Studies of a month as jobs: several rosters, what-if, why there is none, and how one that stands is mended."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from api.jobs.asking import answer_of
from api.jobs.found import judged, keep
from api.jobs.questions import Choose, Compare, Facts, Question
from api.jobs.reasons import Explain, Mend
from api.jobs.rows import Kind, State, end, tell
from api.rosters.given import Given, drafted, read_given, roster_row
from api.store import tables as t
from api.store.store import Store
from domain.time import Days, Month
from scheduler.problem import Limits
from scheduler.repair import Leeway


async def run_study(store: Store, job: t.Job) -> None:
    """Work it out, keep the rosters that it found, and end the job."""
    given, question = await asyncio.to_thread(_asked, store, job)

    async def hear(told: Facts) -> None:
        await asyncio.to_thread(tell, store, job.id, told)

    found = await answer_of(store, job.id, question, hear)
    await asyncio.to_thread(_end, store, job, given, found)


def _asked(store: Store, job: t.Job) -> tuple[Given, Question]:
    with store.reading() as session:
        given = read_given(session, roster_row(session, job.site_id, Month.parse(job.month)))
        return given, _question(job, given)


def _question(job: t.Job, given: Given) -> Question:
    """What the job asks of the month as it stands."""
    told, draft, task = job.given, drafted(given), given.task
    limits = Limits(seconds=float(told["seconds"]))
    match Kind(job.kind):
        case Kind.CHOOSE:
            return Choose(task, limits, int(told["count"]))
        case Kind.WHAT_IF:
            return Compare(task, draft, limits, tuple(told["cases"]))
        case Kind.REPAIR:
            return Mend(task, draft, limits, Leeway(_window(told)))
        case _:
            return Explain(task, limits)


def _window(told: dict[str, Any]) -> Days | None:
    """The days that may change; None: from the first hole on."""
    first, last = told["first"], told["last"]
    return Days(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _end(store: Store, job: t.Job, given: Given, found: Facts | None) -> None:
    """Keep each roster under its name and tell the rest."""
    if found is None:
        with store.writing() as work:
            end(work, job.id, State.CANCELLED, {})
        return
    ways = [(one, one.pop("rows")) for one in found["rosters"]]
    seen = [(one, judged(given, rows, name=one["name"]) if rows is not None else None) for one, rows in ways]
    with store.writing() as work:
        rosters = [{**one, "candidate": keep(work, job.id, given, roster) if roster else None} for one, roster in seen]
        end(work, job.id, State.DONE, {**found, "rosters": rosters})
