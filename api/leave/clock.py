"""What time does to leave: undecided it goes up, unfiled it lapses, and who waits too long is told no."""

from __future__ import annotations

from sqlalchemy import select

from api.files.site import SitePlan
from api.leave.turns import lapse, move_up, tell_person, turn
from api.requests.rows import Kind, State
from api.store import tables as t
from api.store.store import Work


def watch(work: Work, site_id: int, plan: SitePlan) -> None:
    """Look at the leave of a site whose time is over."""
    mine = (t.Request.site_id == site_id) & (t.Request.kind == Kind.LEAVE.value)
    due = select(t.Request).where(mine, t.Request.due_at <= work.now).order_by(t.Request.id)
    for row in work.session.scalars(due.with_for_update(of=t.Request)).all():
        if row.state == State.TOLD:
            lapse(work, plan, row)
        elif row.state == State.OPEN:
            move_up(work, plan, row)
    today = plan.site.zone.day_of(work.now)
    late = select(t.Request).where(mine, t.Request.state == State.WAITLISTED.value, t.Request.first <= today)
    for row in work.session.scalars(late.order_by(t.Request.id).with_for_update(of=t.Request)).all():
        turn(work, row, State.DECLINED)
        row.reason, row.decided_at = "full", work.now
        tell_person(work, row, "leave-full")
