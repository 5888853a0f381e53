"""Offers and their answers, until all parties agree and the swap waits for who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import Any

from sqlalchemy import select

from api.http.problems import Problem
from api.rosters.waivers import broken
from api.store import tables as t
from api.store.store import Work
from api.swaps.decide import put_in_force
from api.swaps.forms import LegForm
from api.swaps.judge import Ground, passes_quota, refuse_late
from api.swaps.legs import legs_of, legs_told
from api.swaps.stale import holds
from api.swaps.states import Reason, State, move, tell_of
from constraints.breach import Breach
from constraints.rule import Role
from constraints.rules.cover import EmergencyFloor
from constraints.verdict import Verdict
from domain.language import Refusal, Text
from domain.roster import Duty
from domain.swaps import NOBODY, Leg, SwapKind, kind_of, parties

TAKE = "take"


@dataclass(frozen=True, slots=True)
class Terms:
    """Who asks, and on what terms."""

    asker: str | None
    """None: the service proposes it."""
    note: str = ""
    expires_at: datetime | None = None
    counters: t.Swap | None = None
    reader: str | None = None
    """Whom a refusal is told; None: who keeps the roster."""


def offer(work: Work, ground: Ground, forms: Sequence[LegForm], terms: Terms) -> t.Swap:
    """File a swap; the asker agrees by it, and so does who posted on terms that it meets."""
    rows, legs = legs_told(work, ground.given, forms)
    _refuse(work, ground, legs, terms)
    swap = _filed(work, ground, rows, legs, terms)
    agreed = _agreed_by_post(work, legs, rows) | ({terms.asker} if terms.asker else set())
    for who in sorted(agreed):
        _say(work, swap, who, TAKE)
    if _all_agree(swap):
        matched(work, ground, swap)
    else:
        tell_of(work, swap)
    return swap


def answer(work: Work, ground: Ground, swap: t.Swap, who: str, said: str) -> None:
    """A party says yes, no, or later; with the last yes the swap is checked and waits for who decides."""
    if State(swap.state) is not State.OFFERED:
        raise Problem("conflict", Text("换班已不在等待答复", "the swap waits for no answer any more"))
    if swap.expires_at <= work.now:
        raise Problem("too-late", Text("换班邀约已过期", "the offer has expired"))
    _say(work, swap, who, said)
    if said == "decline":
        move(work, swap, State.DECLINED, Reason.DECLINED)
    elif _all_agree(swap):
        matched(work, ground, swap)


def matched(work: Work, ground: Ground, swap: t.Swap) -> None:
    """All agreed: checked on the roster as it stands, then on to who decides; each duty is in one match alone."""
    legs = legs_of(swap)
    refuse_late(work, ground, ground.first(legs))
    if not all(holds(work, leg) for leg in swap.legs):
        move(work, swap, State.SUPERSEDED, Reason.ROSTER)
    elif _in_other_match(work, swap):
        raise Problem("conflict", Text("该班已在另一换班中等待审批", "the duty waits in another swap"))
    else:
        _checked(work, ground, swap, ground.verdict(legs))


def _checked(work: Work, ground: Ground, swap: t.Swap, verdict: Verdict) -> None:
    """What a rule stands against ends; all else goes on to who decides."""
    if reason := against(verdict):
        move(work, swap, State.REJECTED, reason)
    else:
        _on_to_decision(work, ground, swap, verdict)


def against(verdict: Verdict) -> Reason | None:
    """What stands against a swap, if anything does."""
    hard = unwaivable(verdict)
    if not hard:
        return None
    return Reason.FLOOR if any(isinstance(breach.rule, EmergencyFloor) for breach in hard) else Reason.RULE


def unwaivable(verdict: Verdict) -> list[Breach]:
    """The hard rules against it that nobody may waive."""
    return [breach for breach in verdict.broken if breach.hard and breach.rule.waivable_by is None]


def _on_to_decision(work: Work, ground: Ground, swap: t.Swap, verdict: Verdict) -> None:
    """To the scheduler; beyond the quota to the manager; a clean one within it may pass by itself."""
    waivers = {breach.rule.waivable_by for breach in verdict.broken if breach.hard}
    beyond = passes_quota(work.session, swap, ground.policy) or Role.MANAGER in waivers
    swap.approver = "manager" if beyond else "scheduler"
    if ground.policy.automatic and not beyond and not waivers:
        put_in_force(work, ground, swap)
        return
    move(work, swap, State.WAITING_MANAGER if beyond else State.WAITING_SCHEDULER)
    swap.expires_at = swap.start_at


def _in_other_match(work: Work, swap: t.Swap) -> bool:
    """Whether a duty of it waits in another swap; the database refuses it, too."""
    mine = t.SwapLeg.duty_id.in_([leg.duty_id for leg in swap.legs if leg.duty_id]) | t.SwapLeg.post_id.in_(
        [leg.post_id for leg in swap.legs if leg.post_id]
    )
    asked = select(t.SwapLeg.id).where(mine, t.SwapLeg.bound, t.SwapLeg.swap_id != swap.id)
    return work.session.scalars(asked.limit(1)).first() is not None


def _refuse(work: Work, ground: Ground, legs: Sequence[Leg], terms: Terms) -> None:
    """What nobody can file: others' swaps, late ones, dead ones, and what breaks a rule that nobody may waive."""
    if terms.asker is not None and terms.asker not in parties(legs):
        raise Problem("forbidden", Text("只能提出涉及自己的换班", "one files swaps of one's own"))
    refuse_late(work, ground, ground.first(legs))
    if terms.expires_at is not None and terms.expires_at <= work.now:
        raise Refusal(Text("有效期已过", "the offer would have expired already"))
    left = unwaivable(ground.verdict(legs))
    if left:
        raise broken(left, reader=terms.reader)


