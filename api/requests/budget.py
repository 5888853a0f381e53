"""The budget of wishes: a month's weight for everybody, and on top what was refused to a person beyond his share."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.http.problems import Problem
from api.ledger.balance import wish_credit
from api.requests.policy import WishPolicy
from api.requests.rows import WISHED, Kind
from api.store import tables as t
from domain.language import Text
from domain.time import Month


@dataclass(frozen=True, slots=True)
class Budget:
    """What somebody may wish for in a month, in weight."""

    base: int
    credit: int
    used: int

    @property
    def left(self) -> int:
        """What is left of it."""
        return max(0, self.base + self.credit - self.used)


def budget_of(session: Session, policy: WishPolicy, person_id: int, month: Month) -> Budget:
    """A person's budget of a month."""
    credit = min(policy.most_credit, wish_credit(session, person_id, str(month)))
    return Budget(policy.budget, credit, _used(session, person_id, month))


def refuse_beyond(session: Session, policy: WishPolicy, person_id: int, month: Month, weight: int) -> None:
    """A wish that weighs more than is left is refused, with what is left."""
    budget = budget_of(session, policy, person_id, month)
    if weight <= budget.left:
        return
    words = Text(
        "{month}的意愿额度为{whole}(其中{credit}为以往未满足的补偿), 已用{used}, 剩余{left}, 本次需要{weight}",
        "the budget of wishes for {month} is {whole} ({credit} of it for wishes refused before): "
        "{used} used, {left} left, {weight} wanted",
    )
    whole = budget.base + budget.credit
    told = {"whole": whole, "credit": budget.credit, "used": budget.used, "left": budget.left, "weight": weight}
    raise Problem("over-budget", words.filled(month=str(month), **told), left=budget.left)


def _used(session: Session, person_id: int, month: Month) -> int:
    """The weight of the wishes that stand."""
    asked = select(t.Request.facts).where(
        t.Request.person_id == person_id,
        t.Request.kind == Kind.WISH.value,
        t.Request.first >= month.days.first,
        t.Request.first <= month.days.last,
        t.Request.state.in_(WISHED),
    )
    return sum(int(facts.get("weight", 1)) for facts in session.scalars(asked))
