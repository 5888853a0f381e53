"""What each kind of job does, from its row to its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from api.audit.chain import Actor
from api.demand.calls import add_batch, batch_of, read_upload
from api.demand.forms import batch_shown
from api.demand.work import foresee, keep_forecast, keep_requirement, require_month
from api.group.plans import newest, read_plan
from api.http.faults import refused
from api.http.problems import Problem
from api.http.uploads import Upload
from api.jobs.rows import SEARCHES, Kind, State, begin, end
from api.jobs.solving import Solve, run_solve
from api.jobs.studying import run_study
from api.rosters.given import drafted, read_given, roster_row
from api.rosters.publish import Deed, publish
from api.rosters.routes import opened_roster
from api.store import tables as t
from api.store.store import Store
from api.swaps.clearing import cleared, propose
from domain.language import Refusal
from domain.time import Month

LOG: Final = logging.getLogger("paiban.jobs")


@dataclass(frozen=True, slots=True)
class Tools:
    """What jobs work with."""

    store: Store


async def run(tools: Tools, job_id: int) -> None:
    """Run a job to its end; what it may not do ends it with the reason, what nobody foresaw with a mark in the log."""
    store = tools.store
    job = await asyncio.to_thread(begin, store, job_id)
    if job is None:
        return
    try:
        if job.kind == Kind.SOLVE:
            await run_solve(store, Solve.of(job))
        elif job.kind in SEARCHES:
            await run_study(store, job)
        else:
            await asyncio.to_thread(TASKS[Kind(job.kind)], tools, job)
    except (Refusal, Problem) as fault:
        await asyncio.to_thread(_failed, store, job, _reason(fault))
    except asyncio.CancelledError:
        raise
    except Exception:
        LOG.exception("job failed", extra={"job": job_id})
        await asyncio.to_thread(_failed, store, job, {"code": "internal"})


def forecast_month(tools: Tools, job: t.Job) -> None:
    """Forecast a month and work out the people it needs."""
    month = Month.parse(job.month)
    found = foresee(tools.store, job.site_id, month)
    with tools.store.writing() as work:
        row = keep_forecast(work, job.site_id, month, found)
        needed, forecast_id = require_month(work.session, job.site_id, month)
        roster = opened_roster(work, job.site_id, month)
        requirement = keep_requirement(work, roster, needed, forecast_id)
        result = {
            "forecast": row.number,
            "calls": row.facts["calls"],
            "requirement": requirement.number,
            "person_hours": requirement.person_minutes / 60,
        }
        end(work, job.id, State.DONE, result)


def publish_month(tools: Tools, job: t.Job) -> None:
    """Publish a draft as it stands; a hard breach ends it with the reason."""
    with tools.store.writing() as work:
        row = roster_row(work.session, job.site_id, Month.parse(job.month), lock=True)
        given = read_given(work.session, row)
        version = publish(work, given, drafted(given).planned, Deed("publication", str(job.given.get("note", ""))))
        end(work, job.id, State.DONE, {"version": version.number})


def import_calls(tools: Tools, job: t.Job) -> None:
    """Read the file of an import and take its records; the file is gone afterwards."""
    with tools.store.reading() as session:
        plan = read_plan(newest(session, job.site_id))
        file = session.get_one(t.JobFile, job.id)
        upload = Upload(file.name, file.content)
    batch = batch_of(read_upload(upload, plan), upload.name, plan.site.zone)
    with tools.store.writing(Actor(job.made_by)) as work:
        row, fresh = add_batch(work, job.site_id, batch)
        end(work, job.id, State.DONE, batch_shown(row, fresh=fresh).model_dump(mode="json"))


def clear_board(tools: Tools, job: t.Job) -> None:
    """Find the best set of exchanges and rings among the posts, and propose it."""
    month = Month.parse(job.month)
    found = cleared(tools.store, job.site_id, month, float(job.given["seconds"]))
    with tools.store.writing(Actor(job.made_by)) as work:
        end(work, job.id, State.DONE, propose(work, job.site_id, month, found))


TASKS: Final[dict[Kind, Callable[[Tools, t.Job], None]]] = {
    Kind.FORECAST: forecast_month,
    Kind.PUBLISH: publish_month,
    Kind.IMPORT: import_calls,
    Kind.CLEAR: clear_board,
}


def _failed(store: Store, job: t.Job, result: dict[str, Any]) -> None:
    with store.writing() as work:
        end(work, job.id, State.FAILED, result)


def _reason(fault: Refusal | Problem) -> dict[str, Any]:
    """Why a job could not be done, in both languages; a fault in a file with its place."""
    problem = fault if isinstance(fault, Problem) else refused(fault)
    text = problem.text
    told = {"detail": text.en if text else "", "detail_zh": text.zh if text else ""}
    return {"code": problem.kind.code, **told, **problem.facts}
