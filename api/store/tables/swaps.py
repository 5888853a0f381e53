"""Swaps: sets of duties that change hands, who agreed, and the board on which people post what they would give."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables.base import Counted, Table
from api.store.tables.people import Person
from api.store.tables.rosters import Roster
from api.store.types import Facts, Instant, Json, JsonOrNull, Key


class Post(Counted, Table):
    """A duty that somebody would give, or one that nobody has, with what is wanted for it."""

    __tablename__ = "posts"
    __table_args__ = (Index(None, "roster_id", "state"),)

    id: Mapped[Key]
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Null: nobody has the duty."""
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duties.id"))
    duty: Mapped[list[Any]] = mapped_column(Json)
    """The row of the duty as it was posted."""
    day: Mapped[date] = mapped_column(Date)
    wanted: Mapped[Facts]
    """Days and shifts that would do in return; whether it is given for nothing."""
    state: Mapped[str] = mapped_column(String(16))
    """`open`, `fulfilled`, `withdrawn`, `expired`, `superseded`."""
    note: Mapped[str] = mapped_column(String(500), default="")
    expires_at: Mapped[Instant] = mapped_column(index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    person: Mapped[Person | None] = relationship()
    roster: Mapped[Roster] = relationship()


class Swap(Counted, Table):
    """Duties that change hands together or not at all, and how far it has come."""

    __tablename__ = "swaps"
    __table_args__ = (Index(None, "site_id", "state"), Index(None, "roster_id", "state"))

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    kind: Mapped[str] = mapped_column(String(16))
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who filed it; null: the service proposed it."""
    day: Mapped[date] = mapped_column(Date)
    """The earliest day that it touches."""
    start_at: Mapped[Instant]
    """The earliest start of a duty that it touches."""
    state: Mapped[str] = mapped_column(String(20))
    approver: Mapped[str] = mapped_column(String(16), default="")
    """Who must decide, once all agreed: `scheduler`, `manager`, or nobody."""
    round: Mapped[int] = mapped_column(Integer, default=1)
    counters_id: Mapped[int | None] = mapped_column(ForeignKey("swaps.id"))
    """The offer that this one answers."""
    note: Mapped[str] = mapped_column(String(500), default="")
    reason: Mapped[Facts]
    """Why it ended: a code and its facts."""
    expires_at: Mapped[Instant] = mapped_column(index=True)
    waits_since: Mapped[Instant | None]
    """When it came before who decides on it now."""
    reminded: Mapped[int] = mapped_column(Integer, default=0)
    version_number: Mapped[int | None] = mapped_column(Integer)
    """The version of the roster that it made."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[Instant | None]
    roster: Mapped[Roster] = relationship()
    legs: Mapped[list[SwapLeg]] = relationship(
        cascade="all, delete-orphan", order_by="SwapLeg.id", lazy="selectin", back_populates="swap"
    )
    parties: Mapped[list[SwapParty]] = relationship(
        cascade="all, delete-orphan", order_by="SwapParty.id", lazy="selectin"
    )


class SwapLeg(Table):
    """One duty within a swap. A duty can be in many offers, and in one match alone."""

    __tablename__ = "swap_legs"
    __table_args__ = (
        Index("uq_swap_legs_duty", "duty_id", unique=True, postgresql_where=text("bound"), sqlite_where=text("bound")),
        Index("uq_swap_legs_post", "post_id", unique=True, postgresql_where=text("bound"), sqlite_where=text("bound")),
    )

    id: Mapped[Key]
    swap_id: Mapped[int] = mapped_column(ForeignKey("swaps.id"), index=True)
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duties.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    """The post on the board that it answers."""
    duty: Mapped[list[Any]] = mapped_column(Json)
    """The row of the duty as its giver has it; of nobody, where the duty is open."""
    taker_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    split: Mapped[list[str] | None] = mapped_column(JsonOrNull)
    """Codes of the shifts that are kept and passed on."""
    bound: Mapped[bool] = mapped_column(default=False)
    """Whether all agreed and it waits for a decision."""
    swap: Mapped[Swap] = relationship(back_populates="legs")
    taker: Mapped[Person] = relationship(lazy="joined")


class SwapParty(Table):
    """Somebody whose roster a swap changes, and what he said."""

    __tablename__ = "swap_parties"
    __table_args__ = (UniqueConstraint("swap_id", "person_id"),)

    id: Mapped[Key]
    swap_id: Mapped[int] = mapped_column(ForeignKey("swaps.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    counts: Mapped[bool] = mapped_column(default=True)
    """Whether it is one of the person's swaps of the month; a claim of an open duty is not."""
    answer: Mapped[str] = mapped_column(String(8), default="")
    """`take`, `decline`, `later`; empty: not yet."""
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[Instant | None]
    person: Mapped[Person] = relationship(lazy="joined")
