"""What people are told: one row a person and matter, written with the change that it tells of."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Facts, Instant, Key


class Notice(Table):
    """Something that an account should know; `matter` names it, so that nobody is told twice."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("account_id", "matter"), Index(None, "account_id", "read_at"))

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    kind: Mapped[str] = mapped_column(String(32))
    matter: Mapped[str] = mapped_column(String(200))
    facts: Mapped[Facts]
    made_at: Mapped[Instant]
    read_at: Mapped[Instant | None]
    sent_at: Mapped[Instant | None] = mapped_column(index=True)
    """When it was handed to the ways outside (mail, chat); null: still to be done."""
