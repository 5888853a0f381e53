"""What is given for a month, remembered between requests: reading it takes longer than judging an edit.

Every change writes the log in its own transaction. What is given holds as long as nobody wrote an entry, of the site or
of the group, that could touch it; the draft is no part of it.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.store import tables as t
from api.store.store import Writing
from constraints.given import Given as RulesGiven

MOST: Final = 12
"""Months that are remembered; each takes some megabytes."""
ASIDE: Final = frozenset(
    {
        "draft.edited", "draft.noted", "draft.pinned", "draft.taken", "exported", "job.asked", "job.cancelled",
        "job.done", "job.failed", "job.stopped", "publication.dropped", "publication.planned", "session.closed",
        "session.opened", "session.refused",
    }
)  # fmt: skip
"""What touches nothing that is given; the people needed and the pins are told apart by themselves."""
Key = tuple[int, int, int, int | None, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is given for a month: as rules look it up, and the people's ids by number."""

    rules: RulesGiven
    numbers: dict[str, int]


class _Months:
    """The months that were asked for last, of one database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Key, Known] = OrderedDict()

    def find(self, key: Key) -> Known | None:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def keep(self, key: Key, known: Known) -> None:
        with self._lock:
            self._known[key] = known
            while len(self._known) > MOST:
                self._known.popitem(last=False)


_BY_STORE: WeakKeyDictionary[Engine, _Months] = WeakKeyDictionary()


def known(session: Session, roster: t.Roster, plan: t.SitePlan, read: Callable[[], Known]) -> Known:
    """What is given for a month by a plan: remembered, or read."""
    head = _head(session, roster.site_id)
    tried = plan not in session
    if tried or (isinstance(session, Writing) and session.has_written):
        return read()  # what this transaction has changed itself is in no entry yet, and may be undone
    months = _BY_STORE.setdefault(session.get_bind().engine, _Months())
    key = (roster.id, plan.id, head, roster.requirement_id, json.dumps(roster.pins, ensure_ascii=False))
    found = months.find(key)
    if found is None:
        found = read()
        months.keep(key, found)
    return found


def _head(session: Session, site_id: int) -> int:
    """The newest entry of the log that counts, of the site or of the group; 0: there is none.

    It is asked for before anything is read: what is written in between makes a newer head.
    """
    entry = t.AuditEntry
    counts = select(entry.id).where(entry.action.not_in(ASIDE)).order_by(entry.id.desc()).limit(1)
    found = (session.scalar(counts.where(of)) for of in (entry.site_id == site_id, entry.site_id.is_(None)))
    return max(number or 0 for number in found)
