"""What became of the wishes for a month, written to each when its roster is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from api.requests.rows import WHY, WISHED, Kind, State, asked_facts, wish_of
from api.rosters.given import Given
from api.store import tables as t
from api.store.store import Work
from constraints.balance import DUTY, apportioned
from constraints.fates import Fate, fates
from domain.language import Language, Text
from domain.roster import Duty

NO_RULE: Final = Text(
    "没有单独的规则反对, 但满足它会使全站排班更差", "no rule stands against it, but the whole roster would be worse"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """Weight of the wishes of a month by person: all of it, and what was refused."""

    asked: Counter[int] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)

    def told(self) -> dict[int, dict[str, int]]:
        """What each person hears of it."""
        return {who: {"asked": weight, "refused": self.refused[who]} for who, weight in self.asked.items()}

    def beyond_share(self) -> dict[int, int]:
        """Hundredths of weight that was refused to each beyond his share of all refusals."""
        whole = sum(self.asked.values())
        if not whole:
            return {}
        parts = {str(who): Fraction(weight, whole) for who, weight in self.asked.items()}
        share = apportioned(sum(self.refused.values()) * DUTY, parts)
        return {who: self.refused[who] * DUTY - share[str(who)] for who in self.asked}


def settle_wishes(work: Work, given: Given, duties: Sequence[Duty]) -> Settled:
    """Write to each wish of the month what became of it."""
    found = fates(given.roster_of(tuple(duties)), given.situation, given.plan.policy)
    by_wish = {fate.wish: fate for fate in found}
    settled = Settled()
    for row in _rows(work, given):
        fate = by_wish.get(wish_of(row))
        if fate is not None:
            _write(work, row, fate)
            settled.asked[row.person_id] += fate.wish.weight
            settled.refused[row.person_id] += 0 if fate.granted else fate.wish.weight
    return settled


def forget_fates(work: Work, given: Given) -> None:
    """The roster is withdrawn: every wish is open again."""
    for row in _rows(work, given):
        if row.state != State.OPEN:
            row.state, row.revision, row.decided_at = State.OPEN.value, row.revision + 1, None
            row.facts = asked_facts(row)


def _rows(work: Work, given: Given) -> Sequence[t.Request]:
    days = given.situation.horizon
    asked = (
        select(t.Request)
        .where(t.Request.site_id == given.roster.site_id, t.Request.kind == Kind.WISH.value)
        .where(t.Request.first >= days.first, t.Request.first <= days.last, t.Request.state.in_(WISHED))
        .options(joinedload(t.Request.person))
        .order_by(t.Request.id)
    )
    return work.session.scalars(asked).all()


def _write(work: Work, row: t.Request, fate: Fate) -> None:
    """The state of a wish, and why."""
    row.state = (State.GRANTED if fate.granted else State.REFUSED).value
    row.revision, row.decided_at = row.revision + 1, work.now
    row.facts = asked_facts(row) if fate.granted else {**asked_facts(row), WHY: _why(fate)}


def _why(fate: Fate) -> dict[str, str]:
    """The rule against a wish, in both languages: it is read for as long as the wish is kept."""
    if fate.breach is None:
        return {"rule": "", "zh": NO_RULE.zh, "en": NO_RULE.en}
    said = {language.value[:2]: fate.breach.said(language) for language in Language}
    return {"rule": fate.breach.rule.kind, **said}
