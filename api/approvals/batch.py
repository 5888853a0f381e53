"""Several decisions in one transaction: each is checked upon those before it, so that all are checked together."""

from __future__ import annotations

from api.approvals.forms import Batch, DoneShown, Item, Matter
from api.group.plans import newest, read_plan
from api.http.desk import Desk
from api.http.problems import Problem
from api.leave.decide import approve, decline
from api.leave.turns import decides
from api.requests.decide import decide_hours
from api.requests.rows import Kind, State, found_request
from api.rosters.given import roster_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.approval import decide_as
from api.swaps.forms import SwapDecision
from api.swaps.judge import ground_of
from api.swaps.states import State as SwapState
from domain.language import Language, Refusal, Text
from domain.time import Month

OTHERS = Text("由其他岗位审批", "another post decides on this one")


def decide_all(work: Work, desk: Desk, told: Batch, language: Language) -> list[DoneShown]:
    """Decide on each; what cannot be is told with its reason, and where all or nothing is wanted nothing happens."""
    done = [_tried(work, desk, item, told, language) for item in told.items]
    failed = [one for one in done if not one.done]
    if failed and told.all_or_nothing and not told.dry_run:
        errors = [{"pointer": f"/items/{place}", **one.model_dump()} for place, one in enumerate(done) if not one.done]
        words = Text("{count}项不能这样决定, 全部未执行", "{count} cannot be decided so; nothing was done")
        raise Problem("conflict", words.filled(count=len(failed)), errors=errors)
    return done


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
    row = found_request(work.session, desk.site.id, item.id)
    if row.kind == Kind.WISH or not decides(desk, row):
        raise Problem("forbidden", OTHERS)
    state = State.APPROVED if told.state == "approved" else State.DECLINED
    if row.kind != Kind.LEAVE:
        decide_hours(work, row, state, told.reason)
    else:
        plan = read_plan(newest(work.session, desk.site.id))
        (approve if state is State.APPROVED else decline)(work, plan, row, told.reason)
    return row.state


def _decide_swap(work: Work, desk: Desk, swap_id: int, told: Batch) -> str:
    swap = work.session.get(t.Swap, swap_id)
    if swap is None or swap.site_id != desk.site.id:
        raise Problem("not-found")
    roster = roster_row(work.session, desk.site.id, Month.parse(swap.roster.month), lock=True)
    work.session.refresh(swap, with_for_update={"of": t.Swap})
    state = SwapState.APPROVED if told.state == "approved" else SwapState.REFUSED
    decide_as(desk, work, ground_of(work.session, roster), swap, SwapDecision(state=state, reason=told.reason))
    return swap.state
