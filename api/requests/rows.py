"""Requests of the store as the engine knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.store import tables as t
from domain.requests import Leave, Unavailability, Wish, WishKind
from domain.time import Days, Span


class Kind(StrEnum):
    """What is asked for."""

    WISH = "wish"
    LEAVE = "leave"
    UNAVAILABLE = "unavailable"


class State(StrEnum):
    """How far a request has come."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Asked:
    """What counts for a roster: approved leave, hours in which people cannot work, wishes that stand."""

    leaves: tuple[Leave, ...]
    unavailabilities: tuple[Unavailability, ...]
    wishes: tuple[Wish, ...]


def asked_for(session: Session, site_id: int, days: Days) -> Asked:
    """The requests that touch some days."""
    rows = session.scalars(
        select(t.Request)
        .where(t.Request.site_id == site_id, t.Request.first <= days.last, t.Request.last >= days.first)
        .where(t.Request.state.in_((State.OPEN, State.APPROVED)))
        .options(joinedload(t.Request.person))
        .order_by(t.Request.id)
    ).all()
    approved = [row for row in rows if row.state == State.APPROVED]
    return Asked(
        tuple(leave_of(row) for row in _of(approved, Kind.LEAVE)),
        tuple(unavailability_of(row) for row in _of(approved, Kind.UNAVAILABLE)),
        tuple(wish_of(row) for row in _of(rows, Kind.WISH) if row.first in days),
    )


def leave_of(row: t.Request) -> Leave:
    """A leave."""
    return Leave(row.person.number, Days(row.first, row.last), row.facts["leave"])


def unavailability_of(row: t.Request) -> Unavailability:
    """A span in which somebody cannot work."""
    start, end = (datetime.fromisoformat(row.facts[name]) for name in ("start", "end"))
    return Unavailability(row.person.number, Span(start, end))


def wish_of(row: t.Request) -> Wish:
    """A wish."""
    facts = row.facts
    return Wish(row.person.number, row.first, WishKind(facts["wish"]), facts.get("shift"), facts.get("weight", 1))


def _of(rows: Iterable[t.Request], kind: Kind) -> list[t.Request]:
    return [row for row in rows if row.kind == kind]
