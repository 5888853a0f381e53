"""Jobs over HTTP: ask, look, stop, and follow as they go on (server-sent events)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action
from api.cases import branch
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import Desk, at
from api.http.paging import Page, WantedPage
from api.http.paths import Id
from api.http.problems import Problem
from api.jobs.forms import (
    CandidateShown,
    CandidateWhole,
    JobShown,
    NewJob,
    SolveJob,
    StopJob,
    WhatIfJob,
    candidate_shown,
    job_shown,
)
from api.jobs.rows import OVER, Errand, State, submit
from api.rosters.cells import to_duties
from api.rosters.forms import duty_shown
from api.rosters.given import read_given, roster_row
from api.rosters.routes import MonthNow, opened_roster
from api.service import Service
from api.store import tables as t
from api.store.store import Work

router = APIRouter(tags=["jobs"])
Runner = Annotated[Desk, at(Action.JOBS)]
Reader = Annotated[Desk, at(Action.DRAFT_SEE)]
EVERY: Final = 0.5
LONGEST_SECONDS: Final = 3600.0
EVENTS: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/event-stream": {}}}}


@router.post("/sites/{site}/months/{month}/jobs", status_code=202, response_model=JobShown)
def start_job(body: NewJob, desk: Runner, month: MonthNow, asked: AskedNow) -> Response:
    """Ask for something that takes its time; one of a kind is at work on a month at a time."""
    given = body.model_dump(mode="json", exclude={"kind"})
    if isinstance(body, SolveJob) and body.seconds is None:
        given["seconds"] = desk.service.settings.solver_seconds

    def do(work: Work) -> Answer:
        roster = opened_roster(work, desk.site.id, month)
        if isinstance(body, WhatIfJob):
            task = read_given(work.session, roster).task
            for case in body.cases:
                branch(task, case)
        job = submit(work, desk.service.post, Errand(body.kind, desk.site.id, month, given))
        return Answer(job_shown(job), 202, location=f"/api/v1/sites/{desk.site.code}/jobs/{job.id}")

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/jobs")
def list_jobs(desk: Runner, wanted: WantedPage) -> Page[JobShown]:
    """The jobs of a site, the newest first."""
    asked = select(t.Job).where(t.Job.site_id == desk.site.id)
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.Job.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), job_shown)


@router.get("/sites/{site}/jobs/{job_id}")
def show_job(desk: Runner, job_id: Id) -> JobShown:
    """One job."""
    with desk.service.store.reading() as session:
        return job_shown(_found(session, desk.site.id, job_id))


@router.post("/sites/{site}/jobs/{job_id}/stop", response_model=JobShown)
def stop_job(body: StopJob, desk: Runner, job_id: Id, asked: AskedNow) -> Response:
    """End a job that runs, or take one back that waits."""

    def do(work: Work) -> Answer:
        job = _found(work.session, desk.site.id, job_id, lock=True)
        if job.state in OVER:
            raise Problem("conflict")
        job.stop = body.wish.value
        work.did("job.stopped", f"job/{job.id}", desk.site.id, wish=body.wish.value)
        return Answer(job_shown(job))

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/jobs/{job_id}/events", responses=EVENTS, response_class=StreamingResponse)
async def follow_job(desk: Runner, job_id: Id) -> StreamingResponse:
    """The job each time it changed, until it is over."""
    first = await asyncio.to_thread(_read, desk.service, desk.site.id, job_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(desk, job_id, first), media_type="text/event-stream", headers=headers)


@router.get("/sites/{site}/rosters/{month}/candidates")
def list_candidates(desk: Reader, month: MonthNow) -> Page[CandidateShown]:
    """The rosters that solves of a month found, the newest first."""
    with desk.service.store.reading() as session:
        row = roster_row(session, desk.site.id, month)
        asked = select(t.Candidate).where(t.Candidate.roster_id == row.id).order_by(t.Candidate.id.desc()).limit(100)
        return Page(items=[candidate_shown(found) for found in session.scalars(asked)])


@router.get("/sites/{site}/rosters/{month}/candidates/{candidate_id}")
def show_candidate(desk: Runner, month: MonthNow, candidate_id: Id) -> CandidateWhole:
    """A roster that a solve found, with its duties."""
    with desk.service.store.reading() as session:
        row = roster_row(session, desk.site.id, month)
        found = session.get(t.Candidate, candidate_id)
        if found is None or found.roster_id != row.id:
            raise Problem("not-found")
        duties = [duty_shown(duty) for duty in to_duties(found.duties)]
        return CandidateWhole(**candidate_shown(found).model_dump(), duties=duties)


async def _events(desk: Desk, job_id: int, told: JobShown) -> AsyncIterator[str]:
    """One event a change; a comment now and then keeps proxies from giving up."""
    yield _event(told)
    for tick in range(int(LONGEST_SECONDS / EVERY)):
        if told.state in OVER:
            return
        await asyncio.sleep(EVERY)
        now = await asyncio.to_thread(_read, desk.service, desk.site.id, job_id)
        if now != told:
            told = now
            yield _event(told)
        elif tick % 20 == 0:
            yield ": still here\n\n"


def _event(told: JobShown) -> str:
    name = "end" if State(told.state) in OVER else "progress"
    return f"event: {name}\ndata: {told.model_dump_json()}\n\n"


def _read(service: Service, site_id: int, job_id: int) -> JobShown:
    with service.store.reading() as session:
        return job_shown(_found(session, site_id, job_id))


def _found(session: Session, site_id: int, job_id: int, *, lock: bool = False) -> t.Job:
    job = session.get(t.Job, job_id, with_for_update=True if lock else None)
    if job is None or job.site_id != site_id:
        raise Problem("not-found")
    return job
