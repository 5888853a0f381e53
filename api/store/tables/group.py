"""The group, its sites, and what each site says of itself, version by version."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables.base import Counted, Table
from api.store.types import Facts, Instant, Key, Words


class Group(Table):
    """The company: one a store."""

    __tablename__ = "groups"

    id: Mapped[Key]
    name: Mapped[Words]
    created_at: Mapped[Instant]


class Site(Counted, Table):
    """A project company with its hotline. What it says of itself lies in its newest plan."""

    __tablename__ = "sites"

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Words]
    zone: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(8))
    households: Mapped[int] = mapped_column(Integer)
    lines: Mapped[int | None] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[Instant]
    plans: Mapped[list[SitePlan]] = relationship(order_by="SitePlan.number", back_populates="site")


class SitePlan(Table):
    """One version of works, shift types, contracts, targets, rules and cycle; never changed, rosters name theirs."""

    __tablename__ = "site_plans"
    __table_args__ = (UniqueConstraint("site_id", "number"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    number: Mapped[int] = mapped_column(Integer)
    document: Mapped[Facts]
    """As `api.files.site_form.SiteFile` reads it."""
    note: Mapped[str] = mapped_column(String(500), default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    site: Mapped[Site] = relationship(back_populates="plans")


class Team(Counted, Table):
    """Some people of a site, with the one who leads them."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str] = mapped_column(String(64))


class SpecialDay(Table):
    """Days over the calendar of the country: of one site, or of all."""

    __tablename__ = "special_days"
    __table_args__ = (Index(None, "site_id", "first"),)

    id: Mapped[Key]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
