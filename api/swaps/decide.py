"""Decisions: approved and in force in one transaction, refused with a reason, or taken back in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from api.http.problems import Problem
from api.rosters.publish import Deed, put_changes
from api.rosters.waivers import Waivers, broken
from api.store import tables as t
from api.store.store import Work
from api.swaps.judge import Ground, passes_quota
from api.swaps.legs import legs_of
from api.swaps.stale import holds
from api.swaps.states import WAITING, Reason, State, managers_alone, move, move_post
from domain.language import Text
from domain.roster import Change
from domain.swaps import changes_of

MANAGERS = Text("由主管审批", "the manager decides on this one")


def put_in_force(work: Work, ground: Ground, swap: t.Swap, waivers: Waivers | None = None) -> None:
    """Check all of it once more on the roster as it stands, and put it in force: a version, a proof, word to people."""
    legs, waivers = legs_of(swap), waivers or Waivers()
    if not all(holds(work, leg) for leg in swap.legs):
        raise Problem("stale", Text("排班已变动", "the roster under it changed"))
    left = waivers.left(ground.verdict(legs).broken)
    if left:
        raise broken(left)
    move(work, swap, State.APPROVED)
    swap.decided_by, swap.decided_at = work.actor.account_id, work.now
    _fulfil(work, swap)
    version = put_changes(work, ground.given, changes_of(legs), Deed("swap", f"swap/{swap.id}", waivers))
    swap.version_number = version.number


def approve(work: Work, ground: Ground, swap: t.Swap, *, manager: bool, waivers: Waivers) -> None:
    """Approve; what has come to pass the quota meanwhile goes on to the manager."""
    _refuse_unless_waiting(swap)
    if swap.start_at <= work.now:
        raise Problem("too-late", Text("班次已开始", "the duty has begun"))
    if not manager and managers_alone(swap):
        raise Problem("forbidden", MANAGERS)
    if not manager and passes_quota(work.session, swap, ground.policy, in_force=True):
        if State(swap.state) is State.WAITING_MANAGER:
            raise Problem("forbidden", MANAGERS)
        swap.approver = "manager"
        move(work, swap, State.WAITING_MANAGER)
        return
    put_in_force(work, ground, swap, waivers)


def refuse(work: Work, swap: t.Swap, *, manager: bool, note: str) -> None:
    """Refuse, with a reason."""
    _refuse_unless_waiting(swap)
    if managers_alone(swap) and not manager:
        raise Problem("forbidden", MANAGERS)
    move(work, swap, State.REFUSED, Reason.REFUSED, note=note)
    swap.decided_by, swap.decided_at = work.actor.account_id, work.now


def take_back(work: Work, ground: Ground, swap: t.Swap, note: str, reader: str | None = None) -> None:
    """Take a swap back that is in force, within the time for it and if the way back is legal."""
    limit = timedelta(minutes=ground.policy.undo_minutes)
    if State(swap.state) is not State.APPROVED:
        raise Problem("conflict", Text("换班尚未生效", "the swap is not in force"))
    if swap.decided_at is None or work.now > swap.decided_at + limit:
        words = Text("只能在批准后{minutes}分钟内撤回", "an approved swap is taken back within {minutes} minutes")
        raise Problem("too-late", words.filled(minutes=ground.policy.undo_minutes))
    back = tuple(_reversed(changes_of(legs_of(swap))))
    left = [breach for breach in ground.verdict_of(back).broken if breach.hard]
    if left:
        raise broken(left, reader=reader)
    move(work, swap, State.WITHDRAWN, Reason.TAKEN_BACK, note=note)
    put_changes(work, ground.given, back, Deed("swap", f"swap/{swap.id} back"))
    _reopen(work, swap)


def _reversed(changes: Iterable[Change]) -> Iterable[Change]:
    return (Change(change.agent, change.day, change.new, change.old) for change in changes)


def _fulfil(work: Work, swap: t.Swap) -> None:
    """Posts that it answers are fulfilled."""
    for leg in swap.legs:
        if leg.post_id is not None:
            move_post(work, work.session.get_one(t.Post, leg.post_id), "fulfilled")


def _reopen(work: Work, swap: t.Swap) -> None:
    """Posts that it had answered are on the board again, as long as they last."""
    for leg in swap.legs:
        post = work.session.get(t.Post, leg.post_id) if leg.post_id is not None else None
        if post is not None and post.expires_at > work.now:
            move_post(work, post, "open")


def _refuse_unless_waiting(swap: t.Swap) -> None:
    if State(swap.state) not in WAITING:
        raise Problem("conflict", Text("换班不在等待审批", "the swap does not wait for a decision"))
