"""What people ask for: wishes until they close (S3), leave and hours off with a decision (S17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.auth.rights import Action, Reach
from api.cycle.policy import Moment
from api.group.plans import calendar_of, newest, read_plan
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import Desk, at
from api.http.forms import MonthWords
from api.http.paging import Page, WantedPage
from api.http.problems import Problem, declared
from api.people.rows import person_of
from api.requests.forms import Decision, NewRequest, RequestShown, WishForm, request_shown
from api.requests.rows import Kind, State
from api.store import tables as t
from api.store.store import Work
from domain.language import Text, plain
from domain.time import Month

router = APIRouter(tags=["requests"])
Asker = Annotated[Desk, at(Action.REQUEST)]
Reader = Annotated[Desk, at(Action.REQUESTS_SEE)]
Decider = Annotated[Desk, at(Action.REQUESTS_DECIDE)]
Id = Annotated[int, Path(ge=1, lt=2**63)]


@router.get("/sites/{site}/requests")
def list_requests(
    desk: Reader, wanted: WantedPage, month: Annotated[MonthWords | None, Query()] = None, kind: Kind | None = None
) -> Page[RequestShown]:
    """Requests, the newest first: one's own, or those of the site."""
    asked = select(t.Request).where(t.Request.site_id == desk.site.id).options(joinedload(t.Request.person))
    if desk.reach is not Reach.SITE:
        asked = asked.where(t.Request.person_id == desk.caller.person_id)
    if month:
        days = Month.parse(month).days
        asked = asked.where(t.Request.first <= days.last, t.Request.last >= days.first)
    asked = asked.where(t.Request.kind == kind.value) if kind else asked
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.Request.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), request_shown)


@router.post("/sites/{site}/requests", status_code=201, response_model=RequestShown, responses=declared("too-late"))
def make_request(body: NewRequest, desk: Asker, asked: AskedNow) -> Response:
    """Ask for something; wishes for a month are taken until they close, later ones are refused with the next chance."""

    def do(work: Work) -> Answer:
        person = _asker(work.session, desk, body.number)
        if isinstance(body, WishForm):
            _refuse_wish(work, desk, body)
        days = body.days()
        row = t.Request(
            site_id=desk.site.id,
            person_id=person.id,
            kind=body.kind.value,
            first=days.first,
            last=days.last,
            facts=body.facts(),
            state=State.OPEN.value,
            made_by=desk.caller.account_id,
            made_at=work.now,
        )
        row.person = person
        work.session.add(row)
        work.session.flush()
        work.did("request.made", f"request/{row.id}", desk.site.id, kind=row.kind, number=person.number)
        return _answer(row, 201)

    return answered(desk.service.store, desk.caller, asked, do)


@router.put("/sites/{site}/requests/{request_id}/decision", response_model=RequestShown)
def decide_request(request_id: Id, body: Decision, desk: Decider, asked: AskedNow) -> Response:
    """Approve or decline; never one's own."""

    def do(work: Work) -> Answer:
        row = _found(work.session, desk, request_id)
        asked.require_match(_tag(row))
        if row.person_id == desk.caller.person_id:
            raise Problem("forbidden", Text("不能审批自己的申请", "nobody decides on his own request"))
        if row.state != State.OPEN or row.kind == Kind.WISH:
            raise Problem("conflict")
        row.state, row.reason, row.revision = body.state.value, body.reason, row.revision + 1
        row.decided_by, row.decided_at = desk.caller.account_id, work.now
        work.did("request.decided", f"request/{row.id}", desk.site.id, state=row.state, reason=body.reason)
        return _answer(row)

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/requests/{request_id}", response_model=RequestShown)
def withdraw_request(request_id: Id, desk: Asker, asked: AskedNow) -> Response:
    """Take one's own request back, before it was decided; a wish, before wishes close."""

    def do(work: Work) -> Answer:
        row = _found(work.session, desk, request_id)
        if row.person_id != desk.caller.person_id:
            raise Problem("not-found")
        if row.state != State.OPEN:
            raise Problem("conflict")
        if row.kind == Kind.WISH:
            refuse_closed(work, desk, Month.of(row.first))
        row.state, row.revision = State.WITHDRAWN.value, row.revision + 1
        work.did("request.withdrawn", f"request/{row.id}", desk.site.id)
        return _answer(row)

    return answered(desk.service.store, desk.caller, asked, do)


def refuse_closed(work: Work, desk: Desk, month: Month) -> None:
    """After wishes for a month have closed: the refusal with the rule, and when the next month's open."""
    plan = read_plan(newest(work.session, desk.site.id))
    calendar = calendar_of(work.session, plan, desk.site.id, range(month.year - 1, month.year + 2))
    closed = plan.cycle.due(Moment.CLOSE, month, desk.site.zone, calendar)
    if work.now < closed:
        return
    following = Month.of(month.days.last + timedelta(days=1))
    opens = plan.cycle.due(Moment.OPEN, following, desk.site.zone, calendar)
    closes = plan.cycle.due(Moment.CLOSE, following, desk.site.zone, calendar)
    words = Text(
        "{month}的意愿已于{closed}截止(每月{day}日截止次月意愿); 下一次: {next}, {opens}至{closes}",
        "wishes for {month} closed on {closed} (each month on day {day}); next chance: {next}, {opens} to {closes}",
    )
    told = words.filled(
        month=plain(month),
        closed=plain(f"{closed:%Y-%m-%d %H:%M}"),
        day=plain(plan.cycle.close.day),
        next=plain(following),
        opens=plain(f"{opens:%Y-%m-%d %H:%M}"),
        closes=plain(f"{closes:%Y-%m-%d %H:%M}"),
    )
    raise Problem("too-late", told, closed_at=closed.isoformat(), next_month=str(following))


def _refuse_wish(work: Work, desk: Desk, wish: WishForm) -> None:
    """A wish that is too late, or names a shift that is not there."""
    refuse_closed(work, desk, Month.of(wish.day))
    if wish.shift is not None:
        read_plan(newest(work.session, desk.site.id)).site.shift(wish.shift)


def _asker(session: Session, desk: Desk, number: str | None) -> t.Person:
    """For whom is asked: oneself, or somebody else by who keeps the roster."""
    if number is not None and number != desk.caller.number:
        if desk.caller.reach(Action.DRAFT_EDIT, desk.site.id) is not Reach.SITE:
            raise Problem("forbidden")
        person = person_of(session, desk.site.id, number)
    else:
        person = session.get(t.Person, desk.caller.person_id) if desk.caller.person_id else None
    if person is None or person.site_id != desk.site.id:
        raise Problem("not-found")
    return person


def _found(session: Session, desk: Desk, request_id: int) -> t.Request:
    row = session.get(t.Request, request_id, with_for_update=True)
    if row is None or row.site_id != desk.site.id:
        raise Problem("not-found")
    return row


def _tag(row: t.Request) -> str:
    return etag("request", row.id, row.revision)


def _answer(row: t.Request, status: int = 200) -> Answer:
    return Answer(request_shown(row), status, _tag(row))
