"""Published rosters: putting in force, changing what is in force, versions, receipts, one's own duties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Path, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.paging import Page, WantedPage
from api.http.problems import Problem, declared
from api.rosters.drafts import changes_of, judged, version_of
from api.rosters.forms import (
    ColleagueShown,
    InForce,
    Publication,
    PublishedChanges,
    ReceiptShown,
    RosterShown,
    VerdictShown,
    VersionShown,
    VersionWhole,
    Waiver,
    Withdrawal,
    duty_shown,
    slot_shown,
)
from api.rosters.given import Given, drafted, in_force, read_given, roster_row
from api.rosters.publish import Deed, duties_of, publish, put_changes, standing, withdraw
from api.rosters.routes import MonthNow, roster_shown, roster_tag, verdict_shown
from api.rosters.waivers import Waivers, broken
from api.store import tables as t
from api.store.store import Work
from constraints.breach import Breach
from constraints.rule import Role
from constraints.rules.cover import EmergencyFloor
from domain.language import Text
from domain.roster import Change, Roster
from domain.time import Month
from scheduler.standins import stand_ins

router = APIRouter(tags=["rosters"])
Number = Annotated[int, Path(ge=1, lt=2**31)]
Seer = Annotated[Desk, at(Action.ROSTER_SEE)]
Publisher = Annotated[Desk, at(Action.PUBLISH)]
MOST_ASKED: Final = 3
"""Duties for which stand-ins are looked for when a change is refused."""


@router.post("/sites/{site}/rosters/{month}/publications", status_code=201, response_model=VersionShown)
def publish_roster(body: Publication, desk: Publisher, month: MonthNow, asked: AskedNow) -> Response:
    """Put the draft in force: checked by the whole policy, proved, told to whom it touches; all of it or nothing."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        asked.require_match(roster_tag(row))
        given = read_given(work.session, row)
        deed = Deed("publication", body.note, waivers_of(desk, body.waivers))
        return _version_answer(desk, publish(work, given, drafted(given).planned, deed), month)

    return answered(desk.service.store, desk.caller, asked, do)


