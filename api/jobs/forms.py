"""Bodies and answers about jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from api.files.parts import WordsForm
from api.http.forms import Body, Code, Day, Flag, Line, Note, Shown, Whole
from api.jobs.rows import Kind, State, Stop
from api.rosters.forms import DutyShown
from api.store import tables as t
from domain.language import Refusal, Text

Seconds = Annotated[float, Field(gt=0, le=3600)]


class ForecastJob(Body):
    """Forecast the month and work out the people it needs."""

    kind: Literal[Kind.FORECAST]


class SolveScope(Body):
    """The part of a month that may change: of these teams and people, in these days; where none are told, of all."""

    teams: list[Line] = Field(default=[], max_length=100)
    people: list[Code] = Field(default=[], max_length=2000)
    first: Day | None = None
    last: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> SolveScope:
        if self.first and self.last and self.last < self.first:
            raise Refusal(Text("最后一天早于第一天", "the last day lies before the first"))
        return self


class SolveJob(Body):
    """Build the month's roster."""

    kind: Literal[Kind.SOLVE]
    seconds: float | None = Field(default=None, gt=0, le=3600, description="null: as the service is set")
    seed: Whole = Field(default=1, ge=0, lt=2**31)
    keep_published: Flag = Field(default=False, description="change as little as possible of what is in force")
    scope: SolveScope | None = Field(default=None, description="elsewhere the draft stays; null: all may change")
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


class ChooseJob(Body):
    """Find several clearly different rosters."""

    kind: Literal[Kind.CHOOSE]
    seconds: Seconds = 120
    count: Whole = Field(default=3, ge=2, le=6)


class WhatIfJob(Body):
    """Solve the month as it is and by each case, and put the figures side by side."""

    kind: Literal[Kind.WHAT_IF]
    seconds: Seconds = 120
    cases: list[Line] = Field(
        min_length=1,
        max_length=5,
        description="`need x1.1`, `+2 service;emergency`, `-A017`, `no wishes`, `{kind: …}`; joined by `&`",
        examples=[["need x1.1"]],
    )


class ExplainJob(Body):
    """Find out why no roster keeps every hard rule, and what would help."""

    kind: Literal[Kind.EXPLAIN]
    seconds: Seconds = 60


class RepairJob(Body):
    """Mend the draft with the fewest changes for what is given now."""

    kind: Literal[Kind.REPAIR]
    seconds: Seconds = 30
    first: Day | None = Field(default=None, description="of the days that may change; null: from the first hole on")
    last: Day | None = None


NewJob = Annotated[
    ForecastJob | SolveJob | PublishJob | ClearJob | ChooseJob | WhatIfJob | ExplainJob | RepairJob,
    Field(discriminator="kind"),
]


class StopJob(Body):
    """End a running job: take the best so far, or nothing."""

    wish: Stop


class JobShown(Shown):
    """A job, how far it is, and what came out."""

    id: int
    kind: Kind
    month: str
    state: State
    given: dict[str, Any] = Field(description="what was asked")
    progress: dict[str, Any] = Field(
        description="of a solve: seconds, objective, bound, incumbents, share of the need covered"
    )
    result: dict[str, Any]
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class FiguresShown(Shown):
    """A roster in numbers."""

    score: int
    hard: int = Field(description="breaches that block publishing")
    covered: float = Field(description="share of the need that is covered")
    short_minutes: int = Field(description="minutes of people that the need lacks")
    overtime_minutes: int
    wishes: int
    wishes_met: int
    costs: dict[str, int] = Field(description="by kind of rule")


class CandidateShown(Shown):
    """A roster that a job found."""

    id: int
    job: int | None
    name: WordsForm | None = Field(description="what it leans to, or the case under which it was made")
    figures: FiguresShown | None = Field(description="null: not judged yet")
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
        given=job.given,
        progress=job.progress,
        result=job.result,
        made_at=job.made_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
    )


def candidate_shown(row: t.Candidate) -> CandidateShown:
    """A roster that a solve found."""
    return CandidateShown(
        id=row.id,
        job=row.job_id,
        name=WordsForm(**row.name) if row.name else None,
        figures=FiguresShown(**row.figures) if row.figures else None,
        score=row.score,
        bound=row.bound,
        clean=row.clean,
        made_at=row.made_at,
    )
