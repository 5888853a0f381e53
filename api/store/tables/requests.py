"""What people ask for: wishes, leave, spans in which they cannot work, and swaps."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Integer, String, text
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
    """`open`, `approved`, `declined`, `withdrawn`."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[Instant | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    person: Mapped[Person] = relationship()


class Swap(Counted, Table):
    """Duties that change hands: who gives what to whom, and how far it has come."""

    __tablename__ = "swaps"
    __table_args__ = (Index(None, "site_id", "state"), Index(None, "asker_id", "day"))

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    kind: Mapped[str] = mapped_column(String(16))
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date] = mapped_column(Date)
    """The first day that it touches: its month counts for the quota."""
    state: Mapped[str] = mapped_column(String(16))
    facts: Mapped[Facts]
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[Instant | None]
    made_at: Mapped[Instant]
    version_number: Mapped[int | None] = mapped_column(Integer)
    legs: Mapped[list[SwapLeg]] = relationship(cascade="all, delete-orphan", order_by="SwapLeg.id")


class SwapLeg(Table):
    """One duty within a swap: from whom, to whom, and whether both agreed. One open swap a duty."""

    __tablename__ = "swap_legs"
    __table_args__ = (
        Index(
            "uq_swap_legs_open_duty",
            "duty_id",
            unique=True,
            postgresql_where=text("open"),
            sqlite_where=text("open"),
        ),
    )

    id: Mapped[Key]
    swap_id: Mapped[int] = mapped_column(ForeignKey("swaps.id"), index=True)
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duties.id", ondelete="SET NULL"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    duty: Mapped[Facts]
    """The duty as it was when the swap was asked for."""
    giver_agreed_at: Mapped[Instant | None]
    taker_agreed_at: Mapped[Instant | None]
    open: Mapped[bool] = mapped_column(default=True)
