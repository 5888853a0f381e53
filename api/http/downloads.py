"""Files as answers: under a name in any script, kept by nobody on the way."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from fastapi import Response

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(content: bytes, name: str, headers: dict[str, str] | None = None) -> Response:
    """A file of this name, which tells its kind; old clients get its letters of ASCII."""
    stem, _, kind = name.rpartition(".")
    plain = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in stem) if stem.isascii() else "paiban"
    told = {
        "Content-Disposition": disposition("attachment", f'"{plain}.{kind}"', name),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, 200, {**told, **(headers or {})}, TYPES[kind])


def disposition(how: str, plain: str, name: str) -> str:
    """How a file is to be taken: `plain` for old clients, its own name for all others (RFC 6266)."""
    return f"{how}; filename={plain}; filename*=UTF-8''{quote(name)}"


def told_as(*kinds: str) -> dict[int | str, dict[str, object]]:
    """What OpenAPI is told of a route that answers with a file."""
    content = {TYPES[kind].partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {200: {"description": "the file", "content": content}}
