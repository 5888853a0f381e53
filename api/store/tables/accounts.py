"""Who may come in, and as what: accounts, roles, sessions, tokens, failed tries."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables.base import Counted, Table
from api.store.tables.group import Site
from api.store.tables.people import Person
from api.store.types import Instant, Json, Key


class Account(Counted, Table):
    """A log-in; most belong to a person of a site."""

    __tablename__ = "accounts"

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(64), unique=True)
    """Lower case."""
    name: Mapped[str] = mapped_column(String(100))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    """Argon2id; empty: this account comes in by OIDC alone."""
    subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    """`issuer|subject` of the identity provider."""
    second_factor: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The sealed secret of the one-time codes."""
    second_confirmed: Mapped[bool] = mapped_column(Boolean, default=False)
    last_code: Mapped[int] = mapped_column(Integer, default=0)
    """The time step of the last code, which counts once only."""
    language: Mapped[str] = mapped_column(String(8), default="zh-CN")
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    must_change: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[Instant]
    person: Mapped[Person | None] = relationship()
    roles: Mapped[list[RoleGrant]] = relationship(
        foreign_keys="RoleGrant.account_id", cascade="all, delete-orphan", lazy="selectin", order_by="RoleGrant.id"
    )


class RoleGrant(Table):
    """A role at a site; some may be held over the whole group."""

    __tablename__ = "role_grants"
    __table_args__ = (UniqueConstraint("account_id", "role", "site_id"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str] = mapped_column(String(16))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    granted_at: Mapped[Instant]
    site: Mapped[Site | None] = relationship()


class Session(Table):
    """A log-in that lasts: the cookie holds the secret, the store its hash."""

    __tablename__ = "sessions"

    id: Mapped[Key]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    second: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether a second factor was shown."""
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    address: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(200), default="")
    account: Mapped[Account] = relationship()


class Token(Table):
    """A personal token of the API: its hash, what it may do, and when it was used last."""

    __tablename__ = "tokens"

    id: Mapped[Key]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant | None]
    used_at: Mapped[Instant | None]
    account: Mapped[Account] = relationship()


class FailedTry(Table):
    """A log-in that failed, by what was tried and from where."""

    __tablename__ = "failed_tries"
    __table_args__ = (Index(None, "login", "at"), Index(None, "address", "at"))

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[Instant]
