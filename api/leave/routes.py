"""Leave over HTTP: its terms and balances, filing what was told by phone, and what it does before it is decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api.auth.rights import Action, Reach
from api.files.site import SitePlan
from api.group.plans import newest, read_plan
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.forms import Code
from api.http.paths import Id
from api.http.problems import Problem, declared
from api.leave.ask import file_afterwards
from api.leave.balance import Balances
from api.leave.effect import effect_of
from api.leave.forms import BalancesShown, EffectShown, Filing, Grant, LeaveKindShown, LeaveTerms, balance_shown
from api.leave.policy import Tier
from api.people.rows import people_of, person_of
from api.requests.decide import locked_request
from api.requests.forms import RequestShown, request_shown
from api.requests.rows import Kind
from api.store import tables as t
from api.store.store import Work
from domain.language import Refusal, Text
from domain.time import Days

router = APIRouter(tags=["leave"])
Asker = Annotated[Desk, at(Action.REQUEST)]
Reader = Annotated[Desk, at(Action.REQUESTS_SEE)]
Year = Annotated[int | None, Query(ge=1980, le=2199)]


@router.get("/sites/{site}/leave")
def show_terms(desk: Annotated[Desk, at(Action.SITE_SEE)], language: LanguageNow) -> LeaveTerms:
    """How leave is given here: its kinds, who decides, how many may be away at once."""
    with desk.service.store.reading() as session:
        terms = read_plan(newest(session, desk.site.id)).leave
        today = desk.site.zone.day_of(desk.service.store.now())
        people = len(people_of(session, desk.site.id, Days(today, today)))
    kinds = [
        LeaveKindShown(
            id=kind.id,
            label=Text(kind.zh, kind.en).said(language),
            balance=kind.balance,
            ahead_days=kind.ahead_days,
            allowance=kind.allowance,
        )
        for kind in terms.kinds
    ]
    tiers = {Tier.HEAD: terms.head_days, Tier.ADMINISTRATION: terms.administration_days, Tier.GENERAL: None}
    return LeaveTerms(
        kinds=kinds,
        tiers=tiers,
        places=terms.places(people),
        file_hours=terms.file_hours,
        escalate_hours=terms.escalate_hours,
    )


@router.get("/sites/{site}/leave/balances")
def show_balances(
    desk: Reader, year: Year = None, number: Annotated[Code | None, Query(description="default: oneself")] = None
) -> BalancesShown:
    """The balances of a year: one's own, or somebody's for who sees the requests of the site."""
    with desk.service.store.reading() as session:
        person = _person(session, desk, number or desk.caller.number)
        plan = read_plan(newest(session, desk.site.id))
        return _balances(session, desk, plan, person, year)


@router.post("/sites/{site}/leave/grants", status_code=201, response_model=BalancesShown)
def grant_leave(body: Grant, desk: Annotated[Desk, at(Action.PEOPLE_EDIT)], asked: AskedNow) -> Response:
    """Give somebody days of leave for a year on top of what he has, or take some away."""

    def do(work: Work) -> Answer:
        person = _person(work.session, desk, body.number)
        plan = read_plan(newest(work.session, desk.site.id))
        kind = plan.leave.kind(body.leave)
        if not kind.balance:
            raise Refusal(Text("该假别没有额度", "this kind of leave has no balance"))
        row = t.LeaveGrant(person_id=person.id, kind=kind.id, year=body.year, halves=round(body.days * 2))
        row.note, row.made_by, row.made_at = body.note, desk.caller.account_id, work.now
        work.session.add(row)
        work.session.flush()
        facts = {"leave": kind.id, "year": body.year, "days": body.days, "note": body.note}
        work.did("leave.granted", f"person/{person.number}", desk.site.id, **facts)
        return Answer(_balances(work.session, desk, plan, person, body.year), 201)

    return answered(desk.service.store, desk.caller, asked, do)


@router.post(
    "/sites/{site}/requests/{request_id}/filing", response_model=RequestShown, responses=declared("over-budget")
)
def file_leave(request_id: Id, body: Filing, desk: Asker, language: LanguageNow, asked: AskedNow) -> Response:
    """File one's own leave that was told by phone; now it waits for a decision."""

    def do(work: Work) -> Answer:
        row = locked_request(work.session, desk.site.id, request_id)
        if row.person_id != desk.caller.person_id or row.kind != Kind.LEAVE:
            raise Problem("not-found")
        file_afterwards(work, read_plan(newest(work.session, desk.site.id)), row, body.leave, body.note)
        return Answer(request_shown(row, language), etag=etag("request", row.id, row.revision))

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/requests/{request_id}/effect")
def show_effect(request_id: Id, desk: Reader, language: LanguageNow) -> EffectShown:
    """What a leave does: places, people against the need, duties it touches with who could take them."""
    with desk.service.store.reading() as session:
        row = session.get(t.Request, request_id)
        if row is None or row.site_id != desk.site.id or row.kind != Kind.LEAVE or desk.reach is not Reach.SITE:
            raise Problem("not-found")
        return effect_of(session, read_plan(newest(session, desk.site.id)), row, language)


def _person(session: Session, desk: Desk, number: str | None) -> t.Person:
    person = person_of(session, desk.site.id, number) if number else None
    if person is None:
        raise Problem("not-found")
    desk.refuse_other(person)
    return person


def _balances(session: Session, desk: Desk, plan: SitePlan, person: t.Person, year: int | None) -> BalancesShown:
    year = year or desk.site.zone.day_of(desk.service.store.now()).year
    balances = Balances(session, plan, person)
    items = [balance_shown(balances.of(kind, year)) for kind in plan.leave.kinds if kind.balance]
    return BalancesShown(number=person.number, items=items)
