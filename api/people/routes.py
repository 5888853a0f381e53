"""The people of a site, one by one; lists go by number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from api.auth.rights import Action, Reach
from api.files.people import read_people
from api.group.plans import newest, read_plan
from api.http.asked import Answer, AskedNow, answered, etag, undone
from api.http.desk import Desk, at
from api.http.forms import Line, MonthWords
from api.http.paging import Page, WantedPage
from api.http.paths import Number
from api.http.problems import Problem
from api.http.uploads import BODY, UploadNow
from api.people.forms import (
    Expiring,
    Imported,
    NewPerson,
    PersonForm,
    PersonShown,
    ProtectedBy,
    TeamShown,
    person_shown,
)
from api.people.imports import take_people
from api.people.rows import person_of, team_of
from api.store import tables as t
from api.store.store import Work
from domain.language import Refusal, Text, plain
from domain.time import Month

router = APIRouter(tags=["people"])
Reader = Annotated[Desk, at(Action.PEOPLE_SEE)]
Keeper = Annotated[Desk, at(Action.PEOPLE_EDIT)]


@router.get("/sites/{site}/people")
def list_people(
    desk: Reader, wanted: WantedPage, team: Annotated[Line, Query()] = "", name: Annotated[Line, Query()] = ""
) -> Page[PersonShown]:
    """The people whom one may see: all, one's team, or oneself; by team and by a part of the name or number."""
    asked = _visible(desk)
    if team:
        asked = asked.join(t.Team, t.Team.id == t.Person.team_id).where(t.Team.name == team)
    if name:
        named = t.Person.name.contains(name, autoescape=True) | t.Person.number.contains(name, autoescape=True)
        asked = asked.where(named)
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.Person.number)).all()
        return wanted.page(rows, lambda row: (row.number,), lambda row: _shown(row, desk))


@router.post("/sites/{site}/people", status_code=201, response_model=PersonShown)
def add_person(body: NewPerson, desk: Keeper, asked: AskedNow) -> Response:
    """A new person."""

    def do(work: Work) -> Answer:
        if work.session.scalar(select(func.count()).select_from(t.Person).where(t.Person.number == body.number)):
            words = Text("工号“{id}”已被使用", "the id “{id}” is taken")
            raise Problem("conflict", words.filled(id=plain(body.number)))
        person = t.Person(site_id=desk.site.id, number=body.number, created_at=work.now)
        write_person(work, person, body)
        work.did("person.added", f"person/{person.number}", desk.site.id)
        return _answer(person, desk, 201)

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/people/{number}", response_model=PersonShown)
def show_person(desk: Reader, number: Number) -> Response:
    """One person."""
    with desk.service.store.reading() as session:
        person = _found(session, desk, number)
        desk.refuse_other(person)
        return _answer(person, desk).response()


@router.put("/sites/{site}/people/{number}", response_model=PersonShown)
def change_person(body: PersonForm, desk: Keeper, number: Number, asked: AskedNow) -> Response:
    """Change what is known of a person."""

    def do(work: Work) -> Answer:
        person = _found(work.session, desk, number)
        asked.require_match(_tag(person))
        write_person(work, person, body)
        person.revision += 1
        work.did("person.changed", f"person/{person.number}", desk.site.id)
        return _answer(person, desk)

    return answered(desk.service.store, desk.caller, asked, do)


@router.post("/sites/{site}/people/import", response_model=Imported, openapi_extra=BODY)
def import_people(
    desk: Keeper,
    upload: UploadNow,
    asked: AskedNow,
    month: Annotated[MonthWords, Query(description="the month to which pins and balances belong")],
) -> Response:
    """Take people, leave, wishes and the duties of last month from a file (docs/files.md)."""
    with desk.service.store.reading() as session:
        plan = read_plan(newest(session, desk.site.id))
    with upload.file() as path:
        people = read_people(path, plan)

    def do(work: Work) -> Answer:
        site = work.session.get_one(t.Site, desk.site.id, with_for_update=True)
        taken = take_people(work, site, people, Month.parse(month))
        shown = Imported(
            dry_run=upload.dry_run,
            rows=len(people.agents),
            added=taken.added,
            changed=taken.changed,
            unchanged=taken.unchanged,
            details=taken.details,
        )
        return Answer(shown)

    return answered(desk.service.store, desk.caller, asked, undone(do) if upload.dry_run else do)


