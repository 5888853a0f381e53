"""The end of a call-out, and whom it is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from api.auth.rights import Role
from api.callouts.states import Ask, State
from api.notices.rows import Word, tell_roles, tell_those
from api.store import tables as t
from api.store.store import Work
from api.swaps.stale import stands as duty_stands

KEEPERS: Final = (Role.LEADER, Role.SCHEDULER, Role.MANAGER)


def end(work: Work, callout: t.Callout, state: State) -> None:
    """A call-out ends: whoever was asked hears that it is settled, who keeps the roster hears how."""
    callout.state, callout.ended_at, callout.revision = state.value, work.now, callout.revision + 1
    let_go = [ask for ask in callout.asks if ask.state in (Ask.ASKED, Ask.NEXT)]
    told = [ask.person_id for ask in let_go if ask.state == Ask.ASKED]
    for ask in let_go:
        ask.state = Ask.DROPPED.value
    work.session.flush()
    work.did("callout.ended", f"callout/{callout.id}", callout.site_id, state=state.value)
    tell_about(work, callout, "callout-settled", told)
    if state is State.FILLED:
        tell_about(work, callout, "callout-filled", [callout.person_id])
    if state is not State.CANCELLED:
        word = Word(callout.site_id, f"callout-{state.value}", f"callout/{callout.id}/{state.value}")
        tell_roles(work, KEEPERS, word, facts_of(callout))


def end_changed(work: Work, roster_id: int) -> None:
    """A duty that is no longer as it was needs nobody any more."""
    asked = select(t.Callout).where(t.Callout.roster_id == roster_id, t.Callout.state == State.ASKING.value)
    for callout in work.session.scalars(asked.order_by(t.Callout.id)).all():
        if not stands(work, callout):
            end(work, callout, State.OVER)


def stands(work: Work, callout: t.Callout) -> bool:
    """Whether the duty is in force as it was when somebody was looked for."""
    person = work.session.get_one(t.Duty, callout.duty_id).person_id
    return person == callout.person_id and duty_stands(work, callout.duty_id, callout.duty)


def those(callout: t.Callout, state: Ask) -> list[t.CalloutAsk]:
    """The people of a line who have come so far, in order."""
    return [ask for ask in callout.asks if ask.state == state]


def facts_of(callout: t.Callout) -> dict[str, object]:
    """What a notice of a call-out holds: the duty, and not why its person cannot come."""
    day, _, shift, work, _ = callout.duty
    taker = callout.taker.name if callout.taker else ""
    return {"callout": callout.id, "day": day, "shift": shift, "work": work, "floor": callout.floor, "taker": taker}


def tell_about(work: Work, callout: t.Callout, kind: str, people: Iterable[int], **facts: object) -> None:
    """Tell some people of a call-out."""
    word = Word(callout.site_id, kind, f"callout/{callout.id}/{callout.revision}/{kind}")
    told = {**facts_of(callout), **facts}
    tell_those(work, people, word, told)
