"""Starting a call-out: whose duty, why, and who could take it, the fittest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from api.callouts.states import Ask, Cause, State
from api.callouts.turns import go_on
from api.http.problems import Problem
from api.ledger.balance import call_ins_of
from api.rosters.cells import to_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.judge import Ground, effects
from api.swaps.legs import duty_of
from domain.language import Text, day_text
from domain.roster import Duty
from domain.swaps import Leg
from scheduler.callins import CallIn, call_ins
from scheduler.standins import floor_needs


@dataclass(frozen=True, slots=True)
class Wanted:
    """Why somebody is looked for, and how."""

    cause: Cause
    note: str = ""
    at_once: bool = False
    request_id: int | None = None


def start(work: Work, ground: Ground, row: t.Duty, wanted: Wanted) -> t.Callout:
    """Look for somebody who takes a duty in force; it stays with its person until then."""
    given = ground.given
    if row.start_at <= work.now:
        words = Text("{day}的班已开始", "the duty of {day} has begun")
        raise Problem("too-late", words.filled(day=day_text(row.day)))
    person = work.session.get_one(t.Person, row.person_id)
    duty = duty_of(row, person.number)
    asking = (t.Callout.duty_id == row.id) & (t.Callout.state == State.ASKING.value)
    if work.session.scalars(select(t.Callout).where(asking)).first() is not None:
        raise Problem("conflict", Text("该班已在找人顶替", "somebody is looked for already"))
    callout = t.Callout(
        site_id=row.site_id,
        roster_id=row.roster_id,
        duty_id=row.id,
        duty=to_row(duty),
        person_id=row.person_id,
        request_id=wanted.request_id,
        day=row.day,
        start_at=row.start_at,
        cause=wanted.cause.value,
        floor=floor_needs(ground.roster, given.situation, given.plan.policy, duty),
        at_once=wanted.at_once,
        state=State.ASKING.value,
        note=wanted.note,
        made_by=work.actor.account_id,
        made_at=work.now,
    )
    callout.person, callout.roster = person, given.roster
    callout.asks = _line(work, ground, duty)
    work.session.add(callout)
    work.session.flush()
    facts = {"number": person.number, "day": row.day.isoformat(), "cause": wanted.cause.value, "floor": callout.floor}
    work.did("callout.started", f"callout/{callout.id}", callout.site_id, **facts)
    go_on(work, callout, given.plan.callouts)
    return callout


def _line(work: Work, ground: Ground, duty: Duty) -> list[t.CalloutAsk]:
    """Everybody who could take a duty, in the order in which they are asked."""
    given = ground.given
    called = _called(work, ground)
    found = call_ins(ground.roster, given.situation, given.plan.policy, duty, called)
    return [_place(work, ground, duty, rank, one) for rank, one in enumerate(found, start=1)]


def _place(work: Work, ground: Ground, duty: Duty, rank: int, found: CallIn) -> t.CalloutAsk:
    effect = effects(ground, [Leg(duty, found.agent)])[found.agent]
    facts = {
        "pay": found.pay,
        "called": found.called,
        "cost": found.cost,
        "hours": list(effect.hours),
        "rest_hours": list(effect.rest_hours),
    }
    person_id = ground.given.numbers[found.agent]
    ask = t.CalloutAsk(person_id=person_id, rank=rank, state=Ask.NEXT.value, facts=facts, note="")
    ask.person = work.session.get_one(t.Person, person_id)
    return ask


def _called(work: Work, ground: Ground) -> dict[str, int]:
    """How often each was called in, by his account."""
    counted = call_ins_of(work.session, ground.given.numbers.values())
    return {number: counted[person_id] for number, person_id in ground.given.numbers.items()}
