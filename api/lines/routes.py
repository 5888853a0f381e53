"""The unattended plan over HTTP, for people and for exchanges that follow it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import func, select

from api.auth.rights import Action
from api.feeds.conditional import Edition, answer
from api.files.site import SitePlan
from api.group.plans import newest, read_plan
from api.http.desk import Desk, at
from api.http.downloads import TYPES, told_as
from api.http.faults import LanguageNow
from api.http.forms import Day
from api.lines.forms import UnattendedShown
from api.lines.plan import Led, led
from api.lines.tables import calendar_of, csv_of, shown
from api.store import tables as t
from domain.time import Days

router = APIRouter(tags=["lines"])
LONGEST_DAYS: Final = 62


@dataclass(frozen=True, slots=True)
class Asked:
    """The plan of some days, worked out."""

    plan: SitePlan
    days: Days
    found: tuple[Led, ...]
    changed_at: datetime


def _asked(
    desk: Annotated[Desk, at(Action.ROSTER_SEE)],
    first: Annotated[Day | None, Query(description="default: today at the site")] = None,
    days: Annotated[int, Query(ge=1, le=LONGEST_DAYS)] = 7,
) -> Asked:
    """The plan of a site; what is in force decides when it changed."""
    start = first or desk.site.zone.day_of(desk.service.store.now())
    wanted = Days(start, start + timedelta(days=days - 1))
    with desk.service.store.reading() as session:
        row = newest(session, desk.site.id)
        changed = session.scalar(select(func.max(t.Roster.changed_at)).where(t.Roster.site_id == desk.site.id))
        found = led(session, desk.site.id, plan := read_plan(row), wanted)
    begun = desk.site.zone.at(start, 0) if first is None else row.made_at  # another day is another plan
    return Asked(plan, wanted, found, max(changed or row.made_at, row.made_at, begun))


AskedNow = Annotated[Asked, Depends(_asked)]


@router.get("/sites/{site}/unattended", response_model=UnattendedShown)
def show_unattended(asked: AskedNow, request: Request, language: LanguageNow) -> Response:
    """Where each line leads, minute by minute, and its gaps; unchanged ones are not sent again."""
    body = shown(asked.found, asked.plan, asked.days, language).model_dump_json().encode()
    return _answer(request, asked, body, "json")


@router.get("/sites/{site}/unattended.csv", responses=told_as("csv"), response_class=Response)
def list_unattended(asked: AskedNow, request: Request) -> Response:
    """The same as CSV: line, start, end, target, where, announcement."""
    return _answer(request, asked, csv_of(asked.found, asked.plan), "csv")


@router.get("/sites/{site}/unattended.ics", responses=told_as("ics"), response_class=Response)
def unattended_calendar(asked: AskedNow, request: Request, language: LanguageNow) -> Response:
    """The same as a calendar."""
    return _answer(request, asked, calendar_of(asked.found, asked.plan, asked.days, language, asked.changed_at), "ics")


def _answer(request: Request, asked: Asked, body: bytes, kind: str) -> Response:
    tag = hashlib.sha256(body).hexdigest()[:32]
    return answer(request, Edition(tag, asked.changed_at, {"Content-Type": TYPES[kind]}), lambda: body)
