"""Swaps over HTTP: file, answer, counter, cancel, decide, take back; and the board (S6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action, Reach
from api.group.plans import newest, read_plan
from api.http.asked import Answer, AskedNow, answered, etag, undone
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.forms import MonthWords
from api.http.paging import Page, WantedPage
from api.http.paths import Id
from api.http.problems import Problem, declared
from api.rosters.given import roster_row
from api.rosters.routes import MonthNow
from api.store import tables as t
from api.store.store import Work
from api.swaps.approval import decide_as
from api.swaps.board import post, post_shown, take_down
from api.swaps.decide import take_back
from api.swaps.forms import (
    Counter,
    Ending,
    LegForm,
    NewPost,
    NewSwap,
    PartnersAsked,
    PartnersShown,
    PostShown,
    Reply,
    SwapDecision,
    SwapShown,
)
from api.swaps.judge import Ground, ground_of
from api.swaps.legs import duty_in_force, duty_of
from api.swaps.offer import Terms, answer, offer
from api.swaps.partners import partners_shown
from api.swaps.states import Reason, State, move, people_in
from api.swaps.views import View, reader_of
from domain.language import Language, Refusal, Text

router = APIRouter(tags=["swaps"])
Swapper = Annotated[Desk, at(Action.SWAP)]
Seer = Annotated[Desk, at(Action.SWAPS_SEE)]
Approver = Annotated[Desk, at(Action.SWAP_APPROVE)]
REFUSALS = declared("rule-broken", "floor-broken", "too-late", "stale")
Do = Callable[[Work, Ground, t.Swap], None]


@router.get("/sites/{site}/swaps")
def list_swaps(
    desk: Seer,
    wanted: WantedPage,
    language: LanguageNow,
    month: Annotated[MonthWords | None, Query()] = None,
    state: State | None = None,
) -> Page[SwapShown]:
    """Swaps, the newest first: one's own, or those of the site."""
    asked = select(t.Swap).where(t.Swap.site_id == desk.site.id)
    if desk.reach is not Reach.SITE:
        asked = asked.where(t.Swap.parties.any(t.SwapParty.person_id == desk.caller.person_id))
    asked = asked.where(t.Swap.roster.has(t.Roster.month == month)) if month else asked
    asked = asked.where(t.Swap.state == state.value) if state else asked
    with desk.service.store.reading() as session:
        view = _view(session, desk, language)
        rows = session.scalars(wanted.ask(asked, t.Swap.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), view.shown)


@router.get("/sites/{site}/swaps/{swap_id}", response_model=SwapShown)
def show_swap(desk: Seer, swap_id: Id, language: LanguageNow) -> Response:
    """One swap with what it does to each party, and what stands against it now."""
    with desk.service.store.reading() as session:
        swap = _found(session, desk, swap_id)
        ground = ground_of(session, swap.roster) if swap.roster.published is not None else None
        return Answer(_view(session, desk, language).shown(swap, ground), etag=_tag(swap)).response()


@router.post("/sites/{site}/rosters/{month}/swaps", status_code=201, response_model=SwapShown, responses=REFUSALS)
def make_swap(body: NewSwap, desk: Swapper, month: MonthNow, language: LanguageNow, asked: AskedNow) -> Response:
    """File a swap with those whom it touches; `dry_run` tells its effects and whether rules stand against it."""

    def do(work: Work) -> Answer:
        ground = ground_of(work.session, roster_row(work.session, desk.site.id, month, lock=True))
        asker = _actor(work, desk, body.behalf, body.reason)
        if asker != desk.caller.number and desk.caller.number in {leg.taker for leg in body.legs}:
            raise Problem("forbidden", Text("当事人不能代对方提出", "a party does not file for the other side"))
        swap = offer(work, ground, body.legs, Terms(asker, body.note, body.expires_at, reader=reader_of(desk)))
        path = f"/api/v1/sites/{desk.site.code}/swaps/{swap.id}"
        return Answer(_view(work.session, desk, language).shown(swap, ground), 201, _tag(swap), path)

    return answered(desk.service.store, desk.caller, asked, undone(do) if body.dry_run else do)


