"""Leave as the store keeps it: which stands, how long it is, what it takes out of a balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.requests.rows import Kind, State, leave_of
from api.store import tables as t
from domain.calendar import Calendar
from domain.requests import Leave
from domain.time import Days

AWAY: Final = (State.APPROVED, State.TOLD)
"""Leave that keeps somebody away."""
UNDECIDED: Final = (State.OPEN, State.WAITLISTED)
"""Leave that waits for a decision."""
RESERVED: Final = (*AWAY, State.OPEN)
"""Leave that holds its place among those who may be away."""


def halves_of(leave: Leave) -> int:
    """How long a leave is, in half days of the calendar."""
    return sum(leave.halves(day) for day in leave.days)


def work_halves(leave: Leave, calendar: Calendar) -> Counter[int]:
    """The half work days that a leave takes out of each year's balance; weekends and holidays take none."""
    found: Counter[int] = Counter()
    for day in leave.days:
        found[day.year] += leave.halves(day) if calendar.kind(day).works else 0
    return found


def standing(session: Session, site_id: int, days: Days, states: Iterable[State]) -> Sequence[t.Request]:
    """The leave of a site that touches some days and is in one of some states, the oldest first."""
    asked = (
        select(t.Request)
        .where(t.Request.site_id == site_id, t.Request.kind == Kind.LEAVE.value)
        .where(t.Request.first <= days.last, t.Request.last >= days.first)
        .where(t.Request.state.in_([state.value for state in states]))
        .options(joinedload(t.Request.person))
        .order_by(t.Request.id)
    )
    return session.scalars(asked).all()


def days_of(row: t.Request) -> Days:
    """The days that a request touches."""
    return leave_of(row).days
