"""Notices as the store keeps them: one an account and matter, so that nobody is told twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from api.auth.deputies import in_force
from api.auth.rights import Role
from api.store import tables as t
from api.store.store import Work

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Word:
    """Something to be told: its kind, and the matter that names it."""

    site_id: int | None
    """None: of no site."""
    kind: str
    matter: str


def tell(work: Work, word: Word, told: Mapping[int, Facts]) -> int:
    """Tell accounts, each its own facts; how many had not been told before."""
    known = set(work.session.scalars(select(t.Notice.account_id).where(t.Notice.matter == word.matter)))
    fresh = sorted(set(told) - known)
    for account in fresh:
        work.session.add(
            t.Notice(
                account_id=account,
                site_id=word.site_id,
                kind=word.kind,
                matter=word.matter,
                facts=told[account],
                made_at=work.now,
            )
        )
    work.session.flush()
    return len(fresh)


def tell_roles(work: Work, roles: Iterable[Role], word: Word, facts: Facts) -> int:
    """Tell everybody who holds one of these roles at the site of the word or over the group, and their deputies."""
    held = (
        select(t.RoleGrant.account_id, t.RoleGrant.role)
        .join(t.Account, t.Account.id == t.RoleGrant.account_id)
        .where((t.RoleGrant.site_id == word.site_id) | t.RoleGrant.site_id.is_(None))
        .where(t.RoleGrant.role.in_({role.value for role in roles}), ~t.Account.disabled)
        .subquery()
    )
    rows = t.Delegation
    mine = (rows.giver_id == held.c.account_id) & (rows.role == held.c.role)
    deputies = work.session.scalars(select(rows.deputy_id).join(held, mine).where(in_force(work.now)))
    accounts = {*work.session.scalars(select(held.c.account_id)), *deputies}
    return tell(work, word, dict.fromkeys(accounts, facts))


def tell_those(work: Work, people: Iterable[int], word: Word, facts: Facts) -> int:
    """Tell people, by their ids, as far as they have accounts."""
    return tell(work, word, dict.fromkeys(accounts_of(work, people).values(), facts))


def accounts_of(work: Work, people: Iterable[int]) -> Mapping[int, int]:
    """The account of each of some people who has one, by the person's id."""
    asked = select(t.Account.person_id, t.Account.id).where(t.Account.person_id.in_(set(people)), ~t.Account.disabled)
    return {person: account for person, account in work.session.execute(asked) if person is not None}
