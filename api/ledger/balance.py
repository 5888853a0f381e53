"""What people bring into a month: what they said when they came to Paiban, and every booking since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.ledger.accounts import BURDENS, Account
from api.store import tables as t
from constraints.balance import DUTY
from domain.circumstances import Opening
from domain.time import Month

CARRIED: Final = 12
"""So many months count; what is older is forgotten, so that nobody pays for ever (docs/decisions/0021)."""
Balances = dict[int, Counter[str]]
"""Hundredths by person and account."""


def balances(session: Session, people: Iterable[int], month: str) -> Balances:
    """What people bring into a month."""
    people = set(people)
    first, stated = _first_month(month), _stated(session, people, month)
    entries = t.LedgerEntry
    asked = (
        select(entries.person_id, entries.account, entries.month, func.sum(entries.amount))
        .where(entries.person_id.in_(people), entries.month >= first, entries.month < month)
        .group_by(entries.person_id, entries.account, entries.month)
    )
    found: Balances = {person: Counter() for person in people}
    for (who, account), (_, duties) in stated.items():
        found[who][account] += duties
    for person, account, booked, amount in session.execute(asked):
        if person is not None and booked >= stated.get((person, account), (first, 0))[0]:
            found[person][account] += int(amount)
    return found


def openings_of(session: Session, people: Sequence[t.Person], month: str) -> tuple[Opening, ...]:
    """What people bring into a month, as rules know it: whole duties, and hours of the averaging period."""
    asked = select(t.Opening).where(t.Opening.month == month, t.Opening.person_id.in_([each.id for each in people]))
    hours = {row.person_id: row for row in session.scalars(asked)}
    brought = balances(session, (person.id for person in people), month)
    return tuple(
        Opening(
            person.number,
            {account.value: rounded(brought[person.id][account.value]) for account in sorted(BURDENS)},
            hours[person.id].paid_minutes if person.id in hours else 0,
            hours[person.id].owed_minutes if person.id in hours else 0,
        )
        for person in people
        if person.id in hours or any(brought[person.id].values())
    )


def wish_credit(session: Session, person_id: int, month: str) -> int:
    """The weight of wishes that was refused to somebody beyond his share in the months before."""
    return max(0, balances(session, [person_id], month)[person_id][Account.WISHES.value] // DUTY)


def call_ins_of(session: Session, people: Iterable[int]) -> Counter[int]:
    """How often people were called in, ever."""
    entries = t.LedgerEntry
    asked = select(entries.person_id, func.sum(entries.amount)).group_by(entries.person_id)
    asked = asked.where(entries.person_id.in_(set(people)), entries.account == Account.CALL_INS.value)
    return Counter({person: int(amount) // DUTY for person, amount in session.execute(asked) if person is not None})


def rounded(amount: int) -> int:
    """Whole duties: the nearest, halves towards nought."""
    return (abs(amount) + DUTY // 2 - 1) // DUTY * (1 if amount > 0 else -1)


def _stated(session: Session, people: set[int], month: str) -> dict[tuple[int, str], tuple[str, int]]:
    """The newest stated opening of each person and account, not after the month: its month and hundredths."""
    asked = select(t.Opening).where(t.Opening.person_id.in_(people), t.Opening.month <= month)
    asked = asked.where(t.Opening.month >= _first_month(month)).order_by(t.Opening.month)
    found: defaultdict[tuple[int, str], tuple[str, int]] = defaultdict(lambda: ("", 0))
    for row in session.scalars(asked):
        for account, duties in row.burdens.items():
            found[row.person_id, account] = row.month, round(duties * DUTY)
    return dict(found)


def _first_month(month: str) -> str:
    found = Month.parse(month)
    count = found.year * 12 + found.number - 1 - CARRIED
    return str(Month(count // 12, count % 12 + 1))
