"""Ways outside: people's channels, webhooks, and the box of what is on its way to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Counted, Table
from api.store.types import Instant, Json, Key


class Channel(Counted, Table):
    """A way to an account: a chat robot, or a browser that takes push."""

    __tablename__ = "channels"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
    address: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed: whoever has it can write there."""
    topics: Mapped[list[str]] = mapped_column(Json)
    """What is sent there; empty: everything."""
    state: Mapped[str] = mapped_column(String(8))
    """`active`, `failing`, `gone`."""
    made_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class NoticeSetting(Table):
    """When and how an account wants to be told; without a row, by mail and at any time."""

    __tablename__ = "notice_settings"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_until: Mapped[str | None] = mapped_column(String(5))
    mail: Mapped[bool] = mapped_column(Boolean)
    mail_topics: Mapped[list[str]] = mapped_column(Json)
    """Empty: everything."""


class Hook(Counted, Table):
    """An address that is told of events (Standard Webhooks)."""

    __tablename__ = "hooks"

    id: Mapped[Key]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    """Null: of the whole group."""
    name: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[list[str]] = mapped_column(Json)
    """Empty: all."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed."""
    old_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """It signs too, until its time is over."""
    old_until: Mapped[Instant | None]
    state: Mapped[str] = mapped_column(String(8))
    """`active`, `paused`, `stopped` (it failed too often), `gone` (it answered 410)."""
    failures: Mapped[int] = mapped_column(Integer, default=0)
    """Deliveries in a row that were given up."""
    seen: Mapped[int] = mapped_column(BigInteger)
    """The last entry of the log that was looked at for it."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]


class Delivery(Table):
    """Something on its way to one address; its name is stable however often it is tried."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("name"), Index(None, "state", "due_at"), Index(None, "hook_id", "id"))

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(80))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"))
    """Null with a notice: by mail."""
    hook_id: Mapped[int | None] = mapped_column(ForeignKey("hooks.id"))
    event: Mapped[str] = mapped_column(String(64), default="")
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of a hook: the very octets that are signed."""
    state: Mapped[str] = mapped_column(String(8))
    """`waiting`, `sent`, `failed`, `dropped`."""
    tries: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[Instant]
    status: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(200), default="")
    took_ms: Mapped[int | None] = mapped_column(Integer)
    made_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
