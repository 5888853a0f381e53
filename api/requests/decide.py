"""A decision on leave, or on hours in which somebody cannot work: whether it is his to take, and what comes of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.group.plans import newest, read_plan
from api.http.desk import Desk
from api.http.problems import Problem
from api.leave.decide import approve, decline
from api.leave.turns import decides
from api.requests.rows import Kind, State
from api.rosters.given import locked
from api.store import tables as t
from api.store.store import Work
from domain.language import Text
from domain.time import Month


def decide_as(desk: Desk, work: Work, row: t.Request, state: State, reason: str) -> None:
    """Approve or decline; never one's own, and leave by the post that its length asks for."""
    if row.person_id == desk.caller.person_id:
        raise Problem("forbidden", Text("不能审批自己的申请", "nobody decides on his own request"))
    if row.kind == Kind.WISH:
        raise Problem("conflict")
    if not decides(desk, row):
        raise Problem("forbidden", Text("由其他岗位审批", "another post decides on this one"))
    if row.kind == Kind.LEAVE:
        plan = read_plan(newest(work.session, desk.site.id))
        (approve if state is State.APPROVED else decline)(work, plan, row, reason)
    else:
        _decide_hours(work, row, state, reason)
    work.did("request.decided", f"request/{row.id}", desk.site.id, state=row.state, reason=reason)


def locked_request(session: Session, site_id: int, request_id: int) -> t.Request:
    """A request to be decided, filed or taken back; the months that it touches are locked before it, as everywhere."""
    row = session.get(t.Request, request_id)
    if row is None or row.site_id != site_id:
        raise Problem("not-found")
    months = (Month.of(row.first - timedelta(days=1)), Month.of(row.last))
    asked = select(t.Roster).where(t.Roster.site_id == site_id)
    asked = asked.where(t.Roster.month >= str(months[0]), t.Roster.month <= str(months[1])).order_by(t.Roster.month)
    session.scalars(locked(asked)).all()
    session.refresh(row, with_for_update={"of": t.Request})
    return row


def _decide_hours(work: Work, row: t.Request, state: State, reason: str) -> None:
    """Hours are simply decided, while they are open."""
    if row.state != State.OPEN:
        raise Problem("conflict")
    row.state, row.reason, row.revision = state.value, reason, row.revision + 1
    row.decided_by, row.decided_at = work.actor.account_id, work.now
