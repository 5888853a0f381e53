"""The monthly cycle over HTTP: every site's moments, what is at risk, and one's notices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field
from sqlalchemy import select, update

from api.auth.rights import Action
from api.cycle.policy import Moment
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import CallerNow, Desk, ServiceNow, at
from api.http.forms import MonthWords, Shown
from api.http.paging import Page, WantedPage
from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Work

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


class NoticeShown(Shown):
    """Something that one should know."""

    id: int
    kind: str
    site: str | None
    facts: dict[str, Any]
    made_at: datetime
    read_at: datetime | None


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


@router.get("/me/notices")
def list_notices(
    caller: CallerNow,
    service: ServiceNow,
    wanted: WantedPage,
    unread: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query
) -> Page[NoticeShown]:
    """One's notices, the newest first."""
    asked = select(t.Notice, t.Site.code).outerjoin(t.Site, t.Site.id == t.Notice.site_id)
    asked = asked.where(t.Notice.account_id == caller.account_id)
    asked = asked.where(t.Notice.read_at.is_(None)) if unread else asked
    with service.store.reading() as session:
        rows = session.execute(wanted.ask(asked, t.Notice.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row[0].id,), lambda row: notice_shown(row[0], row[1]))


@router.post("/me/notices/{notice_id}/read", status_code=204)
def read_notice(
    notice_id: Annotated[int, Path(ge=1, lt=2**63)], caller: CallerNow, service: ServiceNow, asked: AskedNow
) -> Response:
    """Mark a notice as read."""

    def do(work: Work) -> Answer:
        mine = (t.Notice.id == notice_id) & (t.Notice.account_id == caller.account_id)
        found = work.session.scalar(update(t.Notice).where(mine).values(read_at=work.now).returning(t.Notice.id))
        if found is None:
            raise Problem("not-found")
        return Answer()

    return answered(service.store, caller, asked, do)


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


def notice_shown(row: t.Notice, site: str | None) -> NoticeShown:
    """Something that one should know."""
    return NoticeShown(id=row.id, kind=row.kind, site=site, facts=row.facts, made_at=row.made_at, read_at=row.read_at)
