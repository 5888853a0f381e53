"""Records of attendance in the store."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.attendance.marks import Mark
from api.store import tables as t
from api.store.store import Work


def record_of(session: Session, person_id: int, day: date) -> t.Attendance | None:
    """What was recorded of a person's day."""
    asked = select(t.Attendance).where(t.Attendance.person_id == person_id, t.Attendance.day == day)
    return session.scalars(asked).one_or_none()


def mark_day(work: Work, person: t.Person, day: date, mark: Mark, note: str = "") -> t.Attendance:
    """The record of a person's day, new or in place of the one before, without times."""
    row = record_of(work.session, person.id, day)
    if row is None:
        row = t.Attendance(person_id=person.id, day=day, excuse="")
        work.session.add(row)
    row.came_at = row.left_at = row.instead_of_id = None
    row.note, row.mark, row.marked_by, row.marked_at = note, mark.value, work.actor.account_id, work.now
    work.session.flush()
    work.did("attendance.marked", f"person/{person.number}", person.site_id, day=day.isoformat(), mark=mark.value)
    return row
