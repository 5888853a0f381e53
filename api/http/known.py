"""What the contract knows of a request: the names that its query may have, and the methods of its path.

A name that is not known is refused: `?dryrun=true` must not pass for `?dry_run=true` (ASVS 15.3.3).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from fastapi import FastAPI, Request

from api.http.contract import operations
from api.http.problems import Problem
from domain.language import Text, plain

ANY_QUERY: Final = "x-any-query"
"""Marks an operation that must bear what it does not know, as RFC 6749 4.1.2 demands of a log-in that comes back."""


def refuse_unknown_query(request: Request) -> None:
    """Refuse a query that names what the operation does not take."""
    if not request.query_params:
        return
    taken = _queries(request.app)[request.scope["route"].name]
    unknown = [] if taken is None else sorted(set(request.query_params) - taken)
    if unknown:
        words = Text("未知的查询参数: {names}", "the query names what is not known: {names}")
        errors = [{"parameter": name, "in": "query", "detail": "not known"} for name in unknown]
        raise Problem("invalid", words.filled(names=plain(", ".join(unknown))), errors=errors)


def methods_of(app: FastAPI, path: str) -> list[str]:
    """The methods that the contract offers at a path."""
    found = (method.upper() for pattern, method in _patterns(app) if pattern.fullmatch(path))
    return sorted(set(found))


@lru_cache(maxsize=8)
def _queries(app: FastAPI) -> dict[str, frozenset[str] | None]:
    """The names that each operation takes; None: whatever comes."""
    return {operation["operationId"]: _named(operation) for _, _, operation in operations(app.openapi())}


def _named(operation: dict[str, Any]) -> frozenset[str] | None:
    if operation.get(ANY_QUERY):
        return None
    return frozenset(each["name"] for each in operation.get("parameters", ()) if each["in"] == "query")


@lru_cache(maxsize=8)
def _patterns(app: FastAPI) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(_pattern(path)), method) for path, method, _ in operations(app.openapi())]


def _pattern(path: str) -> str:
    return "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"({\w+})", path))
