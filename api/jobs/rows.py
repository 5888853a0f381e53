"""Jobs as the store keeps them: asked for, running, ended; each change in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Store, Work
from domain.language import Text
from domain.time import Month


class Kind(StrEnum):
    """What a job does."""

    FORECAST = "forecast"
    SOLVE = "solve"
    PUBLISH = "publish"
    IMPORT = "import"
    CLEAR = "clear"
    CHOOSE = "candidates"
    WHAT_IF = "what-if"
    EXPLAIN = "explain"
    REPAIR = "repair"


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


MANY_AT_ONCE = frozenset({Kind.IMPORT})
"""Kinds of which several may wait for a site: they run one after the other."""
SEARCHES = frozenset({Kind.SOLVE, Kind.CHOOSE, Kind.WHAT_IF, Kind.EXPLAIN, Kind.REPAIR})
"""Kinds that take whole cores for as long as they are given."""
OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED})


class Stop(StrEnum):
    """What somebody wishes of a running job."""

    TAKE = "take"
    """End now, with the best so far."""
    CANCEL = "cancel"
    """End with nothing."""


class Post(Protocol):
    """Hands a job to whoever runs it, in the transaction that asks for it."""

    def hand(self, session: Session, job: t.Job) -> None:
        """Make the job run once the transaction is committed."""


class Nobody:
    """Jobs wait: nothing runs them here."""

    def hand(self, session: Session, job: t.Job) -> None:
        """Leave it in the table."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a job is asked to do."""

    kind: Kind
    site_id: int
    month: Month
    given: dict[str, Any] = field(default_factory=dict)


def submit(work: Work, post: Post, errand: Errand) -> t.Job:
    """Ask for a job; one of a kind is at work on a site's month at a time, but for imports."""
    kind, site_id, month = errand.kind, errand.site_id, errand.month
    mine = (t.Job.site_id == site_id) & (t.Job.month == str(month)) & (t.Job.kind == kind.value)
    running = select(t.Job).where(mine, t.Job.state.in_((State.WAITING, State.RUNNING)))
    if kind not in MANY_AT_ONCE and work.session.scalars(running.limit(1)).one_or_none() is not None:
        raise Problem("conflict", Text("同类任务正在进行", "a job of this kind is at work on this month"))
    before = work.session.scalar(select(func.count()).select_from(t.Job).where(mine)) or 0
    job = t.Job(
        key=f"{kind}:{site_id}:{month}:{before + 1}",
        kind=kind.value,
        site_id=site_id,
        month=str(month),
        state=State.WAITING.value,
        given=errand.given,
        progress={},
        result={},
        made_by=work.actor.account_id,
        made_at=work.now,
    )
    work.session.add(job)
    work.session.flush()
    work.did("job.asked", f"job/{job.id}", site_id, kind=kind.value, month=str(month))
    post.hand(work.session, job)
    return job


def begin(store: Store, job_id: int) -> t.Job | None:
    """Mark a job as running; None: it is over, or was cancelled before it began."""
    with store.writing() as work:
        job = work.session.get(t.Job, job_id, with_for_update=True)
        if job is None or job.state in OVER:
            return None
        if job.stop == Stop.CANCEL:
            job.state, job.ended_at = State.CANCELLED.value, work.now
            return None
        job.state, job.started_at = State.RUNNING.value, job.started_at or work.now
        return job


def tell(store: Store, job_id: int, progress: dict[str, Any]) -> None:
    """Write how far a job is."""
    with store.writing() as work:
        job = work.session.get_one(t.Job, job_id, with_for_update=True)
        job.progress = {**job.progress, **progress}


def wish_of(store: Store, job_id: int) -> Stop | None:
    """What somebody wishes of a running job."""
    with store.reading() as session:
        found = session.scalar(select(t.Job.stop).where(t.Job.id == job_id))
        return Stop(found) if found else None


def end(work: Work, job_id: int, state: State, result: dict[str, Any]) -> None:
    """Mark a job as over, unless it was before."""
    job = work.session.get_one(t.Job, job_id, with_for_update=True)
    if job.state in OVER:
        return
    job.state, job.result, job.ended_at = state.value, result, work.now
    work.session.execute(delete(t.JobFile).where(t.JobFile.job_id == job_id))
    work.did(f"job.{state}", f"job/{job_id}", job.site_id, kind=job.kind, month=job.month)
