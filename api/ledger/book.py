"""Bookings: every entry with its other side, in the transaction of what caused it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from api.ledger.accounts import BURDENS, Account
from api.rosters.given import Given
from api.store import tables as t
from api.store.store import Work
from constraints.balance import Amounts, above_shares, moved
from domain.roster import Change, Duty, Roster

Booked = Mapping[Account, Mapping[int, int]]
"""Hundredths by account and person."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is booked: of which month, in which matter."""

    site_id: int
    month: str
    kind: str
    matter: str


def book(work: Work, cause: Cause, booked: Booked) -> None:
    """Write entries, and of each account the site's side, so that it adds up to nought."""
    for account, amounts in booked.items():
        for person, amount in (*amounts.items(), (None, -sum(amounts.values()))):
            if amount:
                work.session.add(_entry(work, cause, account, person, amount))
    work.session.flush()


def settle(work: Work, given: Given, cause: Cause, duties: Sequence[Duty], wishes: Mapping[int, int]) -> None:
    """Bring a month's accounts to what it lays on people in the end; what was booked before is set off against it."""
    due = {
        **_by_id(above_shares(given.roster_of(tuple(duties)), given.situation), given),
        Account.WISHES: dict(wishes),
    }
    accounts = {*due, *BURDENS}
    before = _booked(work, cause, accounts)
    book(work, cause, {account: _left(due.get(account, {}), before[account]) for account in sorted(accounts)})


def undo(work: Work, cause: Cause) -> None:
    """Nothing of a month is in force: its burdens and wishes are taken off again."""
    accounts = {*BURDENS, Account.WISHES}
    before = _booked(work, cause, accounts)
    book(work, cause, {account: _left({}, before[account]) for account in sorted(accounts)})


def carry_over(work: Work, given: Given, cause: Cause, after: Roster, changes: Iterable[Change]) -> None:
    """What changes of duties lay on people, and take off them."""
    book(work, cause, _by_id(moved(after, changes, given.situation), given))


def _by_id(amounts: Amounts, given: Given) -> dict[Account, dict[int, int]]:
    return {
        Account(burden): {given.numbers[who]: amount for who, amount in mine.items() if who in given.numbers}
        for burden, mine in amounts.items()
    }


def _booked(work: Work, cause: Cause, accounts: Iterable[Account]) -> dict[Account, Counter[int]]:
    """What was booked for the month so far, by account and person."""
    entries = t.LedgerEntry
    asked = (
        select(entries.account, entries.person_id, func.sum(entries.amount))
        .where(entries.site_id == cause.site_id, entries.month == cause.month, entries.person_id.is_not(None))
        .group_by(entries.account, entries.person_id)
    )
    found: dict[Account, Counter[int]] = {account: Counter() for account in accounts}
    for account, person, amount in work.session.execute(asked):
        if account in found and person is not None:
            found[Account(account)][person] = int(amount)
    return found


def _left(due: Mapping[int, int], before: Counter[int]) -> dict[int, int]:
    return {person: due.get(person, 0) - before[person] for person in sorted({*due, *before})}


def _entry(work: Work, cause: Cause, account: Account, person: int | None, amount: int) -> t.LedgerEntry:
    return t.LedgerEntry(
        site_id=cause.site_id,
        person_id=person,
        month=cause.month,
        account=account.value,
        amount=amount,
        cause=cause.kind,
        matter=cause.matter,
        made_at=work.now,
    )
