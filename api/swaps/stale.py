"""What a change of the roster does to swaps and posts that speak of duties which are no longer so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from api.store import tables as t
from api.store.store import Work
from api.swaps.states import LIVE, Reason, State, move, move_post


def supersede(work: Work, roster_id: int) -> None:
    """End what speaks of a duty that is not in force as it was when it was asked for."""
    there = t.Swap.legs.any(t.SwapLeg.duty_id.in_(select(t.Duty.id).where(t.Duty.roster_id == roster_id)))
    swaps = select(t.Swap).where((t.Swap.roster_id == roster_id) | there, t.Swap.state.in_(LIVE)).order_by(t.Swap.id)
    for swap in work.session.scalars(swaps.with_for_update()).all():
        if not all(holds(work, leg) for leg in swap.legs):
            move(work, swap, State.SUPERSEDED, Reason.ROSTER)
    posts = select(t.Post).where(t.Post.roster_id == roster_id, t.Post.state == "open")
    for post in work.session.scalars(posts).all():
        if not stands(work, post.duty_id, post.duty):
            move_post(work, post, "superseded")


def holds(work: Work, leg: t.SwapLeg) -> bool:
    """Whether what a leg speaks of is still so: a duty in force, or an open one that nobody has claimed."""
    if leg.duty_id is None and leg.post_id is not None:
        return work.session.get_one(t.Post, leg.post_id).state == "open"
    return stands(work, leg.duty_id, leg.duty)


def stands(work: Work, duty_id: int | None, row: list[Any]) -> bool:
    """Whether a duty is in force as it was told; one that nobody has always is."""
    if duty_id is None:
        return True
    duty = work.session.get_one(t.Duty, duty_id)
    return duty.state == "active" and [duty.shift, duty.work, duty.breaks] == row[2:5]
