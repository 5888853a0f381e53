"""Word to the people of a role at a site; each matter is told once to each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from api.store.store import Work


def tell_roles(work: Work, site_id: int, roles: Iterable[Role], kind: str, matter: str, **facts: Any) -> int:  # noqa: ANN401 - JSON
    """Tell everybody of these roles at a site; how many had not been told before."""
    asked = (
        select(t.Account.id)
        .join(t.RoleGrant, t.RoleGrant.account_id == t.Account.id)
        .where(t.RoleGrant.site_id == site_id, t.RoleGrant.role.in_({role.value for role in roles}))
        .where(~t.Account.disabled)
        .distinct()
    )
    accounts = set(work.session.scalars(asked))
    known = set(work.session.scalars(select(t.Notice.account_id).where(t.Notice.matter == matter)))
    for account in sorted(accounts - known):
        notice = t.Notice(account_id=account, site_id=site_id, kind=kind, matter=matter, facts=facts, made_at=work.now)
        work.session.add(notice)
    work.session.flush()
    return len(accounts - known)