@router.post(
    "/sites/{site}/rosters/{month}/changes",
    status_code=201,
    response_model=VerdictShown,
    responses=declared("stale", "rule-broken", "floor-broken", "too-late"),
)
def change_published(
    body: PublishedChanges,
    desk: Annotated[Desk, at(Action.CHANGE_PUBLISHED)],
    month: MonthNow,
    language: LanguageNow,
    asked: AskedNow,
) -> Response:
    """Change what is in force: no hard rule may break, and the floor is proved again."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        if row.published is None:
            raise Problem("conflict", Text("本月尚未发布", "this month is not published"))
        given = read_given(work.session, row)
        changes = changes_of(body.changes, given)
        before = given.roster_of(standing(work.session, given).duties)
        verdict = judged(before, given, changes)
        waivers = waivers_of(desk, body.waivers)
        left = waivers.left(verdict.broken)
        if left:
            raise broken(left, instead=_instead(before, given, changes, left))
        put_changes(work, given, changes, Deed("change", body.note, waivers))
        return Answer(verdict_shown(verdict, row.revision, language), 201, roster_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.post("/sites/{site}/rosters/{month}/withdrawals", status_code=201, response_model=RosterShown)
def withdraw_roster(body: Withdrawal, desk: Publisher, month: MonthNow, asked: AskedNow) -> Response:
    """Take a published month back before it begins."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        asked.require_match(roster_tag(row))
        if row.published is None:
            raise Problem("conflict", Text("本月尚未发布", "this month is not published"))
        withdraw(work, read_given(work.session, row), body.note)
        return Answer(roster_shown(row), 201, roster_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/rosters/{month}/duties", response_model=InForce)
def show_in_force(desk: Seer, month: MonthNow, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The published duties of a month; unchanged ones are not sent again."""
    with desk.service.store.reading() as session:
        row = roster_row(session, desk.site.id, month)
        tag = etag("in-force", row.id, row.versions)
        if if_none_match and tag in if_none_match:
            return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "no-store"})
        key = "in-force", row.id, row.versions
        body = desk.service.rendered.body(key, lambda: _in_force(session, row).model_dump_json().encode())
        return Response(body, 200, {"ETag": tag, "Cache-Control": "no-store"}, "application/json")


@router.get("/sites/{site}/rosters/{month}/versions")
def list_versions(desk: Seer, month: MonthNow, wanted: WantedPage) -> Page[VersionShown]:
    """Every version of a month, the newest first."""
    with desk.service.store.reading() as session:
        row = roster_row(session, desk.site.id, month)
        asked = select(t.RosterVersion).where(t.RosterVersion.roster_id == row.id)
        rows = session.scalars(wanted.ask(asked, t.RosterVersion.number, newest_first=True)).all()
        return wanted.page(rows, lambda each: (each.number,), version_shown)


@router.get("/sites/{site}/rosters/{month}/versions/{number}")
def show_version(desk: Seer, month: MonthNow, number: Number) -> VersionWhole:
    """One version with its duties, its changes and its proof."""
    with desk.service.store.reading() as session:
        version = version_of(session, roster_row(session, desk.site.id, month), number)
        duties = [duty_shown(duty) for duty in duties_of(session, version)]
        return VersionWhole(**version_shown(version).model_dump(), duties=duties, diff=version.changes)


@router.post("/sites/{site}/rosters/{month}/versions/{number}/receipts", status_code=204)
def read_version(desk: Seer, month: MonthNow, number: Number, asked: AskedNow) -> Response:
    """Confirm that one has read a version."""
    if desk.caller.person_id is None or desk.caller.person_site != desk.site.id:
        raise Problem("forbidden")
    person_id = desk.caller.person_id

    def do(work: Work) -> Answer:
        version = version_of(work.session, roster_row(work.session, desk.site.id, month, lock=True), number)
        mine = (t.Receipt.version_id == version.id) & (t.Receipt.person_id == person_id)
        if work.session.scalars(select(t.Receipt).where(mine)).one_or_none() is None:
            work.session.add(t.Receipt(version_id=version.id, person_id=person_id, read_at=work.now))
        return Answer()

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/rosters/{month}/versions/{number}/receipts")
def list_receipts(desk: Annotated[Desk, at(Action.DRAFT_SEE)], month: MonthNow, number: Number) -> Page[ReceiptShown]:
    """Who has read a version."""
    with desk.service.store.reading() as session:
        version = version_of(session, roster_row(session, desk.site.id, month), number)
        asked = (
            select(t.Person, t.Receipt.read_at)
            .join(t.Receipt, t.Receipt.person_id == t.Person.id)
            .where(t.Receipt.version_id == version.id)
            .order_by(t.Person.number)
        )
        rows = [(person, read_at) for person, read_at in session.execute(asked) if desk.covers(person)]
        return Page(items=[ReceiptShown(agent=p.number, name=p.name, read_at=read_at) for p, read_at in rows])


def _instead(roster: Roster, given: Given, changes: Sequence[Change], left: Sequence[Breach]) -> list[dict[str, Any]]:
    """Where the emergency floor would fall: who could take each of the duties that are given away."""
    if not any(isinstance(breach.rule, EmergencyFloor) for breach in left):
        return []
    gone = [change.old for change in changes if change.old is not None][:MOST_ASKED]
    policy = given.plan.policy
    found = [slot_shown(duty, stand_ins(roster, given.situation, policy, duty)) for duty in gone]
    return [slot.model_dump(mode="json") for slot in found]


def _in_force(session: Session, row: t.Roster) -> InForce:
    version = version_of(session, row, row.published) if row.published else None
    duties = in_force(session, row.site_id, Month.parse(row.month).days) if version else ()
    return InForce(
        month=row.month,
        version=row.published,
        published_at=version.made_at if version else None,
        duties=[duty_shown(duty) for duty in duties],
        people=_colleagues(session, row.site_id, {duty.agent for duty in duties}),
    )


def _colleagues(session: Session, site_id: int, numbers: set[str]) -> list[ColleagueShown]:
    asked = select(t.Person).where(t.Person.site_id == site_id).order_by(t.Person.number)
    return [
        ColleagueShown(number=person.number, name=person.name, team=person.team_name)
        for person in session.scalars(asked)
        if person.number in numbers
    ]


def version_shown(version: t.RosterVersion) -> VersionShown:
    """A version in a list."""
    return VersionShown(
        number=version.number,
        kind=version.kind,
        note=version.note,
        score=version.score,
        changes=len(version.changes),
        certificate=version.certificate,
        plan=version.plan.number,
        made_by=version.made_by,
        made_at=version.made_at,
    )


def _version_answer(desk: Desk, version: t.RosterVersion, month: Month) -> Answer:
    path = f"/api/v1/sites/{desk.site.code}/rosters/{month}/versions/{version.number}"
    return Answer(version_shown(version), 201, location=path)


def waivers_of(desk: Desk, told: list[Waiver]) -> Waivers:
    """What the caller takes upon himself: a scheduler's rules, or a manager's, which are both his."""
    may = set()
    if desk.caller.reach(Action.WAIVE_PRICED, desk.site.id):
        may.add(Role.SCHEDULER)
    if desk.caller.reach(Action.WAIVE_HARD, desk.site.id):
        may.add(Role.MANAGER)
    return Waivers({waiver.rule: waiver.reason for waiver in told}, frozenset(may))
