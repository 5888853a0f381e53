"""Clearing of the board: the rings that one solve finds become swaps, which wait for who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.rosters.cells import to_duty
from api.rosters.given import roster_row
from api.store import tables as t
from api.store.store import Store, Work
from api.swaps.forms import LegForm
from api.swaps.judge import Ground, ground_of
from api.swaps.offer import Terms, offer
from api.swaps.policy import SwapPolicy
from domain.language import Refusal
from domain.roster import Duty
from domain.swaps import Leg
from domain.time import Month, Zone, wall_minutes
from scheduler.clearing import Cleared, Posted, clear

NOTE = "自动撮合 · cleared"


def cleared(store: Store, site_id: int, month: Month, seconds: float) -> Cleared:
    """The best set of exchanges and rings among the posts of a month; nothing is changed."""
    with store.reading() as session:
        roster = roster_row(session, site_id, month)
        ground, posts = ground_of(session, roster), open_posts(session, roster)
    given = ground.given
    return clear(ground.roster, given.situation, given.plan.policy, [_posted(post) for post in posts], seconds)


def propose(work: Work, site_id: int, month: Month, found: Cleared) -> dict[str, Any]:
    """File what was found: everybody in it has agreed by his post; what does not hold any more is left out."""
    roster = roster_row(work.session, site_id, month, lock=True)
    ground = ground_of(work.session, roster)
    by_duty = {to_duty(post.duty): post.id for post in open_posts(work.session, roster)}
    filed = [swap for ring in found.rings if (swap := _filed(work, ground, ring, by_duty)) is not None]
    told = asdict(found)
    del told["rings"]
    return {**told, "swaps": [swap.id for swap in filed]}


def due_at(policy: SwapPolicy, now: datetime, zone: Zone) -> datetime | None:
    """The last moment of today at which the board was to be cleared; None: there was none yet."""
    today = zone.day_of(now)
    moments = [zone.at(today, wall_minutes(clock)) for clock in policy.clear_at]
    return max((moment for moment in moments if moment <= now), default=None)


def open_posts(session: Session, roster: t.Roster) -> Sequence[t.Post]:
    """The posts that ask for something in return, in the order in which they came."""
    asked = select(t.Post).where(t.Post.roster_id == roster.id, t.Post.state == "open", t.Post.person_id.is_not(None))
    posts = session.scalars(asked.order_by(t.Post.id)).all()
    bound = select(t.SwapLeg.duty_id).where(t.SwapLeg.bound, t.SwapLeg.duty_id.is_not(None))
    waiting = set(session.scalars(bound))
    return [post for post in posts if post.duty_id not in waiting and (post.wanted["days"] or post.wanted["shifts"])]


def _posted(post: t.Post) -> Posted:
    days = frozenset(date.fromisoformat(day) for day in post.wanted["days"])
    return Posted(to_duty(post.duty), days, frozenset(post.wanted["shifts"]))


def _filed(work: Work, ground: Ground, ring: tuple[Leg, ...], by_duty: dict[Duty, int]) -> t.Swap | None:
    if not all(leg.duty in by_duty for leg in ring):
        return None
    forms = [_form(leg, by_duty[leg.duty]) for leg in ring]
    deeds = len(work.deeds)
    try:
        with work.session.begin_nested():
            return offer(work, ground, forms, Terms(None, NOTE))
    except (Problem, Refusal):  # it came too late, somebody is gone, or a duty waits in another swap
        del work.deeds[deeds:]
        return None


def _form(leg: Leg, post: int) -> LegForm:
    return LegForm(giver=leg.giver, day=leg.duty.day, shift=leg.duty.shift, taker=leg.taker, post=post)
