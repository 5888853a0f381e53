"""Notes on cells: a word about somebody's day, for those who make the roster."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.board.forms import BoardNote, NewNote
from api.http.problems import Problem
from api.people.rows import person_of
from api.store import tables as t
from api.store.store import Work
from domain.language import Refusal, Text
from domain.time import Month


def notes_of(session: Session, roster: t.Roster) -> list[BoardNote]:
    """The notes of a month, each with who wrote it."""
    asked = (
        select(t.Person.number, t.CellNote, t.Account.name)
        .join(t.Person, t.Person.id == t.CellNote.person_id)
        .outerjoin(t.Account, t.Account.id == t.CellNote.made_by)
        .where(t.CellNote.roster_id == roster.id)
        .order_by(t.CellNote.day, t.Person.number)
    )
    rows = session.execute(asked).all()
    return [BoardNote(agent=who, day=note.day, words=note.words, by=by or "") for who, note, by in rows]


def note_down(work: Work, roster: t.Roster, told: NewNote) -> None:
    """Write a note on a cell in place of the one that is there; an empty one takes it away."""
    person = person_of(work.session, roster.site_id, told.agent)
    if person is None:
        raise Problem("not-found")
    _refuse_outside(told.day, Month.parse(roster.month))
    note = t.CellNote
    cell = (note.roster_id == roster.id, note.person_id == person.id, note.day == told.day)
    work.session.execute(delete(note).where(*cell))
    if told.words:
        facts = {"words": told.words, "made_by": work.actor.account_id, "made_at": work.now}
        work.session.add(note(roster_id=roster.id, person_id=person.id, day=told.day, **facts))
    roster.revision += 1
    work.did("draft.noted", f"roster/{roster.id}", roster.site_id, agent=told.agent, day=told.day.isoformat())


def _refuse_outside(day: date, month: Month) -> None:
    if day not in month.days:
        raise Refusal(Text("该日不在排班月内", "the day is not in the month of the roster"))
