"""Swaps of the demo group: one waits for the demo agent, one for the scheduler, and the board has duties to take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice, product
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
from domain.swaps import Leg, changes_of
from domain.time import Month
from scheduler.partners import partners

AHEAD: Final = timedelta(days=2)
POSTS: Final = 3
ASKED: Final = "那天家里有事, 能替我吗?"
AGREED: Final = "已和同事说好"
GIVEN: Final = "谁方便可以接"


def add_swaps(work: Work, site_id: int, agent: str) -> None:
    """Open swaps in what is left of the running month; near its end there may be nothing left to swap."""
    month = Month.of(work.now.date())
    ground = ground_of(work.session, roster_row(work.session, site_id, month))
    ahead = _ahead(ground, work)
    mine, others = ([duty for duty in ahead if (duty.agent == agent) is own] for own in (True, False))
    for legs in islice(_best(ground, mine), 1):
        answer(work, ground, _filed(work, ground, legs, AGREED), legs[0].taker, "take")
        mine = [duty for duty in mine if duty not in {leg.duty for leg in legs}]
    for legs in islice(_exchanges(ground, others, mine), 1):
        _filed(work, ground, legs, ASKED)
    for duty in others[-POSTS:]:
        form = NewPost(day=duty.day, shift=duty.shift, wanted=Wanted(cover=True), note=GIVEN)
        try:
            post(work, ground, form, duty.agent)
        except Problem:  # it is too late for this one
            continue


def _ahead(ground: Ground, work: Work) -> list[Duty]:
    """Duties that can still be swapped."""
    first = ground.given.plan.site.zone.day_of(work.now) + AHEAD
    return [duty for duty in ground.roster.planned if duty.day >= first]


def _best(ground: Ground, mine: Iterable[Duty]) -> Iterator[tuple[Leg, ...]]:
    """The best swap of each of the demo agent's duties."""
    given = ground.given
    for duty in mine:
        for found in partners(ground.roster, given.situation, given.plan.policy, duty).found[:1]:
            back = [Leg(found.returns, duty.agent)] if found.returns else []
            yield (Leg(duty, found.agent), *back)


def _exchanges(ground: Ground, others: Iterable[Duty], mine: Iterable[Duty]) -> Iterator[tuple[Leg, ...]]:
    """Exchanges that others may ask of the demo agent."""
    pairs = ((Leg(duty, own.agent), Leg(own, duty.agent)) for duty, own in product(others, mine))
    return (legs for legs in pairs if changes_of(legs) and ground.verdict(legs).allowed)


def _filed(work: Work, ground: Ground, legs: tuple[Leg, ...], note: str) -> t.Swap:
    """A swap as its giver would file it."""
    forms = [LegForm(giver=leg.giver, day=leg.duty.day, shift=leg.duty.shift, taker=leg.taker) for leg in legs]
    return offer(work, ground, forms, Terms(legs[0].giver, note))