@router.post("/sites/{site}/swaps/{swap_id}/answers", response_model=SwapShown, responses=REFUSALS)
def answer_swap(swap_id: Id, body: Reply, desk: Swapper, language: LanguageNow, asked: AskedNow) -> Response:
    """Say yes, no, or later to an offer as it was seen."""

    def do(work: Work, ground: Ground, swap: t.Swap) -> None:
        who = _actor(work, desk, body.behalf, body.reason)
        if who != desk.caller.number and desk.caller.person_id in people_in(swap):
            raise Problem("forbidden", Text("当事人不能代对方答复", "a party does not answer for the other side"))
        answer(work, ground, swap, who, body.answer)

    return _done(desk, swap_id, asked, language, do)


@router.post("/sites/{site}/swaps/{swap_id}/counters", status_code=201, response_model=SwapShown, responses=REFUSALS)
def counter_swap(swap_id: Id, body: Counter, desk: Swapper, language: LanguageNow, asked: AskedNow) -> Response:
    """Offer something else in place of an offer that one got."""

    def do(work: Work) -> Answer:
        ground, swap = _locked(work, desk, swap_id)
        asked.require_match(_tag(swap))
        view = _view(work.session, desk, language)
        if "counter" not in view.may(swap):
            raise Problem("conflict", Text("现在不能再提新方案", "no other offer can be made now"))
        move(work, swap, State.COUNTERED, Reason.COUNTERED)
        terms = Terms(_actor(work, desk, None, ""), body.note, counters=swap, reader=reader_of(desk))
        fresh = offer(work, ground, body.legs, terms)
        path = f"/api/v1/sites/{desk.site.code}/swaps/{fresh.id}"
        return Answer(view.shown(fresh, ground), 201, _tag(fresh), path)

    return answered(desk.service.store, desk.caller, asked, do)


@router.post("/sites/{site}/swaps/{swap_id}/cancel", response_model=SwapShown)
def cancel_swap(swap_id: Id, body: Ending, desk: Swapper, language: LanguageNow, asked: AskedNow) -> Response:
    """Take one's own swap back before it is in force; what the service proposed, as any of its parties."""

    def do(work: Work, _: Ground, swap: t.Swap) -> None:
        if desk.caller.person_id not in (people_in(swap) if swap.asker_id is None else {swap.asker_id}):
            raise Problem("forbidden")
        move(work, swap, State.CANCELLED, Reason.CANCELLED, note=body.reason)

    return _done(desk, swap_id, asked, language, do)


@router.put("/sites/{site}/swaps/{swap_id}/decision", response_model=SwapShown, responses=REFUSALS)
def decide_swap(swap_id: Id, body: SwapDecision, desk: Approver, language: LanguageNow, asked: AskedNow) -> Response:
    """Approve and put in force, or refuse; never as a party, beyond the quota as manager only."""

    def do(work: Work, ground: Ground, swap: t.Swap) -> None:
        decide_as(desk, work, ground, swap, body)

    return _done(desk, swap_id, asked, language, do)


@router.post("/sites/{site}/swaps/{swap_id}/undo", response_model=SwapShown, responses=REFUSALS)
def undo_swap(swap_id: Id, body: Ending, desk: Swapper, language: LanguageNow, asked: AskedNow) -> Response:
    """Take a swap back that is in force, as one of its parties and within the time for it."""

    def do(work: Work, ground: Ground, swap: t.Swap) -> None:
        if desk.caller.person_id not in people_in(swap):
            raise Problem("forbidden")
        take_back(work, ground, swap, body.reason, reader_of(desk))

    return _done(desk, swap_id, asked, language, do)


@router.post("/sites/{site}/rosters/{month}/partners")
def find_partners(body: PartnersAsked, desk: Swapper, month: MonthNow, language: LanguageNow) -> PartnersShown:
    """Who could take a duty, on top or in exchange, the best first; who cannot."""
    keeper = reader_of(desk) is None
    giver = body.giver or desk.caller.number
    if giver is None or not (keeper or giver == desk.caller.number):
        raise Problem("forbidden")
    with desk.service.store.reading() as session:
        ground = ground_of(session, roster_row(session, desk.site.id, month))
        ask = LegForm(giver=giver, day=body.day, shift=body.shift, taker=giver)
        duty = duty_of(duty_in_force(session, ground.given, ask), giver)
        return partners_shown(ground, duty, body.days, language if keeper else None)


