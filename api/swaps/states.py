"""How far a swap has come: every state, what may follow it, and who is told."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from api.auth.rights import Role
from api.http.problems import Problem
from api.notices.rows import Word, tell_roles, tell_those
from api.store import tables as t
from api.store.store import Work
from domain.language import Text


class State(StrEnum):
    """How far a swap has come."""

    OFFERED = "offered"
    """Somebody has yet to agree."""
    WAITING_SCHEDULER = "waiting-scheduler"
    WAITING_MANAGER = "waiting-manager"
    APPROVED = "approved"
    """In force."""
    DECLINED = "declined"
    COUNTERED = "countered"
    """Another offer took its place."""
    REFUSED = "refused"
    REJECTED = "rejected"
    """A rule stood against it when all had agreed."""
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    """The roster under it moved."""
    WITHDRAWN = "withdrawn"
    """It was in force and was taken back."""


class Reason(StrEnum):
    """Why a swap ended."""

    DECLINED = "declined"
    COUNTERED = "countered"
    REFUSED = "refused"
    RULE = "rule-broken"
    FLOOR = "floor-broken"
    TIME = "time-over"
    BEGUN = "duty-begun"
    CANCELLED = "cancelled"
    ROSTER = "roster-changed"
    OTHER = "duty-in-other-swap"
    TAKEN_BACK = "taken-back"
    ESCALATED = "escalated"
    """Nobody had decided in time; it goes on to the manager."""


WAITING: Final = frozenset({State.WAITING_SCHEDULER, State.WAITING_MANAGER})
LIVE: Final = WAITING | {State.OFFERED}
_ENDS: Final = frozenset({State.REJECTED, State.EXPIRED, State.CANCELLED, State.SUPERSEDED})
LEADS: Final[dict[State, frozenset[State]]] = {
    State.OFFERED: _ENDS | WAITING | {State.APPROVED, State.DECLINED, State.COUNTERED},
    State.WAITING_SCHEDULER: _ENDS | {State.WAITING_MANAGER, State.APPROVED, State.REFUSED},
    State.WAITING_MANAGER: _ENDS | {State.APPROVED, State.REFUSED},
    State.APPROVED: frozenset({State.WITHDRAWN}),
}
"""What may follow; a state that is not here is an end."""


CONCERNED: Final = {
    State.WAITING_SCHEDULER: Role.SCHEDULER,
    State.WAITING_MANAGER: Role.MANAGER,
    State.APPROVED: Role.LEADER,
    State.WITHDRAWN: Role.LEADER,
}
"""Who is told beside the parties."""


def move(work: Work, swap: t.Swap, state: State, reason: Reason | None = None, **facts: object) -> None:
    """Take a swap on to another state; both are in the log, and whom it concerns is told."""
    before = State(swap.state)
    if state not in LEADS.get(before, frozenset()):
        words = Text("换班已处于“{state}”", "the swap is {state} already").filled(state=before.value)
        raise Problem("conflict", words)
    swap.state, swap.revision = state.value, swap.revision + 1
    swap.reason = {"code": reason.value, **facts} if reason else {}
    swap.waits_since = work.now if state in WAITING else None
    for leg in swap.legs:
        leg.bound = state in WAITING
    work.session.flush()
    told = {"from": before.value, "to": state.value, **({"reason": reason.value} if reason else {})}
    work.did("swap.moved", f"swap/{swap.id}", swap.site_id, **told)
    tell_of(work, swap)


def managers_alone(swap: t.Swap) -> bool:
    """Whether only the manager decides; what came to him because nobody had decided is the scheduler's still."""
    return swap.state == State.WAITING_MANAGER and swap.reason.get("code") != Reason.ESCALATED


def people_in(swap: t.Swap) -> set[int]:
    """The ids of the people whose roster a swap changes."""
    return {party.person_id for party in swap.parties}


def had_a_hand(swap: t.Swap, person_id: int | None, account_id: int) -> bool:
    """Whether somebody is a party of a swap or spoke for one: he does not decide on it."""
    return person_id in people_in(swap) or account_id in {party.answered_by for party in swap.parties}


def move_post(work: Work, post: t.Post, state: str) -> None:
    """Take a post off the board, or put it there again."""
    post.state, post.revision = state, post.revision + 1
    post.ended_at = None if state == "open" else work.now


def tell_of(work: Work, swap: t.Swap) -> None:
    """Tell the parties, who must decide, and the shift leaders of what is in force."""
    state = State(swap.state)
    facts = facts_of(swap)
    word = Word(swap.site_id, f"swap-{state.value}", f"swap/{swap.id}/{swap.revision}")
    tell_those(work, people_in(swap), word, facts)
    if state in CONCERNED:
        tell_roles(work, [CONCERNED[state]], word, facts)


def facts_of(swap: t.Swap) -> dict[str, Any]:
    """What a notice of a swap holds."""
    legs = [[*leg.duty[:3], leg.taker.number] for leg in swap.legs]
    told = {"swap": swap.id, "state": swap.state, "kind": swap.kind, "day": swap.day.isoformat(), "legs": legs}
    return {**told, **swap.reason}
