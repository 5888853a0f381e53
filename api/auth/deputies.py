"""Deputies: the decisions that somebody lends to somebody else while he is away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from api.auth.rights import Grant, Role
from api.store import tables as t


def lent(session: Session, account_id: int, now: datetime) -> tuple[Grant, ...]:
    """What an account may decide as somebody's deputy now; it ends with the giver's own role."""
    giver, rows = t.Account, t.Delegation
    asked = (
        select(t.RoleGrant.role, t.RoleGrant.site_id, giver.person_id)
        .join(giver, giver.id == t.RoleGrant.account_id)
        .join(rows, and_(rows.giver_id == giver.id, rows.role == t.RoleGrant.role))
        .where(rows.deputy_id == account_id, in_force(now), ~giver.disabled)
    )
    return tuple(Grant(Role(role), site, deputy=True, principal=who) for role, site, who in session.execute(asked))


def in_force(now: datetime) -> ColumnElement[bool]:
    """Delegations that hold at an instant."""
    rows: Any = t.Delegation
    return and_(rows.first_at <= now, rows.last_at > now, rows.ended_at.is_(None))
