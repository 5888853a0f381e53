"""Swaps of the demo group: one waits for the demo agent, one for the scheduler, and the board has duties to take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from api.http.problems import Problem
from api.rosters.given import roster_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.board import post
from api.swaps.forms import LegForm, NewPost, Wanted
from api.swaps.judge import Ground, ground_of
from api.swaps.offer import Terms, answer, offer
from domain.roster import Duty
from domain.swaps import Leg
from domain.time import Month
from scheduler.partners import partners

AHEAD: Final = timedelta(days=2)
POSTS: Final = 3
ASKED_OF: Final = 40
"""So many duties are tried: looking further takes long."""
ASKED: Final = "那天家里有事, 能替我吗?"
AGREED: Final = "已和同事说好"
GIVEN: Final = "谁方便可以接"


def add_swaps(work: Work, site_id: int, agent: str) -> None:
    """Open swaps in what is left of the running month; near its end there may be nothing left to swap."""
    month = Month.of(work.now.date())
    ground = ground_of(work.session, roster_row(work.session, site_id, month))
    pairs = _pairs(ground, work, agent)
    for giver_is_agent, note in ((False, ASKED), (True, AGREED)):
        legs = next((legs for legs in pairs if (legs[0].giver == agent) is giver_is_agent), None)
        if legs is not None:
            _file(work, ground, legs, note, agreed=giver_is_agent)
    for duty in _ahead(ground, work, agent)[-POSTS:]:
        form = NewPost(day=duty.day, shift=duty.shift, wanted=Wanted(cover=True), note=GIVEN)
        try:
            post(work, ground, form, duty.agent)
        except Problem:  # it is too late for this one
            continue


def _ahead(ground: Ground, work: Work, agent: str) -> list[Duty]:
    """Duties that can still be swapped, those of the demo agent first."""
    first = ground.given.plan.site.zone.day_of(work.now) + AHEAD
    duties = [duty for duty in ground.roster.planned if duty.day >= first]
    return sorted(duties, key=lambda duty: (duty.agent != agent, duty))


def _pairs(ground: Ground, work: Work, agent: str) -> Iterator[tuple[Leg, ...]]:
    """Swaps between the demo agent and others that break no rule, each duty once."""
    given, used = ground.given, set[Duty]()
    for duty in _ahead(ground, work, agent)[:ASKED_OF]:
        for found in partners(ground.roster, given.situation, given.plan.policy, duty).found:
            back = [Leg(found.returns, duty.agent)] if found.returns else []
            legs = (Leg(duty, found.agent), *back)
            if agent in (duty.agent, found.agent) and not {leg.duty for leg in legs} & used:
                used |= {leg.duty for leg in legs}
                yield legs
                break


def _file(work: Work, ground: Ground, legs: tuple[Leg, ...], note: str, *, agreed: bool) -> t.Swap:
    """A swap as its giver would file it; agreed: the other has said yes."""
    forms = [LegForm(giver=leg.giver, day=leg.duty.day, shift=leg.duty.shift, taker=leg.taker) for leg in legs]
    swap = offer(work, ground, forms, Terms(legs[0].giver, note))
    if agreed:
        answer(work, ground, swap, legs[0].taker, "take")
    return swap
