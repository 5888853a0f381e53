"""The people of a site: contract, certificates, and what protects them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables.base import Counted, Table
from api.store.tables.group import Site, Team
from api.store.types import Facts, Instant, Key, Month


class Person(Counted, Table):
    """Somebody who can be rostered; his number is his id in rosters and files."""

    __tablename__ = "people"
    __table_args__ = (Index(None, "site_id", "name", "id"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    number: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    contract: Mapped[str] = mapped_column(String(64))
    """The id of a contract in the plan of the site."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    joined_on: Mapped[date | None] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[Instant]
    site: Mapped[Site] = relationship()
    team: Mapped[Team | None] = relationship()
    certificates: Mapped[list[Certificate]] = relationship(
        cascade="all, delete-orphan", order_by="Certificate.id", lazy="selectin"
    )
    protections: Mapped[list[Protection]] = relationship(cascade="all, delete-orphan", order_by="Protection.id")

    @property
    def team_name(self) -> str:
        """The name of the team; empty: none."""
        return self.team.name if self.team else ""


class Certificate(Table):
    """The right to do a kind of work, from a day to a day; open where there is none."""

    __tablename__ = "certificates"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    skill: Mapped[str] = mapped_column(String(64))
    first: Mapped[date | None] = mapped_column(Date)
    last: Mapped[date | None] = mapped_column(Date, index=True)


class Protection(Table):
    """A due date or the birth of a child: the rules need the day, and nobody else sees it."""

    __tablename__ = "protections"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    born: Mapped[bool] = mapped_column(Boolean)
    """False: the day is the due date."""
    day: Mapped[date] = mapped_column(Date)


class Opening(Table):
    """What a person brings into a month: burdens above the share, hours of the averaging period."""

    __tablename__ = "openings"
    __table_args__ = (UniqueConstraint("person_id", "month"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    month: Mapped[Month]
    burdens: Mapped[Facts]
    paid_minutes: Mapped[int] = mapped_column(Integer, default=0)
    owed_minutes: Mapped[int] = mapped_column(Integer, default=0)


class Attendance(Table):
    """What really happened with a duty: when somebody came and went, and how it is marked (S7, S18)."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    came_at: Mapped[Instant | None]
    left_at: Mapped[Instant | None]
    mark: Mapped[str] = mapped_column(String(16))
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Whose duty was worked without approval."""
    excuse: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    marked_at: Mapped[Instant]
