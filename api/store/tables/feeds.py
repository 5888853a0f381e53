"""Links to calendars: each of one account and one device, known by a hash."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Instant, Key


class Feed(Table):
    """A secret address at which a calendar can be read, and nothing else."""

    __tablename__ = "feeds"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    scope: Mapped[str] = mapped_column(String(8))
    """`own`, `team`, `site`."""
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
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
