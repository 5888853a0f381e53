"""The rosters that jobs find, kept beside the month; each is judged by the site's own rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from api.rosters.cells import to_duties
from api.rosters.given import Given
from api.store import tables as t
from api.store.store import Work
from constraints.check import check
from constraints.figures import cover, shortfall
from domain.roster import Roster
from scheduler.whatif import figures

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """A roster that was found; in numbers once it was judged."""

    rows: Rows
    score: int
    bound: float | None = None
    clean: bool = False
    """Judged, and without a hard breach."""
    figures: dict[str, Any] | None = None
    name: dict[str, str] | None = None


def here(given: Given, rows: Rows) -> Roster:
    """A roster without the duties of people who are not of the site: those of a case, those who left meanwhile."""
    return given.roster_of(tuple(duty for duty in to_duties(rows) if duty.agent in given.numbers))


def judged(given: Given, rows: Rows, bound: float | None = None, name: dict[str, str] | None = None) -> Found:
    """A roster judged by the rules of the site as they are."""
    roster = here(given, rows)
    report = check(roster, given.situation, given.plan.policy)
    numbers = asdict(figures(given.situation, roster, report))
    return Found(rows, report.score, bound, report.clean, numbers, name)


def covered(given: Given, rows: Rows) -> float:
    """The share of the need that a roster covers."""
    return shortfall(cover(here(given, rows), given.situation)).covered_share


def keep(work: Work, job_id: int, given: Given, found: Found, *, instead: bool = False) -> int:
    """Keep a roster; `instead`: in place of the one that the job found before."""
    asked = select(t.Candidate).where(t.Candidate.job_id == job_id)
    known = work.session.scalars(asked).one_or_none() if instead else None
    row = known or t.Candidate(roster_id=given.roster.id, job_id=job_id)
    row.duties, row.score, row.clean, row.figures = found.rows, found.score, found.clean, found.figures
    row.bound = None if found.bound is None else round(found.bound)
    row.name = found.name
    row.plan_id, row.requirement_id, row.made_at = given.plan_row.id, given.roster.requirement_id, work.now
    work.session.add(row)
    work.session.flush()
    return row.id
