"""Column types that mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts rows by itself in a column of type INTEGER alone."""
Json = JSON().with_variant(JSONB(), "postgresql")
JsonOrNull = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""None is no value, and not the JSON word `null`."""

Key = Annotated[int, mapped_column(BigKey, primary_key=True)]
Month = Annotated[str, mapped_column(String(7))]
"""`2026-12`."""
Words = Annotated[dict[str, str], mapped_column(Json)]
"""A text in both languages: `{"zh": …, "en": …}`."""
Facts = Annotated[dict[str, Any], mapped_column(Json)]


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values, is stored in UTC and comes back aware (SQLite drops zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Instant = Annotated[datetime, mapped_column(UtcDateTime)]
