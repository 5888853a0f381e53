"""Swaps as people see them: in words, with what each may do, and what it does to whom."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from api.auth.rights import Action, Reach
from api.http.desk import Desk
from api.rosters.forms import breach_shown
from api.rosters.privacy import veiled
from api.store import tables as t
from api.swaps.approval import may_decide
from api.swaps.forms import LegShown, PartyShown, SwapShown
from api.swaps.judge import Ground, effects, used
from api.swaps.legs import legs_of
from api.swaps.policy import SwapPolicy
from api.swaps.states import LIVE, State
from api.swaps.words import said
from domain.language import Language
from domain.swaps import NOBODY, SwapKind


class View:
    """How one caller sees swaps."""

    def __init__(self, session: Session, desk: Desk, policy: SwapPolicy, language: Language) -> None:
        self._session, self._desk, self._policy, self._language = session, desk, policy, language
        self._now = desk.service.store.now()
        self.reader = reader_of(desk)

    def shown(self, swap: t.Swap, ground: Ground | None = None) -> SwapShown:
        """A swap; on its ground also what it does to each party, and what stands against it now."""
        live = ground if State(swap.state) in LIVE else None
        verdict = live.verdict(legs_of(swap)) if live else None
        done = effects(live, legs_of(swap)) if live else {}
        broken = [breach for breach in verdict.broken if not veiled(breach, self.reader)] if verdict else []
        asker = next((party.person.number for party in swap.parties if party.person_id == swap.asker_id), None)
        return SwapShown(
            id=swap.id,
            month=swap.roster.month,
            kind=SwapKind(swap.kind),
            state=State(swap.state),
            asker=asker,
            day=swap.day,
            legs=[_leg(leg) for leg in swap.legs],
            parties=[
                PartyShown(
                    number=party.person.number,
                    name=party.person.name,
                    answer=party.answer,
                    answered_at=party.answered_at,
                    used=used(self._session, swap, party.person_id) + party.counts,
                    effect=done.get(party.person.number) if self.reader in (None, party.person.number) else None,
                )
                for party in swap.parties
            ],
            quota=self._policy.quota,
            approver=swap.approver,
            note=swap.note,
            reason=swap.reason,
            said=said(swap.state, swap.reason).said(self._language),
            expires_at=swap.expires_at,
            made_at=swap.made_at,
            decided_at=swap.decided_at,
            version=swap.version_number,
            counters=swap.counters_id,
            may=self.may(swap),
            broken=[breach_shown(breach, self._language) for breach in broken],
        )

    def may(self, swap: t.Swap) -> list[str]:
        """What the caller may do with a swap now."""
        mine = next((party for party in swap.parties if party.person_id == self._desk.caller.person_id), None)
        decides = ["approve", "refuse"] if may_decide(self._desk, swap) else []
        return [*self._as_party(swap, mine), *decides]

    def _as_party(self, swap: t.Swap, mine: t.SwapParty | None) -> list[str]:
        state = State(swap.state)
        if mine is None:
            return []
        if state is State.APPROVED:
            limit = swap.decided_at and swap.decided_at + timedelta(minutes=self._policy.undo_minutes)
            return ["undo"] if limit and self._now <= limit else []
        ways = ["cancel"] if state in LIVE and swap.asker_id in (None, mine.person_id) else []
        if state is State.OFFERED and mine.answer != "take":
            counter = ["counter"] if swap.round < self._policy.rounds else []
            ways = ["take", "decline", "later", *counter, *ways]
        return ways


def _leg(leg: t.SwapLeg) -> LegShown:
    day, giver, shift, work, _ = leg.duty
    kept, passed = leg.split or (None, None)
    return LegShown(
        giver=None if giver == NOBODY else giver,
        taker=leg.taker.number,
        day=day,
        shift=shift,
        work=work,
        kept=kept,
        passed=passed,
        post=leg.post_id,
    )


def reader_of(desk: Desk) -> str | None:
    """Who reads, by his number; None: somebody who keeps the roster, who may know everybody's reasons."""
    keeper = desk.caller.reach(Action.DRAFT_SEE, desk.site.id) is Reach.SITE
    return None if keeper else desk.caller.number or NOBODY
