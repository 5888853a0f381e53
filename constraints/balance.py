"""Burdens as an account sees them: what a month lays on each person above his share, and what a change moves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from constraints.book import Book
from constraints.check import worked_book
from constraints.rules.fairness import Burden, carries, parts
from domain.roster import Change, Roster
from domain.situation import Situation

DUTY: Final = 100
"""Accounts count in hundredths of a duty, so that shares are whole numbers and every sum is exact."""

Amounts = dict[Burden, dict[str, int]]
"""Hundredths by burden and person; only what is not nought."""


def above_shares(roster: Roster, situation: Situation) -> Amounts:
    """What each person carries above his part of the month's burdens; every burden adds up to nought."""
    book = worked_book(roster, situation)
    return {burden: _above(book, burden) for burden in Burden}


def moved(after: Roster, changes: Iterable[Change], situation: Situation) -> Amounts:
    """What changes that led to a roster laid on people, and took off them."""
    changes = tuple(changes)
    people = {change.agent for change in changes}
    before = after.apply(Change(change.agent, change.day, change.new, change.old) for change in changes)
    now, then = (_book_of(roster, situation, people) for roster in (after, before))
    return {burden: _difference(_carried(now, burden), _carried(then, burden)) for burden in Burden}


def apportioned(total: int, parts_of: Mapping[str, Fraction]) -> dict[str, int]:
    """A total in whole numbers by parts that add up to one: the largest remainders get what is left (Hamilton)."""
    exact = {who: total * part for who, part in parts_of.items()}
    whole = {who: math.floor(amount) for who, amount in exact.items()}
    left = total - sum(whole.values())
    for who in sorted(exact, key=lambda who: (whole[who] - exact[who], who))[:left]:
        whole[who] += 1
    return whole


def _above(book: Book, burden: Burden) -> dict[str, int]:
    carried, shares = _carried(book, burden), parts(book.given, burden)
    if not shares:
        return {}
    fair = apportioned(sum(carried.values()), shares)
    return _difference(carried, Counter(fair))


def _carried(book: Book, burden: Burden) -> Counter[str]:
    planned = (entry for entry in book.entries if not entry.fixed and carries(book, burden, entry))
    found: Counter[str] = Counter()
    for entry in planned:
        found[entry.duty.agent] += DUTY
    return found


def _difference(now: Counter[str], then: Counter[str]) -> dict[str, int]:
    people = sorted(now.keys() | then.keys())
    return {who: now[who] - then[who] for who in people if now[who] != then[who]}


def _book_of(roster: Roster, situation: Situation, people: set[str]) -> Book:
    return worked_book(Roster.of(roster.horizon, (duty for duty in roster.duties if duty.agent in people)), situation)