def _filed(work: Work, ground: Ground, rows: list[t.SwapLeg], legs: Sequence[Leg], terms: Terms) -> t.Swap:
    """A new swap in the store, to which nobody has said anything yet."""
    swap = _swap(work, ground, legs, terms)
    swap.legs = rows
    swap.parties = [_party(work, ground, legs, who) for who in parties(legs)]
    work.session.add(swap)
    work.session.flush()
    work.did("swap.offered", f"swap/{swap.id}", swap.site_id, kind=swap.kind, parties=len(swap.parties))
    return swap


def _all_agree(swap: t.Swap) -> bool:
    return all(party.answer == TAKE for party in swap.parties)


def _swap(work: Work, ground: Ground, legs: Sequence[Leg], terms: Terms) -> t.Swap:
    given, first, before = ground.given, ground.first(legs), terms.counters
    span, zone = ground.span(first), given.plan.site.zone
    return t.Swap(
        site_id=given.roster.site_id,
        roster_id=given.roster.id,
        kind=kind_of(legs).value,
        asker_id=given.numbers[terms.asker] if terms.asker else None,
        day=first.day,
        start_at=span.start,
        state=State.OFFERED.value,
        round=before.round + 1 if before else 1,
        counters_id=before.id if before else None,
        note=terms.note,
        reason={},
        revision=1,
        expires_at=ground.policy.expiry(work.now, terms.expires_at, span, zone),
        made_by=work.actor.account_id,
        made_at=work.now,
    )


def _party(work: Work, ground: Ground, legs: Sequence[Leg], who: str) -> t.SwapParty:
    claim = kind_of(legs) is SwapKind.OPEN
    person = work.session.get_one(t.Person, ground.given.numbers[who])
    return t.SwapParty(person_id=person.id, person=person, counts=not claim, answer="")


def _say(work: Work, swap: t.Swap, who: str, said: str) -> None:
    party = next((party for party in swap.parties if party.person.number == who), None)
    if party is None:
        raise Problem("not-found")
    party.answer, party.answered_at, party.answered_by = said, work.now, work.actor.account_id
    swap.revision += 1
    work.did("swap.answered", f"swap/{swap.id}", swap.site_id, number=who, answer=said)
    work.session.flush()


def _agreed_by_post(work: Work, legs: Sequence[Leg], rows: Sequence[t.SwapLeg]) -> set[str]:
    """Who has posted all that he gives in this swap, on terms that it meets, has agreed to it already."""
    posts = [work.session.get(t.Post, row.post_id) if row.post_id else None for row in rows]
    found = set()
    for who in {leg.giver for leg in legs} - {NOBODY}:
        given = [(leg, row, post) for leg, row, post in zip(legs, rows, posts, strict=True) if leg.giver == who]
        whole = all(post and post.duty_id == row.duty_id and leg.split is None for leg, row, post in given)
        returned = [leg.taken for leg in legs if leg.taker == who]
        if whole and _meets([post.wanted for _, _, post in given if post], returned):
            found.add(who)
    return found


def _meets(wanted: Sequence[dict[str, Any]], returned: Sequence[Duty]) -> bool:
    """Whether what comes back for posted duties is what was wanted: one for each that fits it, or nothing for any."""
    if not returned:
        return all(terms["cover"] for terms in wanted)
    if len(returned) != len(wanted):
        return False
    return any(all(map(_fits, wanted, order)) for order in permutations(returned))


def _fits(terms: dict[str, Any], duty: Duty) -> bool:
    """Whether a duty is one that was wanted."""
    days, shifts = terms["days"], terms["shifts"]
    fits = (not days or str(duty.day) in days) and (not shifts or duty.shift in shifts)
    return fits and bool(days or shifts)
