"""How foreign sheets are read at a site, as it was told once."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Table
from api.store.types import Facts, Instant, Key


class SheetKey(Table):
    """What the codes of a kind of sheet mean, and whom its names mean."""

    __tablename__ = "sheet_keys"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str] = mapped_column(String(100))
    content: Mapped[Facts]
    revision: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[Instant]
