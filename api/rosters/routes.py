"""Rosters: months, the draft, and judging it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action, Reach
from api.board.forms import EditShown
from api.board.month import edit_shown
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.paging import Page, WantedPage
from api.http.problems import Problem, declared
from api.plan import certified
from api.rosters.cells import to_duty
from api.rosters.drafts import (
    candidate_duties,
    changes_of,
    edit,
    judged,
    take,
    version_duties,
)
from api.rosters.forms import (
    Changes,
    DraftShown,
    Fragile,
    NewRoster,
    PinForm,
    Pins,
    ReportShown,
    RosterShown,
    Take,
    VerdictShown,
    breach_shown,
    duty_shown,
    slot_shown,
)
from api.rosters.given import drafted, read_given, roster_row
from api.rosters.proof import certificate_row
from api.store import tables as t
from api.store.store import Work
from constraints.check import check
from constraints.verdict import Verdict
from domain.language import Language, Refusal
from domain.time import Month
from scheduler.standins import slots

router = APIRouter(tags=["rosters"])


def _month(month: Annotated[str, Path(pattern=r"^\d{4}-\d{2}$", examples=["2026-12"])]) -> Month:
    try:
        return Month.parse(month)
    except Refusal as error:
        raise Problem("not-found", error.text) from error


MonthNow = Annotated[Month, Depends(_month)]
Editor = Annotated[Desk, at(Action.DRAFT_EDIT)]
Reader = Annotated[Desk, at(Action.DRAFT_SEE)]


@router.get("/sites/{site}/rosters")
def list_rosters(desk: Annotated[Desk, at(Action.ROSTER_SEE)], wanted: WantedPage) -> Page[RosterShown]:
    """The months of a site, the newest first."""
    with desk.service.store.reading() as session:
        asked = select(t.Roster).where(t.Roster.site_id == desk.site.id)
        rows = session.scalars(wanted.ask(asked, t.Roster.month, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.month,), roster_shown)


@router.post("/sites/{site}/rosters", status_code=201, response_model=RosterShown)
def open_roster(body: NewRoster, desk: Editor, asked: AskedNow) -> Response:
    """Begin to work on a month."""

    def do(work: Work) -> Answer:
        row = opened_roster(work, desk.site.id, Month.parse(body.month), fresh=True)
        return Answer(roster_shown(row), 201, roster_tag(row), f"/api/v1/sites/{desk.site.code}/rosters/{row.month}")

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/rosters/{month}")
def show_roster(desk: Annotated[Desk, at(Action.ROSTER_SEE)], month: MonthNow) -> RosterShown:
    """A month, in short."""
    with desk.service.store.reading() as session:
        return roster_shown(roster_row(session, desk.site.id, month))


@router.get("/sites/{site}/rosters/{month}/draft", response_model=DraftShown)
def show_draft(desk: Reader, month: MonthNow) -> Response:
    """The draft; a shift leader sees that of his team."""
    with desk.service.store.reading() as session:
        row = roster_row(session, desk.site.id, month)
        mine = _visible(session, desk)
        if mine is not None:
            return Answer(_draft(row, mine), etag=roster_tag(row)).response()
        key = "draft", row.id, row.revision
        body = desk.service.rendered.body(key, lambda: _draft(row, None).model_dump_json().encode())
        return Response(body, 200, {"ETag": roster_tag(row), "Cache-Control": "no-store"}, "application/json")


@router.patch("/sites/{site}/rosters/{month}/draft", responses=declared("stale"), response_model=EditShown)
def edit_draft(body: Changes, desk: Editor, month: MonthNow, language: LanguageNow, asked: AskedNow) -> Response:
    """Change cells of the draft and be told what that breaks, heals, costs and moves."""

    def do(work: Work) -> Answer:
        given = read_given(work.session, roster_row(work.session, desk.site.id, month, lock=True))
        if asked.match is not None:
            asked.require_match(roster_tag(given.roster))
        changes = changes_of(body.changes, given)
        verdict, after = edit(work, given, changes)
        told = verdict_shown(verdict, given.roster.revision, language)
        return Answer(edit_shown(told, after, given, changes), etag=roster_tag(given.roster))

    return answered(desk.service.store, desk.caller, asked, do)


@router.post("/sites/{site}/rosters/{month}/draft/verdict", responses=declared("stale"))
def judge_draft(body: Changes, desk: Editor, month: MonthNow, language: LanguageNow) -> VerdictShown:
    """Only ask what changes would break, heal and cost."""
    with desk.service.store.reading() as session:
        given = read_given(session, roster_row(session, desk.site.id, month))
        verdict = judged(drafted(given), given, changes_of(body.changes, given))
        return verdict_shown(verdict, given.roster.revision, language)


@router.put("/sites/{site}/rosters/{month}/pins", response_model=RosterShown)
def pin_cells(body: Pins, desk: Editor, month: MonthNow, asked: AskedNow) -> Response:
    """Fix these cells, and no others, for the solves to come."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        asked.require_match(roster_tag(row))
        given = read_given(work.session, row)
        for pin in body.pins:
            given.situation.agent(pin.agent)
            if pin.shift is not None:
                given.plan.site.shift(pin.shift)
        row.pins = [[pin.agent, pin.day.isoformat(), pin.shift] for pin in body.pins]
        row.revision += 1
        row.changed_at = work.now
        work.did("draft.pinned", f"roster/{row.id}", row.site_id, cells=len(row.pins))
        return Answer(roster_shown(row), etag=roster_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.post("/sites/{site}/rosters/{month}/draft/take", response_model=RosterShown)
def take_draft(body: Take, desk: Editor, month: MonthNow, asked: AskedNow) -> Response:
    """Make a candidate of a solve, or a version, the draft."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        asked.require_match(roster_tag(row))
        if body.candidate is not None:
            take(work, row, candidate_duties(work.session, row, body.candidate), f"candidate/{body.candidate}")
        elif body.version is not None:
            take(work, row, version_duties(work.session, row, body.version), f"version/{body.version}")
        else:
            raise Problem("invalid")
        return Answer(roster_shown(row), etag=roster_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/rosters/{month}/draft/report", response_model=ReportShown)
def report_draft(desk: Annotated[Desk, at(Action.DRAFT_SEE)], month: MonthNow, language: LanguageNow) -> Response:
    """The draft judged by every rule, and the proof of emergency cover."""
    if desk.reach is not Reach.SITE:
        raise Problem("forbidden")
    with desk.service.store.reading() as session:
        given = read_given(session, roster_row(session, desk.site.id, month))
        roster = drafted(given)
    report = check(roster, given.situation, given.plan.policy)
    proof = certified(given.plan, roster, given.situation)
    shown = ReportShown(
        revision=given.roster.revision,
        clean=report.clean,
        score=report.score,
        breaches=[breach_shown(breach, language) for breach in (*report.hard, *report.priced)],
        certificate=certificate_row(proof),
    )
    return Answer(shown, etag=roster_tag(given.roster)).response()


@router.get("/sites/{site}/rosters/{month}/draft/fragile")
def fragile_draft(desk: Annotated[Desk, at(Action.DRAFT_SEE)], month: MonthNow) -> Fragile:
    """Every duty that the emergency floor cannot do without, with its legal stand-ins (N-1)."""
    if desk.reach is not Reach.SITE:
        raise Problem("forbidden")
    with desk.service.store.reading() as session:
        given = read_given(session, roster_row(session, desk.site.id, month))
        roster = drafted(given)
    found = slots(roster, given.situation, given.plan.policy)
    shown = [slot_shown(slot.duty, slot.stand_ins) for slot in found]
    return Fragile(revision=given.roster.revision, survives=all(slot.survives for slot in found), slots=shown)


def opened_roster(work: Work, site_id: int, month: Month, *, fresh: bool = False) -> t.Roster:
    """The roster of a month, begun where it was not; `fresh`: refuse one that is there."""
    asked = select(t.Roster).where(t.Roster.site_id == site_id, t.Roster.month == str(month))
    row = work.session.scalars(asked.with_for_update()).one_or_none()
    if row is not None:
        if fresh:
            raise Problem("conflict")
        return row
    row = t.Roster(site_id=site_id, month=str(month), revision=1, versions=0, draft=[], pins=[], changed_at=work.now)
    work.session.add(row)
    work.session.flush()
    work.did("roster.opened", f"roster/{row.id}", site_id, month=str(month))
    return row


def roster_tag(row: t.Roster) -> str:
    """The tag of a month's draft."""
    return etag("roster", row.id, row.revision)


def roster_shown(row: t.Roster) -> RosterShown:
    """A month, in short."""
    return RosterShown(
        month=row.month,
        revision=row.revision,
        published=row.published,
        versions=row.versions,
        requirement=row.requirement_id,
        planned=planned_at(row),
        changed_at=row.changed_at,
    )


def planned_at(row: t.Roster) -> datetime | None:
    """When the draft is to be put in force by itself."""
    return None if row.planned is None else datetime.fromisoformat(row.planned["at"])


def verdict_shown(verdict: Verdict, revision: int, language: Language) -> VerdictShown:
    """A verdict in words."""
    return VerdictShown(
        revision=revision,
        allowed=verdict.allowed,
        cost=verdict.cost,
        broken=[breach_shown(breach, language) for breach in verdict.broken],
        healed=[breach_shown(breach, language) for breach in verdict.healed],
    )


def _draft(row: t.Roster, mine: set[str] | None) -> DraftShown:
    """The draft, of some people or of all."""
    return DraftShown(
        month=row.month,
        revision=row.revision,
        published=row.published,
        duties=[duty_shown(to_duty(told)) for told in row.draft if mine is None or told[1] in mine],
        pins=[PinForm(agent=agent, day=day, shift=shift) for agent, day, shift in row.pins],
    )


def _visible(session: Session, desk: Desk) -> set[str] | None:
    """The numbers of the people whom a reader may see; None: all."""
    if desk.reach is Reach.SITE:
        return None
    asked = select(t.Person).where(t.Person.site_id == desk.site.id)
    return {person.number for person in session.scalars(asked) if desk.covers(person)}