@router.get("/sites/{site}/teams")
def list_teams(desk: Annotated[Desk, at(Action.ROSTER_SEE)]) -> Page[TeamShown]:
    """The teams of a site."""
    with desk.service.store.reading() as session:
        asked = (
            select(t.Team.name, func.count(t.Person.id))
            .outerjoin(t.Person, t.Person.team_id == t.Team.id)
            .where(t.Team.site_id == desk.site.id)
            .group_by(t.Team.name)
            .order_by(t.Team.name)
        )
        return Page(items=[TeamShown(name=name, people=people) for name, people in session.execute(asked)])


@router.get("/sites/{site}/certificates/expiring")
def list_expiring(desk: Keeper, within: Annotated[int, Query(ge=1, le=366, description="days")] = 60) -> Page[Expiring]:
    """Certificates that end soon, the first first (S15)."""
    today = desk.service.store.now().astimezone(desk.site.zone.info).date()
    with desk.service.store.reading() as session:
        rows = session.execute(_expiring(desk, today, today + timedelta(days=within))).all()
        return Page(
            items=[Expiring(number=who, name=name, skill=skill, last=last) for who, name, skill, last in rows if last]
        )


def write_person(work: Work, person: t.Person, told: PersonForm) -> None:
    """Write what is known of a person; the contract must be in the plan of the site."""
    plan = read_plan(newest(work.session, person.site_id))
    if told.contract not in plan.contracts:
        words = Text("没有合同“{id}”, 已有: {known}", "there is no contract “{id}”; known are {known}")
        raise Refusal(words.filled(id=plain(told.contract), known=plain("、".join(plan.contracts))))
    team = team_of(work.session, person.site_id, told.team)
    person.name, person.contract, person.team = told.name, told.contract, team
    person.phone, person.email = told.phone, told.email
    person.joined_on, person.left_on = told.joined_on, told.left_on
    person.certificates = [
        t.Certificate(skill=each.skill, first=each.first, last=each.last) for each in told.certificates
    ]
    if told.protections is not None:
        person.protections = [
            t.Protection(born=each.kind is ProtectedBy.BORN, day=each.day) for each in told.protections
        ]
    work.session.add(person)
    work.session.flush()


def _visible(desk: Desk) -> Select[t.Person]:
    asked = select(t.Person).where(desk.reached)
    return asked.options(selectinload(t.Person.team), selectinload(t.Person.protections))


def _found(session: Session, desk: Desk, number: str) -> t.Person:
    person = person_of(session, desk.site.id, number)
    if person is None:
        raise Problem("not-found")
    return person


def _shown(person: t.Person, desk: Desk) -> PersonShown:
    caller, site_id = desk.caller, desk.site.id
    contacts = caller.reach(Action.CONTACTS_SEE, site_id)
    mine = person.id == caller.person_id
    team = contacts is Reach.TEAM and person.team_id is not None and person.team_id == caller.team_id
    keeps = caller.reach(Action.PEOPLE_EDIT, site_id) is Reach.SITE
    return person_shown(person, contacts=contacts is Reach.SITE or mine or team, protections=keeps)


def _answer(person: t.Person, desk: Desk, status: int = 200) -> Answer:
    location = f"/api/v1/sites/{desk.site.code}/people/{person.number}" if status == 201 else None
    return Answer(_shown(person, desk), status, _tag(person), location)


def _tag(person: t.Person) -> str:
    return etag("person", person.id, person.revision)


def _expiring(desk: Desk, first: date, last: date) -> Select[str, str, str, date | None]:
    return (
        select(t.Person.number, t.Person.name, t.Certificate.skill, t.Certificate.last)
        .join(t.Certificate, t.Certificate.person_id == t.Person.id)
        .where(t.Person.site_id == desk.site.id, t.Certificate.last >= first, t.Certificate.last <= last)
        .where(t.Person.left_on.is_(None) | (t.Person.left_on > t.Certificate.last))
        .order_by(t.Certificate.last, t.Person.number)
    )
