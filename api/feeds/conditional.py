"""Answers that a client may have already (RFC 9110 13): by tag, or by time where it sends none."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response


@dataclass(frozen=True, slots=True)
class Edition:
    """A body that need not be written to be known: its tag, and when it changed."""

    tag: str
    modified: datetime
    headers: dict[str, str]


def answer(request: Request, edition: Edition, body: Callable[[], bytes]) -> Response:
    """304 for who has it, else the body, packed for who takes it so; for HEAD its headers alone."""
    known = unchanged(request, edition)
    if known is not None:
        return known
    content, packed = body(), _packed(request)
    content = gzip.compress(content, 6, mtime=0) if packed else content
    headers = _headers(request, edition) | ({"Content-Encoding": "gzip"} if packed else {})
    headers["Content-Length"] = str(len(content))
    return Response(b"" if request.method == "HEAD" else content, headers=headers)


def unchanged(request: Request, edition: Edition) -> Response | None:
    """304 for who has this edition already."""
    headers = _headers(request, edition)
    return Response(status_code=304, headers=headers) if _has_it(request, edition, headers["ETag"]) else None


def _packed(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "").lower()


def _headers(request: Request, edition: Edition) -> dict[str, str]:
    """What every answer tells; the tag is another one for packed octets (RFC 9110 8.8.3.3)."""
    return {
        **edition.headers,
        "ETag": f'"{edition.tag}-gzip"' if _packed(request) else f'"{edition.tag}"',
        "Last-Modified": format_datetime(edition.modified.astimezone(UTC).replace(microsecond=0), usegmt=True),
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding",
    }


def _has_it(request: Request, edition: Edition, tag: str) -> bool:
    told = request.headers.get("if-none-match")
    if told is not None:  # If-Modified-Since does not count beside it (RFC 9110 13.1.3)
        known = [each.strip().removeprefix("W/") for each in told.split(",")]
        return "*" in known or tag in known
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return edition.modified.astimezone(UTC).replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
