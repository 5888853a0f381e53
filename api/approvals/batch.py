"""Several decisions in one transaction: each is checked upon those before it, so that all are checked together."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from api.approvals.forms import Batch, DoneShown, Item, Matter
from api.http.desk import Desk
from api.http.problems import Problem
from api.requests.decide import decide_as, locked_request
from api.requests.rows import Kind, State
from api.rosters.given import locked, roster_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.approval import decide_as as decide_swap_as
from api.swaps.forms import SwapDecision
from api.swaps.judge import ground_of
from api.swaps.states import State as SwapState
from domain.language import Language, Refusal, Text
from domain.time import Month

KINDS: Final = {Matter.LEAVE: Kind.LEAVE.value, Matter.HOURS: Kind.UNAVAILABLE.value}


def decide_all(work: Work, desk: Desk, told: Batch, language: Language) -> list[DoneShown]:
    """Decide on each; what cannot be is told with its reason, and where all or nothing is wanted nothing happens."""
    _lock_months(work, desk, told)
    done = [_tried(work, desk, item, told, language) for item in told.items]
    failed = [one for one in done if not one.done]
    if failed and told.all_or_nothing and not told.dry_run:
        errors = [{"pointer": f"/items/{place}", **one.model_dump()} for place, one in enumerate(done) if not one.done]
        words = Text("{count}项不能这样决定, 全部未执行", "{count} cannot be decided so; nothing was done")
        raise Problem("conflict", words.filled(count=len(failed)), errors=errors)
    return done


def _lock_months(work: Work, desk: Desk, told: Batch) -> None:
    """The months of all items, the earliest first, so that two batches never wait for each other."""
    swaps = [item.id for item in told.items if item.matter is Matter.SWAP]
    others = [item.id for item in told.items if item.matter is not Matter.SWAP]
    rows = work.session.scalars(select(t.Request).where(t.Request.id.in_(others), t.Request.site_id == desk.site.id))
    days = [day for row in rows for day in (row.first - timedelta(days=1), row.last)]
    asked = select(t.Swap.day).where(t.Swap.id.in_(swaps), t.Swap.site_id == desk.site.id)
    days += [near for day in work.session.scalars(asked) for near in (day, Month.of(day).days.last + timedelta(days=1))]
    months = {str(Month.of(day)) for day in days}
    rosters = select(t.Roster).where(t.Roster.site_id == desk.site.id, t.Roster.month.in_(months))
    work.session.scalars(locked(rosters.order_by(t.Roster.month))).all()


def _tried(work: Work, desk: Desk, item: Item, told: Batch, language: Language) -> DoneShown:
    """One of them, within a savepoint: what fails leaves no trace, neither in the store nor in the log."""
    before = len(work.deeds)
    try:
        with work.session.begin_nested():
            state = _decide(work, desk, item, told)
    except (Problem, Refusal) as fault:
        del work.deeds[before:]
        work.session.expire_all()
        code, text = _told(fault)
        return DoneShown(matter=item.matter, id=item.id, done=False, state=None, code=code, detail=text.said(language))
    return DoneShown(matter=item.matter, id=item.id, done=True, state=state, code=None, detail=None)


def _told(fault: Problem | Refusal) -> tuple[str, Text]:
    """A fault as its code and words."""
    if isinstance(fault, Refusal):
        return "invalid", fault.text
    return fault.kind.code, fault.text or fault.kind.title


def _decide(work: Work, desk: Desk, item: Item, told: Batch) -> str:
    if item.matter is Matter.SWAP:
        return _decide_swap(work, desk, item.id, told)
    row = locked_request(work.session, desk.site.id, item.id)
    if KINDS[item.matter] != row.kind:
        raise Problem("not-found")
    decide_as(desk, work, row, State.APPROVED if told.state == "approved" else State.DECLINED, told.reason)
    return row.state


def _decide_swap(work: Work, desk: Desk, swap_id: int, told: Batch) -> str:
    swap = work.session.get(t.Swap, swap_id)
    if swap is None or swap.site_id != desk.site.id:
        raise Problem("not-found")
    roster = roster_row(work.session, desk.site.id, Month.parse(swap.roster.month), lock=True)
    work.session.refresh(swap, with_for_update={"of": t.Swap})
    state = SwapState.APPROVED if told.state == "approved" else SwapState.REFUSED
    decide_swap_as(desk, work, ground_of(work.session, roster), swap, SwapDecision(state=state, reason=told.reason))
    return swap.state
