"""What people ask for: wishes, leave, spans in which they cannot work."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables.base import Counted, Table
from api.store.tables.people import Person
from api.store.types import Facts, Instant, Key


class Request(Counted, Table):
    """A wish, a leave, or a span in which somebody cannot work; what became of it, and why."""

    __tablename__ = "requests"
    __table_args__ = (Index(None, "site_id", "first"), Index(None, "person_id", "first"))

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(16))
    """`wish`, `leave`, `unavailable`."""
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    facts: Mapped[Facts]
    state: Mapped[str] = mapped_column(String(16))
    """`open`, `approved`, `declined`, `withdrawn`; wish `granted`, `refused`; leave `waitlisted`, `told`, `lapsed`."""
    tier: Mapped[str] = mapped_column(String(16), default="")
    """Who decides on a leave by its length: `head`, `administration`, `general`."""
    due_at: Mapped[Instant | None] = mapped_column(index=True)
    """By when it is decided, or filed."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[Instant | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    person: Mapped[Person] = relationship()
