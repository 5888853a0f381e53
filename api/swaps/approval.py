"""A decision on a swap by somebody: whether it is his to take, and then what comes of it."""

from __future__ import annotations

from api.auth.rights import Action, Reach
from api.http.desk import Desk
from api.http.problems import Problem
from api.rosters.published import waivers_of
from api.store import tables as t
from api.store.store import Work
from api.swaps.decide import approve, refuse
from api.swaps.forms import SwapDecision
from api.swaps.judge import Ground
from api.swaps.states import WAITING, State, had_a_hand, managers_alone, people_in
from domain.language import Text

HAND = Text("不能审批自己参与或代办的换班", "nobody decides on a swap that he had a hand in")


def decide_as(desk: Desk, work: Work, ground: Ground, swap: t.Swap, told: SwapDecision) -> None:
    """Approve and put in force, or refuse; never as a party or the deputy of one, nor of whom one spoke for."""
    reach, about = desk.caller.reach, frozenset(people_in(swap))
    if had_a_hand(swap, desk.caller.person_id, desk.caller.account_id):
        raise Problem("forbidden", HAND)
    if reach(Action.SWAP_APPROVE, desk.site.id, about) is not Reach.SITE:
        raise Problem("forbidden", HAND)
    manager = reach(Action.SWAP_APPROVE_MORE, desk.site.id, about) is Reach.SITE
    if told.state is State.APPROVED:
        approve(work, ground, swap, manager=manager, waivers=waivers_of(desk, told.waivers))
    else:
        refuse(work, swap, manager=manager, note=told.reason)


def may_decide(desk: Desk, swap: t.Swap) -> bool:
    """Whether somebody may decide on a swap as it waits now."""
    if State(swap.state) not in WAITING or had_a_hand(swap, desk.caller.person_id, desk.caller.account_id):
        return False
    needed = Action.SWAP_APPROVE_MORE if managers_alone(swap) else Action.SWAP_APPROVE
    return desk.caller.reach(needed, desk.site.id, frozenset(people_in(swap))) is Reach.SITE
