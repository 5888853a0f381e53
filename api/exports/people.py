"""People and their leave as tables that can be taken in again (docs/files.md)."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from api.exports.tables import Row, Table
from api.files.leave import COLUMNS as LEAVE_COLUMNS
from api.files.people import COLUMNS as PEOPLE_COLUMNS
from api.people.rows import people_of
from api.requests.rows import Kind, keeps_away, leave_of
from api.store import tables as t
from domain.language import Text
from domain.requests import Leave
from domain.time import Days


def _heading(names: tuple[str, ...]) -> Text:
    """A column as its reader understands it: the first of its Chinese names, and its English one."""
    return Text(next(name for name in names if not name.isascii()), names[0])


PEOPLE: Final = {
    name: _heading(PEOPLE_COLUMNS[name]) for name in ("id", "name", "contract", "skills", "team", "leave", "protected")
}
LEAVE: Final = {
    "agent_id": _heading(LEAVE_COLUMNS["agent_id"]),
    "name": PEOPLE["name"],
    **{name: _heading(names) for name, names in LEAVE_COLUMNS.items() if name != "agent_id"},
}
YES: Final = "1"


def people_table(session: Session, site_id: int, days: Days) -> Table:
    """Who belongs to a site on some days, with leave in them."""
    away: defaultdict[str, list[str]] = defaultdict(list)
    for leave in _leaves(session, site_id, days):
        away[leave.agent].append(f"{leave.days.first}..{leave.days.last} {leave.kind}")
    people = people_of(session, site_id, days)
    return Table(PEOPLE, [_person(person, away[person.number]) for person in people])


def leave_table(session: Session, site_id: int, days: Days) -> Table:
    """The approved leave that touches some days."""
    names = {person.number: person.name for person in people_of(session, site_id, days)}
    rows = [_leave(leave, names.get(leave.agent, "")) for leave in _leaves(session, site_id, days)]
    return Table(LEAVE, rows)


def _leaves(session: Session, site_id: int, days: Days) -> list[Leave]:
    asked = select(t.Request).where(t.Request.site_id == site_id, t.Request.kind == Kind.LEAVE.value)
    asked = asked.where(t.Request.first <= days.last, t.Request.last >= days.first)
    rows = session.scalars(asked.options(selectinload(t.Request.person)).order_by(t.Request.first, t.Request.id))
    return [leave_of(row) for row in rows if keeps_away(row)]


def _person(person: t.Person, away: list[str]) -> Row:
    skills = "; ".join(_held(held) for held in person.certificates)
    protections = "; ".join(f"{'born' if each.born else 'due'} {each.day}" for each in person.protections)
    team = person.team_name
    return person.number, person.name, person.contract, skills, team, "; ".join(away), protections


def _held(held: t.Certificate) -> str:
    """`service`, or with its days: `emergency:2024-01-01..2027-06-30`."""
    return f"{held.skill}:{held.first or ''}..{held.last or ''}" if held.first or held.last else held.skill


def _leave(leave: Leave, name: str) -> Row:
    noons = (YES if noon else "" for noon in (leave.from_noon, leave.until_noon))
    return leave.agent, name, leave.days.first.isoformat(), leave.days.last.isoformat(), leave.kind, *noons
