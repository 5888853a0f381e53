"""Asking: who is next, how long he has, and what an answer does. The floor's duties come first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from api.callouts.ending import end, stands, tell_about, those
from api.callouts.policy import CalloutPolicy
from api.callouts.states import Ask, State
from api.http.problems import Problem
from api.ledger.accounts import Account
from api.ledger.book import Cause, book
from api.rosters.cells import to_duty
from api.rosters.publish import Deed, put_changes
from api.rosters.waivers import broken
from api.store import tables as t
from api.store.store import Work
from api.swaps.judge import Ground
from constraints.balance import DUTY
from domain.language import Text
from domain.swaps import Leg, changes_of


def go_on(work: Work, callout: t.Callout, policy: CalloutPolicy) -> None:
    """Ask whoever is next: one while there is time, the best of all when there is none; nobody left: exhausted."""
    if callout.state != State.ASKING:
        return
    if not callout.at_once and policy.near(work.now, callout.start_at):
        _hurry(callout)
    asked = those(callout, Ask.ASKED)
    for ask in _free(work, callout, those(callout, Ask.NEXT)):
        if len(asked) >= (policy.most if callout.at_once else 1):
            break
        _ask(work, callout, ask, policy)
        asked.append(ask)
    if not asked and not those(callout, Ask.NEXT):
        end(work, callout, State.EXHAUSTED)


def accept(work: Work, ground: Ground, callout: t.Callout, ask: t.CalloutAsk) -> None:
    """The duty passes to whoever takes it, in force at once, if every hard rule still holds."""
    if not stands(work, callout):
        raise Problem("stale", Text("该班已变动", "the duty has changed"))
    leg = Leg(to_duty(callout.duty), ask.person.number)
    left = [breach for breach in ground.verdict([leg]).broken if breach.hard]
    if left:
        raise broken(left, reader=ask.person.number)
    ask.state, callout.taker = Ask.ACCEPTED.value, ask.person
    end(work, callout, State.FILLED)
    version = put_changes(work, ground.given, changes_of([leg]), Deed("call-in", f"callout/{callout.id}"))
    callout.version_number = version.number
    cause = Cause(callout.site_id, callout.roster.month, "call-in", f"callout/{callout.id}")
    book(work, cause, {Account.CALL_INS: {ask.person_id: DUTY}})


def decline(work: Work, callout: t.Callout, ask: t.CalloutAsk, policy: CalloutPolicy, state: Ask) -> None:
    """No, or no answer in time: the next is asked."""
    ask.state, callout.revision = state.value, callout.revision + 1
    work.session.flush()
    go_on(work, callout, policy)


def _hurry(callout: t.Callout) -> None:
    """Its start is near: all are asked at once, those again who did not answer in their turn."""
    callout.at_once = True
    for ask in those(callout, Ask.SILENT):
        ask.state = Ask.NEXT.value


def _ask(work: Work, callout: t.Callout, ask: t.CalloutAsk, policy: CalloutPolicy) -> None:
    """Ask somebody; whom the floor needs is let go elsewhere."""
    for other in _live(work, callout, ask.person_id):
        other.state = Ask.DROPPED.value
    ask.state, ask.asked_at = Ask.ASKED.value, work.now
    ask.answer_by = callout.start_at if callout.at_once else policy.answer_by(work.now, callout.start_at)
    callout.revision += 1
    work.session.flush()
    tell_about(
        work, callout, "callout-asked", [ask.person_id], pay=ask.facts.get("pay"), answer_by=ask.answer_by.isoformat()
    )


def _free(work: Work, callout: t.Callout, line: Sequence[t.CalloutAsk]) -> Iterable[t.CalloutAsk]:
    """Those of a line who are not asked for another duty; for the floor, those who are asked for a lesser one too."""
    for ask in line:
        live = _live(work, callout, ask.person_id)
        if all(callout.floor and not other.callout.floor for other in live):
            yield ask


def _live(work: Work, callout: t.Callout, person_id: int) -> Sequence[t.CalloutAsk]:
    """What else somebody is asked at the moment."""
    asked = (
        select(t.CalloutAsk)
        .join(t.Callout, t.Callout.id == t.CalloutAsk.callout_id)
        .where(t.CalloutAsk.person_id == person_id, t.CalloutAsk.state == Ask.ASKED.value)
        .where(t.Callout.id != callout.id, t.Callout.state == State.ASKING.value)
    )
    return work.session.scalars(asked).all()
