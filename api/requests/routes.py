"""What people ask for: wishes until they close (S3), leave and hours off with a decision (S17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.auth.rights import Action, Reach
from api.cycle.policy import Moment
from api.files.site import SitePlan
from api.group.plans import calendar_of, newest, read_plan
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.forms import Code, MonthWords
from api.http.paging import Page, WantedPage
from api.http.paths import Id
from api.http.problems import Problem, declared
from api.leave.ask import ask, tell_by_phone
from api.leave.decide import withdraw
from api.people.rows import person_of
from api.requests.budget import budget_of, refuse_beyond
from api.requests.decide import decide_as, locked_request
from api.requests.forms import (
    BudgetShown,
    Decision,
    LeaveForm,
    NewRequest,
    RequestShown,
    UnavailableForm,
    WishForm,
    request_shown,
)
from api.requests.rows import Kind, State, new_request
from api.rosters.routes import MonthNow
from api.store import tables as t
from api.store.store import Work
from domain.language import Language, Refusal, Text, plain
from domain.time import Month

router = APIRouter(tags=["requests"])
Asker = Annotated[Desk, at(Action.REQUEST)]
Reader = Annotated[Desk, at(Action.REQUESTS_SEE)]
Decider = Annotated[Desk, at(Action.REQUESTS_DECIDE)]


@router.get("/sites/{site}/requests")
def list_requests(
    desk: Reader,
    wanted: WantedPage,
    language: LanguageNow,
    month: Annotated[MonthWords | None, Query()] = None,
    kind: Kind | None = None,
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
        return wanted.page(rows, lambda row: (row.id,), lambda row: request_shown(row, language))


@router.post("/sites/{site}/requests", status_code=201, response_model=RequestShown, responses=declared("too-late"))
def make_request(body: NewRequest, desk: Asker, language: LanguageNow, asked: AskedNow) -> Response:
    """Ask for something; wishes for a month are taken until they close, later ones are refused with the next chance."""

    def do(work: Work) -> Answer:
        row = _row(work, desk, body)
        if isinstance(body, WishForm):
            _refuse_wish(work, desk, row.person, body)
        work.session.add(row)
        work.session.flush()
        work.did("request.made", f"request/{row.id}", desk.site.id, kind=row.kind, number=row.person.number)
        if isinstance(body, LeaveForm):
            plan = read_plan(newest(work.session, desk.site.id))
            (tell_by_phone if body.by_phone else ask)(work, plan, row)
        return _answer(row, language, 201)

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/wishes/{month}/budget")
def show_budget(desk: Asker, month: MonthNow, number: Annotated[Code | None, Query()] = None) -> BudgetShown:
    """How much one may wish for in a month; of somebody else, for who keeps the roster."""
    with desk.service.store.reading() as session:
        person = _asker(session, desk, number)
        plan = read_plan(newest(session, desk.site.id))
        found = budget_of(session, plan.wishes, person.id, month)
        opens, closes = _window(session, desk, plan, month)
    return BudgetShown(
        month=str(month),
        budget=found.base,
        credit=found.credit,
        used=found.used,
        left=found.left,
        opens_at=opens,
        closes_at=closes,
    )


@router.put(
    "/sites/{site}/requests/{request_id}/decision", response_model=RequestShown, responses=declared("over-budget")
)
def decide_request(request_id: Id, body: Decision, desk: Decider, language: LanguageNow, asked: AskedNow) -> Response:
    """Approve or decline; never one's own, and leave by the post that its length asks for."""

    def do(work: Work) -> Answer:
        row = locked_request(work.session, desk.site.id, request_id)
        asked.require_match(_tag(row))
        decide_as(desk, work, row, body.state, body.reason)
        return _answer(row, language)

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/requests/{request_id}", response_model=RequestShown)
def withdraw_request(request_id: Id, desk: Asker, language: LanguageNow, asked: AskedNow) -> Response:
    """Take one's own request back: a wish before wishes close, leave before it begins, else before a decision."""

    def do(work: Work) -> Answer:
        row = locked_request(work.session, desk.site.id, request_id)
        if row.person_id != desk.caller.person_id:
            raise Problem("not-found")
        if row.kind == Kind.LEAVE:
            withdraw(work, read_plan(newest(work.session, desk.site.id)), row)
        elif row.state != State.OPEN:
            raise Problem("conflict")
        else:
            if row.kind == Kind.WISH:
                refuse_closed(work, desk, Month.of(row.first))
            row.state, row.revision = State.WITHDRAWN.value, row.revision + 1
        work.did("request.withdrawn", f"request/{row.id}", desk.site.id)
        return _answer(row, language)

    return answered(desk.service.store, desk.caller, asked, do)


