"""Deciding on hours in which somebody cannot work; leave has a way of its own."""

from __future__ import annotations

from api.http.problems import Problem
from api.requests.rows import State
from api.store import tables as t
from api.store.store import Work


def decide_hours(work: Work, row: t.Request, state: State, reason: str) -> None:
    """Approve or decline what is open."""
    if row.state != State.OPEN:
        raise Problem("conflict")
    row.state, row.reason, row.revision = state.value, reason, row.revision + 1
    row.decided_by, row.decided_at = work.actor.account_id, work.now
