"""Call-outs: a duty whose person cannot come, and who was asked to take it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables.base import Counted, Table
from api.store.tables.people import Person
from api.store.tables.rosters import Roster
from api.store.types import Facts, Instant, Json, Key


class Callout(Counted, Table):
    """A duty that is looked for somebody; it stays with its person until somebody takes it."""

    __tablename__ = "callouts"
    __table_args__ = (
        Index(
            "uq_callouts_duty",
            "duty_id",
            unique=True,
            postgresql_where=text("state = 'asking'"),
            sqlite_where=text("state = 'asking'"),
        ),
        Index(None, "site_id", "state"),
    )

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    duty: Mapped[list[Any]] = mapped_column(Json)
    """The row of the duty as it was when somebody was looked for."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who cannot come."""
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"), index=True)
    """The leave that it makes up for."""
    day: Mapped[date] = mapped_column(Date)
    start_at: Mapped[Instant]
    cause: Mapped[str] = mapped_column(String(16))
    """`sick`, `leave`, `other`."""
    floor: Mapped[bool] = mapped_column(Boolean)
    """Whether the emergency floor falls without the duty."""
    at_once: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[str] = mapped_column(String(16))
    """`asking`, `filled`, `exhausted`, `cancelled`, `over`."""
    note: Mapped[str] = mapped_column(String(500), default="")
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version_number: Mapped[int | None] = mapped_column(Integer)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    taker: Mapped[Person | None] = relationship(foreign_keys=[taker_id], lazy="joined")
    roster: Mapped[Roster] = relationship()
    asks: Mapped[list[CalloutAsk]] = relationship(
        cascade="all, delete-orphan", order_by="CalloutAsk.rank", lazy="selectin", back_populates="callout"
    )


class CalloutAsk(Table):
    """Somebody who could take the duty, in the order in which people are asked."""

    __tablename__ = "callout_asks"
    __table_args__ = (UniqueConstraint("callout_id", "person_id"), Index(None, "person_id", "state"))

    id: Mapped[Key]
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    rank: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    """`next`, `asked`, `accepted`, `declined`, `silent`, `dropped`."""
    facts: Mapped[Facts]
    """What it would mean for the person: pay class, hours, rest, call-ins so far, cost."""
    asked_at: Mapped[Instant | None]
    answer_by: Mapped[Instant | None] = mapped_column(index=True)
    answered_at: Mapped[Instant | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
    person: Mapped[Person] = relationship(lazy="joined")
    callout: Mapped[Callout] = relationship(back_populates="asks")
