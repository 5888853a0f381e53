"""What each kind of job does, from its row to its end."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from api.demand.work import foresee, keep_forecast, keep_requirement, require_month
from api.http.problems import Problem
from api.jobs.rows import Kind, State, begin, end
from api.jobs.solving import Solve, run_solve
from api.rosters.given import drafted, read_given, roster_row
from api.rosters.publish import Deed, publish
from api.rosters.routes import opened_roster
from api.store import tables as t
from api.store.store import Store
from domain.language import Refusal
from domain.time import Month

LOG: Final = logging.getLogger("paiban.jobs")


async def run(store: Store, job_id: int) -> None:
    """Run a job to its end; what it may not do ends it with the reason, what nobody foresaw with a mark in the log."""
    job = await asyncio.to_thread(begin, store, job_id)
    if job is None:
        return
    try:
        if job.kind == Kind.SOLVE:
            await run_solve(store, Solve.of(job))
        else:
            await asyncio.to_thread(TASKS[Kind(job.kind)], store, job)
    except (Refusal, Problem) as fault:
        await asyncio.to_thread(_failed, store, job, _reason(fault))
    except asyncio.CancelledError:
        raise
    except Exception:
        LOG.exception("job failed", extra={"job": job_id})
        await asyncio.to_thread(_failed, store, job, {"code": "internal"})


def forecast_month(store: Store, job: t.Job) -> None:
    """Forecast a month and work out the people it needs."""
    month = Month.parse(job.month)
    found = foresee(store, job.site_id, month)
    with store.writing() as work:
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


def publish_month(store: Store, job: t.Job) -> None:
    """Publish a draft as it stands; a hard breach ends it with the reason."""
    with store.writing() as work:
        row = roster_row(work.session, job.site_id, Month.parse(job.month), lock=True)
        given = read_given(work.session, row)
        version = publish(work, given, drafted(given).planned, Deed("publication", str(job.given.get("note", ""))))
        end(work, job.id, State.DONE, {"version": version.number})


TASKS: Final = {Kind.FORECAST: forecast_month, Kind.PUBLISH: publish_month}


def _failed(store: Store, job: t.Job, result: dict[str, Any]) -> None:
    with store.writing() as work:
        end(work, job.id, State.FAILED, result)


def _reason(fault: Refusal | Problem) -> dict[str, Any]:
    """Why a job could not be done, in both languages."""
    text = fault.text
    code = fault.kind.code if isinstance(fault, Problem) else "invalid"
    more = dict(fault.facts) if isinstance(fault, Problem) else {}
    return {"code": code, "detail": text.en if text else "", "detail_zh": text.zh if text else "", **more}
