"""One's notices over HTTP: the inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select, update

from api.http.asked import Answer, AskedNow, answered
from api.http.desk import CallerNow, ServiceNow
from api.http.faults import LanguageNow
from api.http.forms import Shown
from api.http.paging import Page, WantedPage
from api.http.problems import Problem
from api.notices.words import letter_of
from api.store import tables as t
from api.store.store import Work
from domain.language import Language
from domain.time import Zone

router = APIRouter(tags=["notices"])
NOWHERE = "UTC"


class NoticeShown(Shown):
    """Something that one should know."""

    id: int
    kind: str
    site: str | None
    subject: str
    body: str
    facts: dict[str, Any]
    made_at: datetime
    read_at: datetime | None


@router.get("/me/notices")
def list_notices(
    caller: CallerNow,
    service: ServiceNow,
    language: LanguageNow,
    wanted: WantedPage,
    unread: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query
) -> Page[NoticeShown]:
    """One's notices, the newest first."""
    asked = select(t.Notice, t.Site.code, t.Site.zone).outerjoin(t.Site, t.Site.id == t.Notice.site_id)
    asked = asked.where(t.Notice.account_id == caller.account_id)
    asked = asked.where(t.Notice.read_at.is_(None)) if unread else asked
    with service.store.reading() as session:
        rows = session.execute(wanted.ask(asked, t.Notice.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row[0].id,), lambda row: notice_shown(row[0], row[1], row[2], language))


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


def notice_shown(row: t.Notice, site: str | None, zone: str | None, language: Language) -> NoticeShown:
    """Something that one should know, in one's language."""
    letter = letter_of(row.kind, row.facts, Zone(zone or NOWHERE))
    return NoticeShown(
        id=row.id,
        kind=row.kind,
        site=site,
        subject=letter.subject.said(language),
        body=letter.body.said(language),
        facts=row.facts,
        made_at=row.made_at,
        read_at=row.read_at,
    )
