"""The fairness account: what each person carried above his share, entry by entry, each with its other side."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Instant, Key, Month


class LedgerEntry(Table):
    """One side of a booking. All entries of a matter and account add up to nought; never changed."""

    __tablename__ = "ledger_entries"
    __table_args__ = (Index(None, "person_id", "month"), Index(None, "site_id", "month"))

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Null: the site's own side."""
    month: Mapped[Month]
    account: Mapped[str] = mapped_column(String(16))
    """`nights`, `weekends`, `holidays`, `early`, `late`, `call-ins`, `wishes`."""
    amount: Mapped[int] = mapped_column(Integer)
    """Hundredths of a duty, or of a wish's weight; above nought: more than the share."""
    cause: Mapped[str] = mapped_column(String(16))
    matter: Mapped[str] = mapped_column(String(100))
    """What it was booked for, as the log names it."""
    made_at: Mapped[Instant]
