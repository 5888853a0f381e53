"""All that waits for somebody, over all his sites: decisions of his roles and of those whose deputy he is, answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.approvals.forms import Matter, WaitingShown
from api.auth.caller import Caller
from api.auth.rights import Reach
from api.callouts.states import Ask
from api.callouts.states import State as CalloutState
from api.http.desk import Desk, SiteKey
from api.leave.rows import UNDECIDED
from api.leave.turns import decides
from api.requests.rows import Kind
from api.requests.rows import State as RequestState
from api.service import Service
from api.store import tables as t
from api.swaps.approval import may_decide
from api.swaps.states import WAITING
from api.swaps.states import State as SwapState
from api.swaps.words import KINDS, STATES
from domain.language import Language, Text, day_text, plain
from domain.time import Zone

LATEST: Final = datetime.max.replace(tzinfo=UTC)
REQUESTS: Final = {
    Matter.LEAVE: Text("请假 {first}至{last}", "leave, {first} to {last}"),
    Matter.HOURS: Text("不可排班时段 {first}", "cannot work on {first}"),
    Matter.FILING: Text("补办请假 {first}至{last}", "file your leave, {first} to {last}"),
}
CALL_IN: Final = Text("顶班 {day} {shift}", "call-in: {shift} on {day}")


def waiting_for(session: Session, service: Service, caller: Caller, language: Language) -> list[WaitingShown]:
    """The most pressing first."""
    found: list[WaitingShown] = []
    for site in session.scalars(select(t.Site).where(t.Site.active).order_by(t.Site.id)):
        if caller.knows(site.id):
            desk = Desk(service, caller, SiteKey(site.id, site.code, Zone(site.zone)), Reach.SITE)
            found += [*_swaps(session, desk, language), *_requests(session, desk, language)]
    found += [*_answers(session, caller, language), *_call_ins(session, caller, language)]
    return sorted(found, key=lambda item: (item.due_at or LATEST, item.matter, item.id))


def _swaps(session: Session, desk: Desk, language: Language) -> Iterator[WaitingShown]:
    asked = select(t.Swap).where(t.Swap.site_id == desk.site.id, t.Swap.state.in_(WAITING)).order_by(t.Swap.id)
    for swap in session.scalars(asked):
        if may_decide(desk, swap):
            yield _swap(swap, Matter.SWAP, desk.site.code, language)


def _requests(session: Session, desk: Desk, language: Language) -> Iterator[WaitingShown]:
    """Leave and hours that the caller decides on; leave of his own that he has to file."""
    kinds = (Kind.LEAVE.value, Kind.UNAVAILABLE.value)
    states = (*UNDECIDED, RequestState.TOLD)
    asked = (
        select(t.Request)
        .where(t.Request.site_id == desk.site.id, t.Request.kind.in_(kinds), t.Request.state.in_(states))
        .options(joinedload(t.Request.person))
        .order_by(t.Request.id)
    )
    for row in session.scalars(asked):
        if row.state == RequestState.TOLD:
            if row.person_id == desk.caller.person_id:
                yield _request(row, Matter.FILING, desk.site.code, language)
        elif decides(desk, row):
            matter = Matter.LEAVE if row.kind == Kind.LEAVE else Matter.HOURS
            yield _request(row, matter, desk.site.code, language)


def _answers(session: Session, caller: Caller, language: Language) -> Iterator[WaitingShown]:
    """Swaps to which the caller has not said yes or no."""
    mine = (t.SwapParty.person_id == caller.person_id) & t.SwapParty.answer.in_(("", "later"))
    asked = select(t.Swap, t.Site.code).join(t.Site, t.Site.id == t.Swap.site_id)
    asked = asked.where(t.Swap.state == SwapState.OFFERED.value, t.Swap.parties.any(mine)).order_by(t.Swap.id)
    for swap, site in session.execute(asked) if caller.person_id else ():
        yield _swap(swap, Matter.ANSWER, site, language)


def _call_ins(session: Session, caller: Caller, language: Language) -> Iterator[WaitingShown]:
    """Duties that the caller is asked to take at short notice."""
    asked = (
        select(t.CalloutAsk, t.Site.code)
        .join(t.Callout, t.Callout.id == t.CalloutAsk.callout_id)
        .join(t.Site, t.Site.id == t.Callout.site_id)
        .where(t.CalloutAsk.person_id == caller.person_id, t.CalloutAsk.state == Ask.ASKED.value)
        .where(t.Callout.state == CalloutState.ASKING.value)
    )
    for ask, site in session.execute(asked) if caller.person_id else ():
        callout = ask.callout
        said = CALL_IN.filled(day=day_text(callout.day), shift=plain(callout.duty[2]))
        yield WaitingShown(
            matter=Matter.CALL_IN,
            id=callout.id,
            site=site,
            day=callout.day,
            about=[callout.person.name],
            said=said.said(language),
            due_at=ask.answer_by,
        )


def _swap(swap: t.Swap, matter: Matter, site: str, language: Language) -> WaitingShown:
    words = Text("{kind} {day}: {state}", "{kind} on {day}: {state}")
    said = words.filled(kind=KINDS[swap.kind], day=day_text(swap.day), state=STATES[swap.state])
    names = [party.person.name for party in swap.parties]
    return WaitingShown(
        matter=matter,
        id=swap.id,
        site=site,
        day=swap.day,
        about=names,
        said=said.said(language),
        due_at=swap.expires_at,
    )


def _request(row: t.Request, matter: Matter, site: str, language: Language) -> WaitingShown:
    said = REQUESTS[matter].filled(first=day_text(row.first), last=day_text(row.last))
    return WaitingShown(
        matter=matter,
        id=row.id,
        site=site,
        day=row.first,
        about=[row.person.name],
        said=said.said(language),
        due_at=row.due_at,
    )