@router.get("/sites/{site}/posts")
def list_posts(
    desk: Annotated[Desk, at(Action.ROSTER_SEE)],
    wanted: WantedPage,
    month: Annotated[MonthWords | None, Query()] = None,
    state: Annotated[str, Query(pattern="^[a-z]{1,16}$")] = "open",
) -> Page[PostShown]:
    """The board, the newest first."""
    asked = select(t.Post).join(t.Roster, t.Roster.id == t.Post.roster_id).where(t.Roster.site_id == desk.site.id)
    asked = asked.where(t.Post.state == state)
    asked = asked.where(t.Roster.month == month) if month else asked
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.Post.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), post_shown)


@router.post("/sites/{site}/rosters/{month}/posts", status_code=201, response_model=PostShown, responses=REFUSALS)
def make_post(body: NewPost, desk: Swapper, month: MonthNow, asked: AskedNow) -> Response:
    """Put one's own duty on the board; who keeps the roster puts open ones there."""

    def do(work: Work) -> Answer:
        ground = ground_of(work.session, roster_row(work.session, desk.site.id, month, lock=True))
        if body.open and desk.caller.reach(Action.CHANGE_PUBLISHED, desk.site.id) is not Reach.SITE:
            raise Problem("forbidden")
        row = post(work, ground, body, None if body.open else _actor(work, desk, None, ""))
        return Answer(post_shown(row), 201, etag("post", row.id, row.revision))

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/posts/{post_id}", response_model=PostShown)
def remove_post(post_id: Id, desk: Swapper, asked: AskedNow) -> Response:
    """Take one's own duty off the board; who keeps the roster takes any off."""

    def do(work: Work) -> Answer:
        row = work.session.get(t.Post, post_id)
        if row is not None:
            work.session.get(t.Roster, row.roster_id, with_for_update=True)
            work.session.refresh(row)
        keeper = desk.caller.reach(Action.CHANGE_PUBLISHED, desk.site.id) is Reach.SITE
        mine = row is not None and row.person_id is not None and row.person_id == desk.caller.person_id
        if row is None or row.roster.site_id != desk.site.id or not (mine or keeper):
            raise Problem("not-found")
        take_down(work, row)
        return Answer(post_shown(row))

    return answered(desk.service.store, desk.caller, asked, do)


def _done(desk: Desk, swap_id: int, asked: AskedNow, language: Language, do: Do) -> Response:
    """Do something to a swap as the caller has seen it."""

    def within(work: Work) -> Answer:
        ground, swap = _locked(work, desk, swap_id)
        asked.require_match(_tag(swap))
        do(work, ground, swap)
        return Answer(_view(work.session, desk, language).shown(swap), etag=_tag(swap))

    return answered(desk.service.store, desk.caller, asked, within)


def _locked(work: Work, desk: Desk, swap_id: int) -> tuple[Ground, t.Swap]:
    """A swap and its ground; the roster is locked first, so that all who change it follow each other."""
    month = _found(work.session, desk, swap_id).roster_id
    work.session.expire_all()
    roster = work.session.get_one(t.Roster, month, with_for_update=True)
    swap = work.session.get_one(t.Swap, swap_id, with_for_update=True)
    return ground_of(work.session, roster), swap


def _found(session: Session, desk: Desk, swap_id: int) -> t.Swap:
    """A swap of the site that is the caller's business."""
    swap = session.get(t.Swap, swap_id)
    if swap is None or swap.site_id != desk.site.id:
        raise Problem("not-found")
    mine = desk.caller.person_id in people_in(swap)
    if not mine and desk.caller.reach(Action.SWAPS_SEE, desk.site.id) is not Reach.SITE:
        raise Problem("not-found")
    return swap


def _actor(work: Work, desk: Desk, behalf: str | None, reason: str) -> str:
    """Who acts: oneself, or somebody for an absent person, with a reason (only who keeps the roster)."""
    if behalf is None or behalf == desk.caller.number:
        if desk.caller.number is None or desk.caller.person_site != desk.site.id:
            raise Problem("forbidden", Text("账号没有关联员工", "this account belongs to no person of the site"))
        return desk.caller.number
    if desk.caller.reach(Action.CHANGE_PUBLISHED, desk.site.id) is not Reach.SITE:
        raise Problem("forbidden")
    if not reason:
        raise Refusal(Text("代他人操作须说明原因", "acting for somebody else needs a reason"))
    work.did("swap.behalf", f"person/{behalf}", desk.site.id, reason=reason)
    return behalf


def _view(session: Session, desk: Desk, language: Language) -> View:
    return View(session, desk, read_plan(newest(session, desk.site.id)).swaps, language)


def _tag(swap: t.Swap) -> str:
    return etag("swap", swap.id, swap.revision)
