"""Rosters: the draft that is worked on, published versions that never change, and the duties in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from api.store.tables.base import Table
from api.store.tables.group import Site, SitePlan
from api.store.types import Facts, Instant, Json, JsonOrNull, Key, Month


class Roster(Table):
    """A site's month: its draft, and which version is in force."""

    __tablename__ = "rosters"
    __table_args__ = (UniqueConstraint("site_id", "month"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    month: Mapped[Month]
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Of the draft; each edit counts."""
    draft: Mapped[list[list[Any]]] = deferred(mapped_column(Json))
    """Rows `[day, person, shift, work, [breaks]]`, in order."""
    pins: Mapped[list[list[Any]]] = mapped_column(Json)
    """Cells that the solver must keep: `[person, day, shift or null]`."""
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirements.id"))
    published: Mapped[int | None] = mapped_column(Integer)
    """The number of the version in force."""
    versions: Mapped[int] = mapped_column(Integer, default=0)
    """How many there have been."""
    planned: Mapped[dict[str, Any] | None] = mapped_column(JsonOrNull)
    """A publication asked for later: when, of which revision, with which note and waivers, by whom."""
    changed_at: Mapped[Instant]
    site: Mapped[Site] = relationship()


class RosterVersion(Table):
    """What was in force from a moment on: duties, changes against the version before, and the proof. Never changed."""

    __tablename__ = "roster_versions"
    __table_args__ = (UniqueConstraint("roster_id", "number"),)

    id: Mapped[Key]
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    """`publication`, `change` (a swap, a same-day move), `withdrawal` (nothing in force), `import`."""
    plan_id: Mapped[int] = mapped_column(ForeignKey("site_plans.id"))
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirements.id"))
    duties: Mapped[list[list[Any]] | None] = deferred(mapped_column(JsonOrNull))
    """All of them; null for a `change`, which tells its changes alone."""
    changes: Mapped[list[dict[str, Any]]] = deferred(mapped_column(Json))
    certificate: Mapped[Facts]
    score: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(String(500), default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    roster: Mapped[Roster] = relationship()
    plan: Mapped[SitePlan] = relationship()


class Duty(Table):
    """A duty in force. Past ones stay; a new version replaces those it changes."""

    __tablename__ = "duties"
    __table_args__ = (
        Index(None, "site_id", "day"),
        Index(None, "person_id", "day"),
    )

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date] = mapped_column(Date)
    shift: Mapped[str] = mapped_column(String(8))
    work: Mapped[str] = mapped_column(String(64))
    breaks: Mapped[list[int]] = mapped_column(Json)
    start_at: Mapped[Instant]
    end_at: Mapped[Instant]
    state: Mapped[str] = mapped_column(String(16), default="active")
    """`active`; `cancelled`, so that calendars can be told; `moving` while people exchange duties at once."""
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    """How often it changed since it was first published."""
    changed_at: Mapped[Instant]


class Candidate(Table):
    """A roster that a job found, on the way or at its end; the draft can be taken from it."""

    __tablename__ = "candidates"
    __table_args__ = (Index(None, "roster_id", "id"), Index(None, "job_id"))

    id: Mapped[Key]
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    name: Mapped[dict[str, Any] | None] = mapped_column(JsonOrNull)
    figures: Mapped[dict[str, Any] | None] = mapped_column(JsonOrNull)
    duties: Mapped[list[list[Any]]] = deferred(mapped_column(Json))
    score: Mapped[int] = mapped_column(Integer)
    bound: Mapped[int | None] = mapped_column(Integer)
    clean: Mapped[bool]
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirements.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("site_plans.id"))
    made_at: Mapped[Instant]


class Receipt(Table):
    """That somebody has read a published version."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("version_id", "person_id"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("roster_versions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    read_at: Mapped[Instant]
