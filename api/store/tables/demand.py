"""Calls that came, calls foreseen, and the people they need."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from api.store.tables.base import Table
from api.store.types import Facts, Instant, Key, Month


class CallBatch(Table):
    """Call records of one import as they were read, packed; the same content is taken once (decision 17)."""

    __tablename__ = "call_batches"
    __table_args__ = (UniqueConstraint("site_id", "sha256"), Index(None, "site_id", "last"))

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    rows: Mapped[int] = mapped_column(Integer)
    calls: Mapped[int] = mapped_column(Integer)
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    per_call: Mapped[bool] = mapped_column(Boolean)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    """Gzipped CSV: queue, start (UTC), calls, handle_s, wait_s, answered, call_id."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]


class Forecast(Table):
    """One version of the model's own numbers for a month; never changed."""

    __tablename__ = "forecasts"
    __table_args__ = (UniqueConstraint("site_id", "month", "number"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    month: Mapped[Month]
    number: Mapped[int] = mapped_column(Integer)
    interval: Mapped[int] = mapped_column(Integer)
    facts: Mapped[Facts]
    """Calls by queue, notices, weights of the models, ties of the errors."""
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    """Gzipped CSV, as `paiban forecast` writes it."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]


class Layer(Table):
    """A scheduler's own change over the forecast of a month; taken away by a mark, never overwritten."""

    __tablename__ = "layers"
    __table_args__ = (Index(None, "site_id", "month"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    month: Mapped[Month]
    name: Mapped[str] = mapped_column(String(100))
    facts: Mapped[Facts]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
    removed_at: Mapped[Instant | None]


class Requirement(Table):
    """People needed per interval and work in a month: one version, from a forecast or from a file."""

    __tablename__ = "requirements"
    __table_args__ = (UniqueConstraint("site_id", "month", "number"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    month: Mapped[Month]
    number: Mapped[int] = mapped_column(Integer)
    forecast_id: Mapped[int | None] = mapped_column(ForeignKey("forecasts.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("site_plans.id"))
    person_minutes: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    """Gzipped CSV, as `paiban staff` writes it."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]
