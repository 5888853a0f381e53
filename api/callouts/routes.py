"""Call-outs over HTTP: start one, answer, call it off."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action, Reach
from api.callouts.ending import end
from api.callouts.forms import AskShown, CalloutReply, CalloutShown, NewCallout
from api.callouts.start import Wanted, start
from api.callouts.states import Ask, Cause, State
from api.callouts.turns import accept, decline
from api.http.asked import Answer, AskedNow, answered, etag, undone
from api.http.desk import Desk, at
from api.http.paging import Page, WantedPage
from api.http.paths import Id
from api.http.problems import Problem, declared
from api.rosters.given import roster_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.forms import LegForm
from api.swaps.judge import ground_of
from api.swaps.legs import duty_in_force
from domain.language import Refusal, Text
from domain.time import Month

router = APIRouter(tags=["callouts"])
Seer = Annotated[Desk, at(Action.CALLOUTS_SEE)]
Keeper = Annotated[Desk, at(Action.CALL_OUT)]
REFUSALS = declared("rule-broken", "floor-broken", "too-late", "stale")


@router.get("/sites/{site}/callouts")
def list_callouts(desk: Seer, wanted: WantedPage, state: State | None = None) -> Page[CalloutShown]:
    """Call-outs, the newest first: those of the site, or those for which one is asked."""
    asked = select(t.Callout).where(t.Callout.site_id == desk.site.id)
    if desk.reach is not Reach.SITE:
        mine = (t.CalloutAsk.person_id == desk.caller.person_id) & (t.CalloutAsk.state != Ask.NEXT.value)
        asked = asked.where(t.Callout.asks.any(mine))
    asked = asked.where(t.Callout.state == state.value) if state else asked
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.Callout.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), lambda row: _shown(row, desk))


@router.get("/sites/{site}/callouts/{callout_id}", response_model=CalloutShown)
def show_callout(desk: Seer, callout_id: Id) -> Response:
    """One call-out, with who was asked and what each said."""
    with desk.service.store.reading() as session:
        return _answer(_found(session, desk, callout_id), desk).response()


@router.post("/sites/{site}/callouts", status_code=201, response_model=CalloutShown, responses=REFUSALS)
def start_callout(body: NewCallout, desk: Keeper, asked: AskedNow) -> Response:
    """Look for somebody who takes a duty whose person cannot come; `dry_run` tells who could, and asks nobody."""

    def do(work: Work) -> Answer:
        roster = roster_row(work.session, desk.site.id, Month.of(body.day), lock=True)
        ground = ground_of(work.session, roster)
        leg = LegForm(giver=body.number, day=body.day, shift=body.shift, taker=body.number)
        row = duty_in_force(work.session, ground.given, leg)
        callout = start(work, ground, row, Wanted(body.cause, body.note, body.at_once))
        return _answer(callout, desk, 201)

    return answered(desk.service.store, desk.caller, asked, undone(do) if body.dry_run else do)


@router.post("/sites/{site}/callouts/{callout_id}/answers", response_model=CalloutShown, responses=REFUSALS)
def answer_callout(callout_id: Id, body: CalloutReply, desk: Seer, asked: AskedNow) -> Response:
    """Take the duty or not; the first who takes it has it, in force at once if the rules still hold."""

    def do(work: Work) -> Answer:
        callout = _locked(work, desk, callout_id)
        ask = _ask_of(desk, callout, body)
        ground = ground_of(work.session, callout.roster)
        ask.answered_at, ask.answered_by, ask.note = work.now, desk.caller.account_id, body.reason
        if body.answer == "accept":
            accept(work, ground, callout, ask)
        else:
            decline(work, callout, ask, ground.given.plan.callouts, Ask.DECLINED)
        work.did(
            "callout.answered", f"callout/{callout.id}", callout.site_id, answer=body.answer, who=ask.person.number
        )
        return _answer(callout, desk)

    return answered(desk.service.store, desk.caller, asked, do)


@router.post("/sites/{site}/callouts/{callout_id}/cancel", response_model=CalloutShown)
def cancel_callout(callout_id: Id, desk: Keeper, asked: AskedNow) -> Response:
    """Call it off: its person comes after all, or somebody was found in another way."""

    def do(work: Work) -> Answer:
        callout = _locked(work, desk, callout_id)
        end(work, callout, State.CANCELLED)
        return _answer(callout, desk)

    return answered(desk.service.store, desk.caller, asked, do)


def _locked(work: Work, desk: Desk, callout_id: int) -> t.Callout:
    """A call-out that still asks; its roster is locked first, as everywhere."""
    callout = _found(work.session, desk, callout_id)
    roster_row(work.session, desk.site.id, Month.parse(callout.roster.month), lock=True)
    work.session.refresh(callout, with_for_update={"of": t.Callout})
    if callout.state != State.ASKING:
        raise Problem("conflict", Text("该顶班请求已结束", "this call-out is over"))
    if callout.start_at <= work.now:
        raise Problem("too-late", Text("班次已开始", "the duty has begun"))
    return callout


def _ask_of(desk: Desk, callout: t.Callout, told: CalloutReply) -> t.CalloutAsk:
    """For whom is answered: oneself, or somebody in the line who said so on the phone."""
    mine = next((ask for ask in callout.asks if _is_mine(ask, desk)), None)
    behalf = told.behalf is not None and (mine is None or told.behalf != mine.person.number)
    if behalf and not _keeps(desk):
        raise Problem("forbidden")
    if behalf and len(told.reason) < 2:
        raise Refusal(Text("代人答复须写明原因", "answering for somebody needs a reason"))
    found = next((ask for ask in callout.asks if ask.person.number == told.behalf), None) if behalf else mine
    open_to = (Ask.ASKED, Ask.NEXT) if behalf else (Ask.ASKED,)
    if found is None or found.state not in open_to:
        raise Problem("conflict", Text("没有待答复的顶班请求", "there is nothing to answer here"))
    return found


def _found(session: Session, desk: Desk, callout_id: int) -> t.Callout:
    """One of the site, which an agent knows only if he was asked."""
    callout = session.get(t.Callout, callout_id)
    if callout is None or callout.site_id != desk.site.id:
        raise Problem("not-found")
    if desk.reach is not Reach.SITE and not any(_is_mine(ask, desk) and ask.state != Ask.NEXT for ask in callout.asks):
        raise Problem("not-found")
    return callout


def _is_mine(ask: t.CalloutAsk, desk: Desk) -> bool:
    return desk.caller.person_id is not None and ask.person_id == desk.caller.person_id


def _shown(callout: t.Callout, desk: Desk) -> CalloutShown:
    """A call-out: who keeps the roster sees the whole line and the cause, somebody in it his own place."""
    keeper = _keeps(desk)
    day, _, shift, work, _ = callout.duty
    return CalloutShown(
        id=callout.id,
        month=callout.roster.month,
        number=callout.person.number,
        name=callout.person.name,
        day=day,
        shift=shift,
        work=work,
        start_at=callout.start_at,
        cause=Cause(callout.cause) if keeper else None,
        floor=callout.floor,
        at_once=callout.at_once,
        state=State(callout.state),
        note=callout.note if keeper else "",
        taker=callout.taker.number if callout.taker else None,
        version=callout.version_number,
        made_at=callout.made_at,
        ended_at=callout.ended_at,
        asks=[_ask(ask) for ask in callout.asks if desk.reach is Reach.SITE or _is_mine(ask, desk)],
        may=_may(callout, desk),
    )


def _ask(ask: t.CalloutAsk) -> AskShown:
    return AskShown(
        number=ask.person.number,
        name=ask.person.name,
        rank=ask.rank,
        state=Ask(ask.state),
        pay=ask.facts["pay"],
        called=ask.facts["called"],
        hours=ask.facts["hours"],
        rest_hours=ask.facts["rest_hours"],
        asked_at=ask.asked_at,
        answer_by=ask.answer_by,
        answered_at=ask.answered_at,
    )


def _may(callout: t.Callout, desk: Desk) -> list[str]:
    """What the caller may do with it now."""
    if callout.state != State.ASKING:
        return []
    asked = any(_is_mine(ask, desk) and ask.state == Ask.ASKED for ask in callout.asks)
    return [*(["accept", "decline"] if asked else []), *(["cancel", "answer-for"] if _keeps(desk) else [])]


def _keeps(desk: Desk) -> bool:
    """Whether the caller may call out himself, and so knows the cause and answers for others."""
    return desk.caller.reach(Action.CALL_OUT, desk.site.id) is Reach.SITE


def _answer(callout: t.Callout, desk: Desk, status: int = 200) -> Answer:
    path = f"/api/v1/sites/{desk.site.code}/callouts/{callout.id}" if status == 201 else None
    return Answer(_shown(callout, desk), status, etag("callout", callout.id, callout.revision), path)
