"""Who stands in for whom, from when to when."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables.accounts import Account
from api.store.tables.base import Table
from api.store.types import Instant, Key


class Delegation(Table):
    """The decisions of a role, lent to somebody else for a time; the role itself stays where it is."""

    __tablename__ = "delegations"

    id: Mapped[Key]
    giver_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    """At all sites at which the giver holds it."""
    first_at: Mapped[Instant]
    last_at: Mapped[Instant]
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    """Taken back before its time."""
    giver: Mapped[Account] = relationship(foreign_keys=[giver_id], lazy="joined")
    deputy: Mapped[Account] = relationship(foreign_keys=[deputy_id], lazy="joined")
