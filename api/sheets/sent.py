"""A sheet as it is sent: the file, and how it is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Query

from api.http.forms import Line
from api.http.uploads import Upload, UploadNow


class Prefer(StrEnum):
    """Who is right about a cell that was changed in the file and here."""

    FILE = "file"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, and how it is to be read."""

    file: Upload
    key: str = ""
    """The name of a key that is remembered."""
    sheet: str | None = None
    """Of the workbook; None: the first with the days of the month."""
    prefer: Prefer | None = None


def _sent(
    file: UploadNow,
    key: Annotated[Line, Query(description="the name of a key that is remembered", max_length=100)] = "",
    sheet: Annotated[Line, Query(description="of the workbook; default: the first with the days of the month")] = "",
    prefer: Annotated[Prefer | None, Query(description="of cells changed on both sides; default: refuse")] = None,
) -> Sent:
    return Sent(file, key, sheet or None, prefer)


SentNow = Annotated[Sent, Depends(_sent)]
