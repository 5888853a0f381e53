"""What time does to swaps: offers end, decisions come too late, people are reminded."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, select

from api.auth.rights import Role
from api.notices.rows import Word, tell_roles, tell_those
from api.store import tables as t
from api.store.store import Work
from api.swaps.board import in_match
from api.swaps.policy import SwapPolicy
from api.swaps.states import LIVE, WAITING, Reason, State, facts_of, move, move_post
from domain.time import Zone


def expire(work: Work, site_id: int) -> None:
    """End what nobody answered or decided in time, and posts whose duty is near."""
    over = select(t.Swap).where(t.Swap.site_id == site_id, t.Swap.state.in_(LIVE), t.Swap.expires_at <= work.now)
    for swap in work.session.scalars(_locked(over)).all():
        move(work, swap, State.EXPIRED, Reason.BEGUN if swap.start_at <= work.now else Reason.TIME)
    mine = select(t.Roster.id).where(t.Roster.site_id == site_id)
    late = select(t.Post).where(t.Post.roster_id.in_(mine), t.Post.state == "open", t.Post.expires_at <= work.now)
    for post in work.session.scalars(late).all():
        if not in_match(work.session, post):
            move_post(work, post, "expired")


def remind(work: Work, site_id: int, policy: SwapPolicy, zone: Zone) -> None:
    """Remind whoever has yet to answer, as often as the policy says before an offer ends, each time once, by day."""
    if policy.quiet(work.now, zone):
        return
    asked = select(t.Swap).where(t.Swap.site_id == site_id, t.Swap.state.in_(LIVE - WAITING))
    for swap in work.session.scalars(_locked(asked)).all():
        hours = (swap.expires_at - work.now) / timedelta(hours=1)
        passed = sum(hours <= before for before in policy.remind_hours)
        if passed > swap.reminded:
            swap.reminded = passed
            _remind(work, swap)


def escalate(work: Work, site_id: int, policy: SwapPolicy) -> None:
    """What the scheduler does not decide in time, or not while it is time, is the manager's; he is reminded."""
    asked = select(t.Swap).where(t.Swap.site_id == site_id, t.Swap.state.in_(WAITING), t.Swap.expires_at > work.now)
    for swap in work.session.scalars(_locked(asked)).all():
        waits = work.now - (swap.waits_since or work.now)
        long = waits >= timedelta(hours=policy.escalate_hours)
        urgent = swap.expires_at - work.now <= timedelta(hours=policy.urgent_hours)
        if State(swap.state) is State.WAITING_SCHEDULER and (long or urgent):
            swap.approver = "manager"
            move(work, swap, State.WAITING_MANAGER, Reason.ESCALATED)
        elif State(swap.state) is State.WAITING_MANAGER and long:
            swap.waits_since = work.now
            word = Word(site_id, "swap-undecided", f"swap/{swap.id}/undecided/{work.now:%Y-%m-%dT%H}")
            tell_roles(work, [Role.MANAGER], word, facts_of(swap))


def _locked(asked: Select[t.Swap]) -> Select[t.Swap]:
    """In order and locked, as they are now: somebody may be deciding at this moment."""
    return asked.order_by(t.Swap.id).with_for_update(of=t.Swap).execution_options(populate_existing=True)


def _remind(work: Work, swap: t.Swap) -> None:
    people = {party.person_id for party in swap.parties if party.answer in ("", "later")}
    word = Word(swap.site_id, "swap-reminder", f"swap/{swap.id}/reminder/{swap.reminded}")
    tell_those(work, people, word, facts_of(swap))
