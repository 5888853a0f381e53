"""Links to calendars: each of one account and one device, known by a hash."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Instant, Key


class Feed(Table):
    """A secret address at which a calendar can be read, and nothing else."""

    __tablename__ = "feeds"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    scope: Mapped[str] = mapped_column(String(8))
    """`own`, `team`, `site`, `role`."""
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    skill: Mapped[str | None] = mapped_column(String(64))
    """Of a role: the certificate that its holders have."""
    swaps: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether duties that one may get in an open swap are in it, as tentative."""
    name: Mapped[str] = mapped_column(String(100))
    """The device that it is for."""
    language: Mapped[str] = mapped_column(String(8))
    alarm: Mapped[int | None] = mapped_column(Integer)
    """Minutes before a duty."""
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    used_by: Mapped[str] = mapped_column(String(200), default="")
    """What the client calls itself."""
