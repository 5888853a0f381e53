"""What stands on the board beside the duties: notes on cells, and who is looking at it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Instant, Key


class CellNote(Table):
    """A word about somebody's day, for those who make the roster."""

    __tablename__ = "cell_notes"
    __table_args__ = (UniqueConstraint("roster_id", "person_id", "day"),)

    id: Mapped[Key]
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(String(500))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]


class Presence(Table):
    """Somebody before the board of a month, and the cell at which he is; forgotten soon after he left."""

    __tablename__ = "presences"
    __table_args__ = (UniqueConstraint("roster_id", "account_id"),)

    id: Mapped[Key]
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    agent: Mapped[str | None] = mapped_column(String(64))
    day: Mapped[date | None] = mapped_column(Date)
    seen_at: Mapped[Instant]
