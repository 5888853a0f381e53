"""Attendance over HTTP: recorded by the shift leader today, by who keeps the roster later; excused by the manager."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.attendance.forms import AttendanceShown, Excuse, Record
from api.attendance.marks import Mark, mark_of
from api.attendance.rows import mark_day, record_of
from api.auth.rights import Action, Reach
from api.http.asked import Answer, AskedNow, answered, etag
from api.http.desk import Desk, at
from api.http.forms import Day
from api.http.paging import Page, WantedPage
from api.http.paths import Number
from api.http.problems import Problem, declared
from api.notices.rows import Word, tell_those
from api.people.rows import person_of
from api.store import tables as t
from api.store.store import Work
from api.swaps.states import State
from domain.language import Refusal, Text
from domain.time import Span

router = APIRouter(tags=["attendance"])
Marker = Annotated[Desk, at(Action.ATTENDANCE)]


@router.get("/sites/{site}/attendance")
def list_attendance(
    desk: Annotated[Desk, at(Action.ATTENDANCE_SEE)],
    wanted: WantedPage,
    first: Annotated[Day | None, Query()] = None,
    last: Annotated[Day | None, Query()] = None,
) -> Page[AttendanceShown]:
    """What was recorded, the newest first: one's own, of one's team, or of the site."""
    asked = select(t.Attendance).join(t.Person, t.Person.id == t.Attendance.person_id)
    asked = asked.where(desk.reached)
    asked = asked.where(t.Attendance.day >= first) if first else asked
    asked = asked.where(t.Attendance.day <= last) if last else asked
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.Attendance.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), lambda row: _shown(session, row))


@router.put("/sites/{site}/attendance/{day}/{number}", response_model=AttendanceShown, responses=declared("too-late"))
def record_attendance(day: Day, number: Number, body: Record, desk: Marker, asked: AskedNow) -> Response:
    """Record what happened with somebody's duty; working another's without approval is absence for both."""

    def do(work: Work) -> Answer:
        person = _person(work, desk, number)
        desk.refuse_other(person)
        _refuse_when(desk, work, day)
        span = _span(_duty(work.session, person.id, day))
        _undo_other(work, desk, person, day)
        row = _written(work, person, day, body, mark_of(span, body.came_at, body.left_at))
        if body.instead_of is not None:
            other = _person(work, desk, body.instead_of)
            desk.refuse_other(other)
            if other.id == person.id or _duty(work.session, other.id, day) is None:
                raise Refusal(Text("对方当日没有班", "the other has no duty that day"))
            _both_absent(work, row, other, body)
        elif row.mark == Mark.NO_SHOW and not body.alone and (giver := _swapped_from(work, person, day)):
            _both_absent(work, row, giver, body)
        return _answer(work.session, row)

    return answered(desk.service.store, desk.caller, asked, do)


@router.post("/sites/{site}/attendance/{day}/{number}/excuse", response_model=AttendanceShown)
def excuse_absence(
    day: Day, number: Number, body: Excuse, desk: Annotated[Desk, at(Action.ATTENDANCE_EXCUSE)], asked: AskedNow
) -> Response:
    """Excuse what was marked, with a reason; the record stays in the log."""

    def do(work: Work) -> Answer:
        person = _person(work, desk, number)
        row = record_of(work.session, person.id, day)
        if row is None or row.mark in (Mark.PRESENT, Mark.EXTRA, Mark.EXCUSED):
            raise Problem("conflict", Text("没有可免除的缺勤", "there is nothing to excuse"))
        work.did("attendance.excused", f"person/{number}", desk.site.id, day=day.isoformat(), mark=row.mark)
        row.mark, row.excuse = Mark.EXCUSED.value, body.reason
        return _answer(work.session, row)

    return answered(desk.service.store, desk.caller, asked, do)


def _person(work: Work, desk: Desk, number: str) -> t.Person:
    person = person_of(work.session, desk.site.id, number)
    if person is None:
        raise Problem("not-found")
    return person


def _refuse_when(desk: Desk, work: Work, day: Day) -> None:
    """Nothing is recorded ahead; a shift leader records today's, and the night that began yesterday."""
    today = desk.site.zone.day_of(work.now)
    if day > today:
        raise Problem("conflict", Text("尚未到该日", "that day has not come yet"))
    if desk.reach is not Reach.SITE and day < today - timedelta(days=1):
        raise Problem("too-late", Text("班长只能登记当天", "a shift leader records today's"))


