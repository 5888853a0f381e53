"""The box of deliveries: filled with the change that it tells of or after it, emptied by whoever claims its rows first.

A claim is a lease: who dies with it in hand loses it, and somebody else tries again, under the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.outside.outcome import Outcome, Verdict, wait
from api.store import tables as t
from api.store.store import Store, Work

LEASE: Final = timedelta(minutes=5)
MOST: Final = 200
WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"


def put(work: Work, deliveries: Iterable[t.Delivery]) -> None:
    """Lay deliveries into the box, those whose names are not in it yet."""
    made = {each.name: each for each in deliveries}
    known = set(work.session.scalars(select(t.Delivery.name).where(t.Delivery.name.in_(made))))
    work.session.add_all(each for name, each in made.items() if name not in known)
    work.session.flush()


def claim(store: Store) -> list[int]:
    """The deliveries that are due, now ours for a while."""
    with store.reading() as session:
        if not _waiting(session, store.now()):
            return []
    with store.writing() as work:
        due = (t.Delivery.state == WAITING) & (t.Delivery.due_at <= work.now)
        first = select(t.Delivery.id).where(due).order_by(t.Delivery.due_at, t.Delivery.id).limit(MOST)
        ids = list(work.session.scalars(first))
        mine = update(t.Delivery).where(t.Delivery.id.in_(ids), due)
        mine = mine.values(due_at=work.now + LEASE, tries=t.Delivery.tries + 1).returning(t.Delivery.id)
        return sorted(work.session.scalars(mine))


def _waiting(session: Session, now: datetime) -> bool:
    """Whether something is due."""
    due = (t.Delivery.state == WAITING) & (t.Delivery.due_at <= now)
    return session.scalar(select(t.Delivery.id).where(due).limit(1)) is not None


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
