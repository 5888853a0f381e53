"""Asking for leave: ahead, within the balance, for a place; or told by phone in need and filed afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from api.files.site import SitePlan
from api.http.problems import Problem
from api.leave.balance import Balances
from api.leave.policy import Tier, above
from api.leave.rows import AWAY, UNDECIDED, halves_of, standing
from api.leave.turns import ROLE_OF, hand_in, tell_person, tell_post, turn
from api.requests.rows import State, leave_of
from api.store import tables as t
from api.store.store import Work
from domain.language import Refusal, Text, plain
from domain.requests import Leave
from domain.time import Days

STANDS: Final = (*AWAY, *UNDECIDED)


def ask(work: Work, plan: SitePlan, row: t.Request) -> None:
    """A new leave, asked for ahead: refused where it is too late, too long or there already."""
    leave = leave_of(row)
    refuse_late(work, plan, leave)
    _check(work, plan, row, leave)
    hand_in(work, plan, row)


def tell_by_phone(work: Work, plan: SitePlan, row: t.Request) -> None:
    """Leave in need, told by phone: its person is away at once and files it within the time for it."""
    _refuse_twice(work, row, leave_of(row), AWAY)
    _refuse_past(work, plan, row)
    _take_back_others(work, row)
    plan.leave.kind(row.facts["leave"])
    span = leave_of(row).span(plan.site.zone)
    missed = select(t.Duty.day).where(t.Duty.person_id == row.person_id, t.Duty.state == "active")
    missed = missed.where(t.Duty.start_at < span.end, t.Duty.end_at > span.start).distinct().order_by(t.Duty.day)
    days = [day.isoformat() for day in work.session.scalars(missed) if day >= row.first]
    row.facts = {**row.facts, "told_at": work.now.isoformat(), "missed": days}
    row.due_at = work.now + timedelta(hours=plan.leave.file_hours)
    due = f"{row.due_at.astimezone(plan.site.zone.info):%Y-%m-%d %H:%M}"
    turn(work, row, State.TOLD)
    tell_person(work, row, "leave-file", due=due)
    row.tier = _tier(work, plan, row)
    tell_post(work, row, "leave-told")


def file_afterwards(work: Work, plan: SitePlan, row: t.Request, kind: str, note: str) -> None:
    """What was told by phone is filed by its person: now it waits for a decision like any other."""
    if row.state != State.TOLD:
        raise Problem("conflict", Text("没有待补办的假", "there is no leave to be filed"))
    row.facts = {**row.facts, "leave": plan.leave.kind(kind).id, "note": note}
    Balances(work.session, plan, row.person, row.id).refuse_beyond(leave_of(row))
    hand_in(work, plan, row)


def refuse_late(work: Work, plan: SitePlan, leave: Leave) -> None:
    """Leave is asked for ahead, by as many days as its kind says."""
    ahead = plan.leave.kind(leave.kind).ahead_days
    today = plan.site.zone.day_of(work.now)
    if leave.days.first >= today + timedelta(days=ahead):
        return
    words = Text(
        "{kind}须提前{ahead}天申请; 紧急情况请电话告知班长, 事后补办",
        "{kind} is asked for {ahead} days ahead; in need, tell the shift leader by phone and file it afterwards",
    )
    kind = plan.leave.kind(leave.kind)
    raise Problem("too-late", words.filled(kind=Text(kind.zh, kind.en), ahead=plain(ahead)))


def _check(work: Work, plan: SitePlan, row: t.Request, leave: Leave) -> None:
    work.session.get_one(t.Person, row.person_id, with_for_update=True)  # two at once do not both find days left
    _refuse_twice(work, row, leave, STANDS)
    Balances(work.session, plan, row.person, row.id).refuse_beyond(leave)
    row.tier = _tier(work, plan, row)


def _tier(work: Work, plan: SitePlan, row: t.Request) -> str:
    """Who decides, by the length of it; on his own kind of post the next one up does."""
    tier = plan.leave.tier(_in_a_row(work, row))
    while (higher := above(tier)) and _holds(work, row, tier):
        tier = higher
    return tier.value


def _in_a_row(work: Work, row: t.Request) -> int:
    """The half days of a leave with those that touch it: leave in parts is as long as its parts."""
    parts, whole = _others(work, row, STANDS, timedelta(days=31)), [row]
    while near := [part for part in parts if part not in whole and any(_touch(part, other) for other in whole)]:
        whole += near
    return sum(halves_of(leave_of(part)) for part in whole)


def _touch(one: t.Request, other: t.Request) -> bool:
    """Whether no day lies between two leaves."""
    return one.first <= other.last + timedelta(days=1) and other.first <= one.last + timedelta(days=1)


def _holds(work: Work, row: t.Request, tier: Tier) -> bool:
    """Whether the person himself holds the post that would decide."""
    asked = (
        select(t.RoleGrant.id)
        .join(t.Account, t.Account.id == t.RoleGrant.account_id)
        .where(t.Account.person_id == row.person_id, t.RoleGrant.role == ROLE_OF[tier].value)
    )
    return work.session.scalars(asked.limit(1)).first() is not None


def _refuse_twice(work: Work, row: t.Request, leave: Leave, states: Iterable[State]) -> None:
    """Nobody is on leave twice at a time; a morning and an afternoon of one day are two things."""
    for other in _others(work, row, states):
        if _overlap(leave_of(other), leave):
            words = Text("与已有的假重叠(第{id}号)", "it overlaps leave that is there already (number {id})")
            raise Problem("conflict", words.filled(id=plain(other.id)))


def _take_back_others(work: Work, row: t.Request) -> None:
    """What was asked for the same time and not decided yet is overtaken by need."""
    for other in _others(work, row, UNDECIDED):
        if _overlap(leave_of(other), leave_of(row)):
            turn(work, other, State.WITHDRAWN)
            other.due_at, other.decided_at = None, work.now


def _others(work: Work, row: t.Request, states: Iterable[State], around: timedelta = timedelta()) -> list[t.Request]:
    """Other leave of the same person on its days, or near them."""
    days = Days(row.first - around, row.last + around)
    rows = standing(work.session, row.site_id, days, states)
    return [other for other in rows if other.id != row.id and other.person_id == row.person_id]


def _overlap(one: Leave, other: Leave) -> bool:
    """Whether two leaves share half a day."""
    return any(not one.sides(day).isdisjoint(other.sides(day)) for day in one.days)


def _refuse_past(work: Work, plan: SitePlan, row: t.Request) -> None:
    today = plan.site.zone.day_of(work.now)
    if row.last < today:
        raise Refusal(Text("该日已过", "that day is over"))
