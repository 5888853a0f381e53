"""Bodies and answers about jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from api.http.forms import Body, Flag, Note, Shown, Whole
from api.jobs.rows import Kind, State, Stop
from api.rosters.forms import DutyShown
from api.store import tables as t


class ForecastJob(Body):
    """Forecast the month and work out the people it needs."""

    kind: Literal[Kind.FORECAST]


class SolveJob(Body):
    """Build the month's roster."""

    kind: Literal[Kind.SOLVE]
    seconds: float | None = Field(default=None, gt=0, le=3600, description="null: as the service is set")
    seed: Whole = Field(default=1, ge=0, lt=2**31)
    keep_published: Flag = Field(default=False, description="change as little as possible of what is in force")
    take: Literal["empty", "always", "never"] = Field(
        default="empty", description="whether the best becomes the draft: if there is none, always, never"
    )


class PublishJob(Body):
    """Put the draft in force."""

    kind: Literal[Kind.PUBLISH]
    note: Note = ""


class ClearJob(Body):
    """Find the largest set of posted wishes to change that can be met at once, and propose it."""

    kind: Literal[Kind.CLEAR]
    seconds: float = Field(default=10, gt=0, le=120)


NewJob = Annotated[ForecastJob | SolveJob | PublishJob | ClearJob, Field(discriminator="kind")]


class StopJob(Body):
    """End a running job: take the best so far, or nothing."""

    wish: Stop


class JobShown(Shown):
    """A job, how far it is, and what came out."""

    id: int
    kind: Kind
    month: str
    state: State
    progress: dict[str, Any] = Field(description="of a solve: seconds, objective, bound, incumbents")
    result: dict[str, Any]
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class CandidateShown(Shown):
    """A roster that a solve found."""

    id: int
    job: int | None
    score: int
    bound: int | None
    clean: bool
    made_at: datetime


class CandidateWhole(CandidateShown):
    """The same with its duties."""

    duties: list[DutyShown]


def job_shown(job: t.Job) -> JobShown:
    """A job, how far it is, and what came out."""
    return JobShown(
        id=job.id,
        kind=Kind(job.kind),
        month=job.month,
        state=State(job.state),
        progress=job.progress,
        result=job.result,
        made_at=job.made_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
    )


def candidate_shown(row: t.Candidate) -> CandidateShown:
    """A roster that a solve found."""
    return CandidateShown(
        id=row.id, job=row.job_id, score=row.score, bound=row.bound, clean=row.clean, made_at=row.made_at
    )
