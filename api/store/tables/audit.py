"""The log of everything that was done, each entry sealed by the one before."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Facts, Instant, Key


class AuditEntry(Table):
    """What was done, by whom, to what; `hash` seals it together with the hash of the entry before."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "site_id", "id"), Index(None, "account_id", "id"))

    id: Mapped[Key]
    """1, 2, 3 … without a hole."""
    at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    """No foreign key: the log outlives what it tells of."""
    action: Mapped[str] = mapped_column(String(48))
    object: Mapped[str] = mapped_column(String(100))
    site_id: Mapped[int | None] = mapped_column(BigInteger)
    facts: Mapped[Facts]
    request: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Table):
    """The last entry of the log: one row, locked by who writes, so that entries follow each other."""

    __tablename__ = "audit_head"

    id: Mapped[Key]
    last: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(String(64))
