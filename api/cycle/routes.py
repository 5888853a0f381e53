"""The monthly cycle over HTTP: every site's moments, and what is at risk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy import select

from api.auth.rights import Action
from api.cycle.policy import Moment
from api.http.desk import CallerNow, Desk, ServiceNow, at
from api.http.forms import MonthWords, Shown
from api.http.paging import Page
from api.store import tables as t

router = APIRouter(tags=["cycle"])
AT_RISK = timedelta(hours=24)


class MomentShown(Shown):
    """A moment of a site's month."""

    site: str
    month: str
    moment: Moment
    due_at: datetime
    done_at: datetime | None
    state: str = Field(description="`met`, `late`, `open`, `at-risk` within a day of the deadline, `overdue`")


@router.get("/me/cycle")
def list_moments(
    caller: CallerNow, service: ServiceNow, month: Annotated[MonthWords | None, Query()] = None
) -> Page[MomentShown]:
    """The moments of all sites that are one's business, as they are due: the calendar of the whole cycle."""
    asked = select(t.Milestone, t.Site.code).join(t.Site, t.Site.id == t.Milestone.site_id).where(t.Site.active)
    asked = asked if caller.sites is None else asked.where(t.Site.id.in_(caller.sites))
    asked = asked.where(t.Milestone.month == month) if month else asked
    with service.store.reading() as session:
        rows = session.execute(asked.order_by(t.Milestone.due_at, t.Site.code).limit(5000)).all()
        return Page(items=[moment_shown(row, code, service.store.now()) for row, code in rows])


@router.get("/sites/{site}/cycle")
def list_site_moments(
    desk: Annotated[Desk, at(Action.SITE_SEE)], month: Annotated[MonthWords | None, Query()] = None
) -> Page[MomentShown]:
    """The moments of a site."""
    asked = select(t.Milestone).where(t.Milestone.site_id == desk.site.id)
    asked = asked.where(t.Milestone.month == month) if month else asked
    with desk.service.store.reading() as session:
        rows = session.scalars(asked.order_by(t.Milestone.due_at).limit(500)).all()
        return Page(items=[moment_shown(row, desk.site.code, desk.service.store.now()) for row in rows])


def moment_shown(row: t.Milestone, site: str, now: datetime) -> MomentShown:
    """A moment of a site's month."""
    state = row.outcome
    if row.done_at is None:
        state = "overdue" if now > row.due_at else "at-risk" if row.due_at - now <= AT_RISK else "open"
    return MomentShown(
        site=site,
        month=row.month,
        moment=Moment(row.kind),
        due_at=row.due_at,
        done_at=row.done_at,
        state=state,
    )