def _row(work: Work, desk: Desk, body: WishForm | LeaveForm | UnavailableForm) -> t.Request:
    """What is asked for, as it is kept."""
    by_phone = isinstance(body, LeaveForm) and body.by_phone
    person = _asker(work.session, desk, body.number, by_phone=by_phone)
    return new_request(work, person, body.kind, body.days(), body.facts())


def refuse_closed(work: Work, desk: Desk, month: Month) -> None:
    """After wishes for a month have closed: the refusal with the rule, and when the next month's open."""
    plan = read_plan(newest(work.session, desk.site.id))
    closed = _window(work.session, desk, plan, month)[1]
    if work.now < closed:
        return
    following = Month.of(month.days.last + timedelta(days=1))
    opens, closes = _window(work.session, desk, plan, following)
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


def _window(session: Session, desk: Desk, plan: SitePlan, month: Month) -> tuple[datetime, datetime]:
    """When wishes for a month open, and when they close."""
    calendar = calendar_of(session, plan, desk.site.id, range(month.year - 1, month.year + 2))
    opens, closes = (plan.cycle.due(moment, month, desk.site.zone, calendar) for moment in (Moment.OPEN, Moment.CLOSE))
    return opens, closes


def _refuse_wish(work: Work, desk: Desk, person: t.Person, wish: WishForm) -> None:
    """A wish that is too late, names a shift that is not there, or weighs more than is left."""
    refuse_closed(work, desk, Month.of(wish.day))
    plan = read_plan(newest(work.session, desk.site.id))
    if wish.shift is not None:
        plan.site.shift(wish.shift)
    work.session.get_one(t.Person, person.id, with_for_update=True)  # two wishes at once do not both find room
    refuse_beyond(work.session, plan.wishes, person.id, Month.of(wish.day), wish.weight)


def _asker(session: Session, desk: Desk, number: str | None, *, by_phone: bool = False) -> t.Person:
    """For whom is asked: oneself, or somebody else by who keeps the roster; told by phone, by who marks attendance."""
    if number is not None and number != desk.caller.number:
        person = person_of(session, desk.site.id, number)
        if not _speaks_for(desk, person, by_phone=by_phone):
            raise Problem("forbidden")
    elif by_phone:
        raise Refusal(Text("电话请假由接电话的人登记", "leave by phone is recorded by whoever took the call"))
    else:
        person = session.get(t.Person, desk.caller.person_id) if desk.caller.person_id else None
    if person is None or person.site_id != desk.site.id:
        raise Problem("not-found")
    return person


def _speaks_for(desk: Desk, person: t.Person | None, *, by_phone: bool) -> bool:
    """Whether somebody may ask for another."""
    if desk.caller.reach(Action.DRAFT_EDIT, desk.site.id) is Reach.SITE:
        return True
    if not by_phone or person is None:
        return False
    return replace(desk, reach=desk.caller.reach(Action.ATTENDANCE, desk.site.id)).covers(person)


def _tag(row: t.Request) -> str:
    return etag("request", row.id, row.revision)


def _answer(row: t.Request, language: Language, status: int = 200) -> Answer:
    return Answer(request_shown(row, language), status, _tag(row))
