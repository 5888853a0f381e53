"""Hours off out of one's own calendar: told first, asked for only with one's consent, and then as if by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from sqlalchemy import select

from api.auth.rights import Action
from api.files.diary import busy
from api.files.tables import naming
from api.http.asked import Answer, AskedNow, answered, undone
from api.http.desk import Desk, at
from api.http.forms import Shown
from api.http.problems import Problem, declared
from api.http.uploads import Upload
from api.requests.rows import Kind, State, new_request, unavailability_of
from api.store import tables as t
from api.store.store import Work
from domain.language import Text
from domain.time import Days, Span, minute

router = APIRouter(tags=["requests"])
AHEAD: Final = timedelta(days=100)
LONGEST: Final = timedelta(days=62)
NAME: Final = r"^[^/\\\x00-\x1f]{1,180}\.(ics|ICS)$"
BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {"text/calendar": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class BusyShown(Shown):
    """A span in which one is taken, and whether that was asked for before."""

    start: datetime
    end: datetime
    known: bool


class DiaryShown(Shown):
    """What a calendar says of the months to come; its titles and places are neither kept nor told."""

    dry_run: bool
    items: list[BusyShown]
    asked: int = Field(description="requests that were made")


def _diary(
    asked: AskedNow,
    name: Annotated[str, Query(pattern=NAME, examples=["mine.ics"])],
    dry_run: Annotated[bool, Query(description="only tell what would be asked for")] = False,  # noqa: FBT002 - a query
) -> Upload:
    if not asked.body:
        raise Problem("invalid", Text("没有文件内容", "there is nothing in the body"))
    return Upload(name, asked.body, dry_run)


@router.post(
    "/sites/{site}/requests/diary", response_model=DiaryShown, openapi_extra=BODY, responses=declared("too-large")
)
def read_diary(
    desk: Annotated[Desk, at(Action.REQUEST)],
    diary: Annotated[Upload, Depends(_diary)],
    asked: AskedNow,
    consent: Annotated[bool, Query(description="the busy hours, without their titles, may be kept")] = False,  # noqa: FBT002 - a query
) -> Response:
    """Ask for the hours off in which one's own calendar says busy, for 100 days; each is decided on as usual."""
    if desk.caller.person_id is None or desk.caller.person_site != desk.site.id:
        raise Problem("not-found")
    if not (consent or diary.dry_run):
        words = Text("请先同意保存忙碌时段(不含标题)", "consent is needed: busy hours are kept, titles are not")
        raise Problem("invalid", words)
    person_id, now = desk.caller.person_id, desk.service.store.now()
    with naming(Path(diary.name)):
        today = desk.site.zone.day_of(now)
        window = Span(desk.site.zone.at(today, 0), desk.site.zone.at(today + AHEAD, 0))
        spans = busy(diary.content, desk.site.zone, window)

    def do(work: Work) -> Answer:
        person = work.session.get_one(t.Person, person_id, with_for_update=True)
        known = _known(work, person_id)
        fresh = [span for span in spans if not _within(span, known) and span.end - span.start <= LONGEST]
        for span in fresh:
            request = _request(work, person, span)
            work.session.add(request)
            work.session.flush()
            work.did("request.made", f"request/{request.id}", desk.site.id, kind=request.kind, number=person.number)
        work.did("diary.read", f"person/{person.number}", desk.site.id, asked=len(fresh))
        items = [BusyShown(start=span.start, end=span.end, known=_within(span, known)) for span in spans]
        return Answer(DiaryShown(dry_run=diary.dry_run, items=items, asked=len(fresh)))

    return answered(desk.service.store, desk.caller, asked, undone(do) if diary.dry_run else do)


def _request(work: Work, person: t.Person, span: Span) -> t.Request:
    days = Days(span.start.date(), span.end.date())
    start, end = _key(span)
    return new_request(work, person, Kind.UNAVAILABLE, days, {"start": start, "end": end, "note": ""})


def _within(span: Span, known: list[Span]) -> bool:
    """Whether hours off that were asked for hold a span."""
    return any(minute(old.start) <= minute(span.start) and minute(span.end) <= minute(old.end) for old in known)


def _known(work: Work, person_id: int) -> list[Span]:
    """The hours off that were asked for and not taken back."""
    mine = (t.Request.person_id == person_id) & (t.Request.kind == Kind.UNAVAILABLE.value)
    rows = work.session.scalars(select(t.Request).where(mine, t.Request.state != State.WITHDRAWN.value))
    return [unavailability_of(row).span for row in rows]


def _key(span: Span) -> tuple[str, str]:
    return span.start.isoformat(), span.end.isoformat()
