"""Answers that a client may have already (RFC 9110 13): by tag, or by time where it sends none."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property

from fastapi import Request, Response


@dataclass(frozen=True)
class Edition:
    """A body that need not be written to be known: its tag, and when it changed."""

    tag: str
    modified: datetime
    headers: dict[str, str]

    @cached_property
    def plain(self) -> dict[str, str]:
        """What every answer tells."""
        modified = format_datetime(self.modified.astimezone(UTC).replace(microsecond=0), usegmt=True)
        told = {"Last-Modified": modified, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
        return {**self.headers, **told, "ETag": f'"{self.tag}"'}

    @cached_property
    def packed(self) -> dict[str, str]:
        """The same for packed octets, which have a tag of their own (RFC 9110 8.8.3.3)."""
        return {**self.plain, "ETag": f'"{self.tag}-gzip"'}


def answer(request: Request, edition: Edition, body: Callable[[], bytes]) -> Response:
    """304 for who has it, else the body, packed for who takes it so; for HEAD its headers alone."""
    known = unchanged(request, edition)
    if known is not None:
        return known
    content, packed = body(), _packed(request)
    content = gzip.compress(content, 6, mtime=0) if packed else content
    headers = {**_headers(request, edition), "Content-Length": str(len(content))}
    headers |= {"Content-Encoding": "gzip"} if packed else {}
    return Response(b"" if request.method == "HEAD" else content, headers=headers)


def unchanged(request: Request, edition: Edition) -> Response | None:
    """304 for who has this edition already."""
    headers = _headers(request, edition)
    return Response(status_code=304, headers=headers) if _has_it(request, edition, headers["ETag"]) else None


def _packed(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "").lower()


def _headers(request: Request, edition: Edition) -> dict[str, str]:
    return edition.packed if _packed(request) else edition.plain


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
