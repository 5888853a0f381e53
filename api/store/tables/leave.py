"""Days of leave that were granted by hand."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Instant, Key


class LeaveGrant(Table):
    """Half days of a kind for a year, more or less than before; what was granted is their sum."""

    __tablename__ = "leave_grants"
    __table_args__ = (Index(None, "person_id", "year"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(32))
    year: Mapped[int] = mapped_column(Integer)
    halves: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(String(500))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
