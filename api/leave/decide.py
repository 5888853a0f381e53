"""Deciding on leave: approved, and somebody is looked for; declined, with the reason; withdrawn in time."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.callouts.ending import end
from api.callouts.start import Wanted, start
from api.callouts.states import Cause
from api.callouts.states import State as CalloutState
from api.files.site import SitePlan
from api.http.problems import Problem
from api.leave.allowance import crowd_of
from api.leave.balance import Balances
from api.leave.rows import UNDECIDED
from api.leave.turns import absent, give_places, tell_person, tell_post, turn
from api.requests.rows import State, leave_of
from api.rosters.given import roster_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.judge import ground_of
from domain.language import Refusal, Text, day_text, joined
from domain.time import Month, Zone


def approve(work: Work, plan: SitePlan, row: t.Request, reason: str) -> list[t.Callout]:
    """Approve; beyond the places of a day only with a reason. For duties in force somebody is looked for."""
    _refuse_decided(row)
    full = crowd_of(work.session, plan, row, asked=False).full
    if full and plan.leave.known(row.facts["leave"]).allowance and not reason:
        words = Text(
            "{days}请假人数已满, 超额批准须写明理由", "too many are away on {days}: to go beyond it needs a reason"
        )
        raise Problem("over-budget", words.filled(days=joined([day_text(day) for day in full])))
    Balances(work.session, plan, row.person, row.id).refuse_beyond(leave_of(row))
    _decided(work, row, State.APPROVED, reason)
    tell_person(work, row, "leave-approved")
    return look_for_cover(work, row)


def decline(work: Work, plan: SitePlan, row: t.Request, reason: str) -> None:
    """Decline, with the reason; leave that was taken in need and is none was absence (S17)."""
    _refuse_decided(row)
    if not reason:
        raise Refusal(Text("拒绝须写明理由", "to decline needs a reason"))
    told = "told_at" in row.facts
    _decided(work, row, State.DECLINED, reason)
    if told:
        absent(work, plan, row)
    tell_person(work, row, "leave-declined", reason=reason)
    give_places(work, plan, row)


def withdraw(work: Work, plan: SitePlan, row: t.Request) -> None:
    """Take leave back before it begins; whoever is looked for is called off, and the places go to who waits."""
    if row.state not in (*UNDECIDED, State.APPROVED):
        raise Problem("conflict")
    told = row.state == State.APPROVED or "told_at" in row.facts
    if row.first <= plan.site.zone.day_of(work.now) and told:
        raise Problem("too-late", Text("假期已开始", "the leave has begun"))
    turn(work, row, State.WITHDRAWN)
    row.due_at, row.decided_at = None, work.now
    for callout in _callouts(work, row):
        end(work, callout, CalloutState.CANCELLED)
    if row.tier:
        tell_post(work, row, "leave-withdrawn")
    give_places(work, plan, row)


def look_for_cover(work: Work, row: t.Request) -> list[t.Callout]:
    """A call-out for each duty in force that a leave touches and that has not begun."""
    found = []
    ahead = (duty for duty in touched(work.session, row) if duty.start_at > work.now)
    for roster, duties in groupby(ahead, key=lambda duty: duty.roster_id):
        month = Month.parse(work.session.get_one(t.Roster, roster).month)
        ground = ground_of(work.session, roster_row(work.session, row.site_id, month, lock=True))
        found += [start(work, ground, duty, Wanted(Cause.LEAVE, request_id=row.id)) for duty in duties]
    return found


def touched(session: Session, row: t.Request) -> list[t.Duty]:
    """The duties in force that a leave touches and nobody is looked for yet, by month and start."""
    zone = Zone(session.get_one(t.Site, row.site_id).zone)
    span = leave_of(row).span(zone)
    asked = select(t.Callout.duty_id).where(t.Callout.state == CalloutState.ASKING.value)
    mine = (t.Duty.person_id == row.person_id) & (t.Duty.state == "active")
    rows = select(t.Duty).where(mine, t.Duty.start_at < span.end, t.Duty.end_at > span.start, t.Duty.id.not_in(asked))
    return list(session.scalars(rows.order_by(t.Duty.roster_id, t.Duty.start_at)).all())


def _decided(work: Work, row: t.Request, state: State, reason: str) -> None:
    turn(work, row, state)
    row.reason, row.due_at = reason, None
    row.decided_by, row.decided_at = work.actor.account_id, work.now


def _refuse_decided(row: t.Request) -> None:
    if row.state not in UNDECIDED:
        raise Problem("conflict", Text("该申请不在等待审批", "it does not wait for a decision"))


def _callouts(work: Work, row: t.Request) -> list[t.Callout]:
    """Those that make up for a leave and still ask."""
    asked = select(t.Callout).where(t.Callout.request_id == row.id, t.Callout.state == CalloutState.ASKING.value)
    return list(work.session.scalars(asked.order_by(t.Callout.id).with_for_update(of=t.Callout)).all())
