"""The box of deliveries: filled with the change that it tells of or after it, emptied by whoever claims its rows first.

A claim is a lease: who dies with it in hand loses it, and somebody else tries again, under the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from api.outside.outcome import Outcome, Verdict, wait
from api.store import tables as t
from api.store.store import Store, Work

LEASE: Final = timedelta(minutes=5)
MOST: Final = 50
WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"


def put(work: Work, deliveries: Iterable[t.Delivery]) -> None:
    """Lay deliveries into the box, those whose names are not in it yet."""
    made = {each.name: each for each in deliveries}
    known = set(work.session.scalars(select(t.Delivery.name).where(t.Delivery.name.in_(made))))
    work.session.add_all(each for name, each in made.items() if name not in known)
    work.session.flush()


Claims = Mapping[int, int]
"""Deliveries that are ours for a while, by id, each with how often it was tried: that number names the claim."""


def claim(store: Store, *, hooks: bool) -> Claims:
    """Take what is due to webhooks, or to people."""
    way = t.Delivery.hook_id.is_not(None) if hooks else t.Delivery.hook_id.is_(None)
    with store.reading() as session:
        if not _waiting(session, store.now(), way):
            return {}
    with store.writing() as work:
        due = _due(work.now) & way
        first = select(t.Delivery.id).where(due).order_by(t.Delivery.due_at, t.Delivery.id).limit(MOST)
        mine = update(t.Delivery).where(t.Delivery.id.in_(list(work.session.scalars(first))), due)
        mine = mine.values(due_at=work.now + LEASE, tries=t.Delivery.tries + 1)
        found = work.session.execute(mine.returning(t.Delivery.id, t.Delivery.tries)).all()
        return dict(sorted((row[0], row[1]) for row in found))


def still_ours(work: Work, claims: Claims) -> list[int]:
    """Which of some claims nobody else took over meanwhile; their lease begins anew."""
    found: list[int] = []
    for each, tries in claims.items():
        renewed = update(t.Delivery).where(_ours(each, tries)).values(due_at=work.now + LEASE).returning(t.Delivery.id)
        found += work.session.scalars(renewed)
    return found


def let_go(work: Work, claims: Claims, until: datetime) -> None:
    """Give claims back that were not used; they are due again later."""
    for each, tries in claims.items():
        work.session.execute(update(t.Delivery).where(_ours(each, tries)).values(due_at=until, tries=tries - 1))


def _ours(delivery: int, tries: int) -> ColumnElement[bool]:
    """Whether a claim still holds."""
    return (t.Delivery.id == delivery) & (t.Delivery.state == WAITING) & (t.Delivery.tries == tries)


def _due(now: datetime) -> ColumnElement[bool]:
    return (t.Delivery.state == WAITING) & (t.Delivery.due_at <= now)


def _waiting(session: Session, now: datetime, way: ColumnElement[bool]) -> bool:
    return session.scalar(select(t.Delivery.id).where(_due(now), way).limit(1)) is not None


def settle(work: Work, deliveries: Sequence[t.Delivery], outcome: Outcome, waits: tuple[int, ...]) -> bool:
    """Write down what became of a try; whether that was its end without being taken."""
    given_up = False
    for each in deliveries:
        each.status, each.reason = outcome.status, outcome.reason[:200]
        if outcome.verdict is Verdict.TAKEN:
            each.state, each.ended_at = SENT, work.now
            continue
        pause = wait(waits, each.tries, outcome, each.name) if outcome.verdict is Verdict.AGAIN else None
        if pause is not None:
            each.due_at = work.now + pause
        else:
            each.state, each.ended_at, given_up = FAILED, work.now, True
    return given_up