def _written(work: Work, person: t.Person, day: Day, told: Record, mark: Mark) -> t.Attendance:
    """The record of a person's day, with its times."""
    row = mark_day(work, person, day, mark, told.note)
    row.came_at, row.left_at = told.came_at, told.left_at
    return row


def _undo_other(work: Work, desk: Desk, person: t.Person, day: Day) -> None:
    """A record that is corrected takes the other's absence along; what was excused is the manager's to change."""
    row = record_of(work.session, person.id, day)
    if row is None:
        return
    if row.mark == Mark.EXCUSED and not desk.caller.reach(Action.ATTENDANCE_EXCUSE, desk.site.id):
        raise Problem("conflict", Text("已由主管免除", "the manager has excused it"))
    other = record_of(work.session, row.instead_of_id, day) if row.instead_of_id else None
    if other is not None and other.mark == Mark.ABSENCE:
        work.session.delete(other)


def _swapped_from(work: Work, person: t.Person, day: Day) -> t.Person | None:
    """Who had the duty before an approved swap brought it to somebody."""
    asked = (
        select(t.SwapLeg)
        .join(t.Swap, t.Swap.id == t.SwapLeg.swap_id)
        .where(t.Swap.state == State.APPROVED, t.SwapLeg.taker_id == person.id)
    )
    found = (leg.duty[1] for leg in work.session.scalars(asked) if leg.duty[0] == day.isoformat() and leg.duty[1])
    giver = next(found, None)
    return person_of(work.session, person.site_id, giver) if giver else None


def _both_absent(work: Work, row: t.Attendance, other: t.Person, told: Record) -> None:
    """Absence for both: a duty worked by somebody else than the roster says, or a swapped one by nobody (S7)."""
    absent = _written(work, other, row.day, Record(note=told.note), Mark.ABSENCE)
    row.mark, row.instead_of_id = Mark.ABSENCE.value, other.id
    facts = {"day": row.day.isoformat(), "people": [absent.person_id, row.person_id]}
    word = Word(other.site_id, "absence", f"attendance/{row.id}/{work.now.isoformat()}")
    tell_those(work, [row.person_id, other.id], word, facts)


def _duty(session: Session, person_id: int, day: Day) -> t.Duty | None:
    """The first duty in force of a person's day."""
    asked = select(t.Duty).where(t.Duty.person_id == person_id, t.Duty.day == day, t.Duty.state == "active")
    return session.scalars(asked.order_by(t.Duty.start_at).limit(1)).one_or_none()


def _span(duty: t.Duty | None) -> Span | None:
    return Span(duty.start_at, duty.end_at) if duty else None


def _shown(session: Session, row: t.Attendance) -> AttendanceShown:
    person = session.get_one(t.Person, row.person_id)
    duty = _duty(session, row.person_id, row.day)
    other = session.get(t.Person, row.instead_of_id) if row.instead_of_id else None
    return AttendanceShown(
        number=person.number,
        name=person.name,
        day=row.day,
        shift=duty.shift if duty else None,
        came_at=row.came_at,
        left_at=row.left_at,
        mark=Mark(row.mark),
        instead_of=other.number if other else None,
        note=row.note,
        excuse=row.excuse,
        marked_at=row.marked_at,
    )


def _answer(session: Session, row: t.Attendance) -> Answer:
    return Answer(_shown(session, row), etag=etag("attendance", row.id, row.marked_at.timestamp()))
