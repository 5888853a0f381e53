"""A chain of entries: the hash of each seals what it tells together with the hash of the one before.

Who changes, deletes, inserts or reorders a row breaks the chain at that row; who cuts the end off is found by a head
that was exported before (Schneier and Kelsey, ACM TISSEC 2, 1999).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ScalarResult, select
from sqlalchemy.orm import Session

from api.store import tables as t

START: Final = "0" * 64
ONE: Final = 1
BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done, before it is sealed."""

    action: str
    object: str
    site_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it, and in which request."""

    account_id: int | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many entries there are, and the last hash."""

    last: int
    hash: str


def append(session: Session, actor: Actor, deeds: Sequence[Deed], now: datetime) -> None:
    """Seal deeds at the end of the chain, in the transaction of what they tell; others wait for it to end."""
    if not deeds:
        return
    head = session.scalars(select(t.AuditHead).where(t.AuditHead.id == ONE).with_for_update()).one_or_none()
    if head is None:
        head = t.AuditHead(id=ONE, last=0, hash=START)
        session.add(head)
    for deed in deeds:
        entry = t.AuditEntry(
            id=head.last + 1,
            at=now,
            account_id=actor.account_id,
            action=deed.action,
            object=deed.object,
            site_id=deed.site_id,
            facts=deed.facts,
            request=actor.request,
        )
        entry.hash = sealed(head.hash, entry)
        session.add(entry)
        head.last, head.hash = entry.id, entry.hash


def sealed(before: str, entry: t.AuditEntry) -> str:
    """The hash of an entry after another."""
    told = [
        before,
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.account_id,
        entry.action,
        entry.object,
        entry.site_id,
        entry.facts,
        entry.request,
    ]
    words = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def first_bad(session: Session, known: Head | None = None) -> int | None:
    """The number of the first entry that is not as it was sealed; None: the chain holds.

    `known`: a head exported before; the chain must still go through it.
    """
    before, expected = START, 1
    with closing(_entries(session)) as entries:
        for entry in entries:
            if entry.id != expected or sealed(before, entry) != entry.hash:
                return expected
            before, expected = entry.hash, expected + 1
            if known and known.last == entry.id and known.hash != entry.hash:
                return entry.id
    head = head_of(session)
    if (head.last, head.hash) != (expected - 1, before):
        return expected
    return expected if known and known.last >= expected else None


def head_of(session: Session) -> Head:
    """Where the chain ends."""
    row = session.get(t.AuditHead, ONE, populate_existing=True)
    return Head(row.last, row.hash) if row else Head(0, START)


def _entries(session: Session) -> ScalarResult[t.AuditEntry]:
    asked = select(t.AuditEntry).order_by(t.AuditEntry.id).execution_options(yield_per=BATCH, populate_existing=True)
    return session.scalars(asked)
