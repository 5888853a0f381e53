"""Requests of the store as the engine knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.store import tables as t
from api.store.store import Work
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
    WAITLISTED = "waitlisted"
    """Leave for which there is no place yet."""
    TOLD = "told"
    """Leave in need, told by phone and not filed yet."""
    LAPSED = "lapsed"
    """It was told by phone and not filed in time."""
    GRANTED = "granted"
    """A wish that the published roster meets."""
    REFUSED = "refused"
    """A wish that it does not meet."""


WHY: Final = "why"
"""The fact that tells why a wish is not met, in both languages."""
WISHED: Final = (State.OPEN, State.GRANTED, State.REFUSED)
"""Wishes that stand: what a roster made of them does not end them, for another may follow."""
COUNTS: Final = (*WISHED, State.APPROVED, State.TOLD)


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
        .where(t.Request.state.in_(COUNTS))
        .options(joinedload(t.Request.person))
        .order_by(t.Request.id)
    ).all()
    away = [row for row in rows if keeps_away(row)]
    return Asked(
        tuple(leave_of(row) for row in _of(away, Kind.LEAVE)),
        tuple(unavailability_of(row) for row in _of(away, Kind.UNAVAILABLE)),
        tuple(wish_of(row) for row in _of(rows, Kind.WISH) if row.first in days),
    )


def keeps_away(row: t.Request) -> bool:
    """Whether somebody is away: it was approved, or it was told by phone and nobody has said no yet."""
    return row.state in (State.APPROVED, State.TOLD) or (row.state == State.OPEN and "told_at" in row.facts)


def new_request(work: Work, person: t.Person, kind: Kind, days: Days, facts: dict[str, Any]) -> t.Request:
    """Something that somebody asks for, open; it is not in the store yet."""
    row = t.Request(
        site_id=person.site_id,
        person_id=person.id,
        kind=kind.value,
        first=days.first,
        last=days.last,
        facts=facts,
        state=State.OPEN.value,
        tier="",
        made_by=work.actor.account_id,
        made_at=work.now,
    )
    row.person = person
    return row


def asked_facts(row: t.Request) -> dict[str, Any]:
    """What was asked for, without what became of it."""
    return {name: told for name, told in row.facts.items() if name != WHY}


def leave_of(row: t.Request) -> Leave:
    """A leave."""
    noons = (bool(row.facts.get(name)) for name in ("from_noon", "until_noon"))
    return Leave(row.person.number, Days(row.first, row.last), row.facts["leave"], *noons)


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
