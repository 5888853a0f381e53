"""What the contract knows of a request: the names that its query may have, and the methods of its path.

A name that is not known is refused: `?dryrun=true` must not pass for `?dry_run=true` (ASVS 15.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Route

from api.http.contract import operations
from api.http.problems import Problem
from domain.language import Text, plain

ANY_QUERY: Final = "x-any-query"
"""Marks an operation that must bear what it does not know, as RFC 6749 4.1.2 demands of a log-in that comes back."""


def refuse_unknown_query(request: Request) -> None:
    """Refuse a query that names what the operation does not take."""
    if not request.query_params:
        return
    taken = _taken(request.scope["route"])
    unknown = [] if taken is None else sorted(set(request.query_params) - taken)
    if unknown:
        words = Text("未知的查询参数: {names}", "the query names what is not known: {names}")
        errors = [{"parameter": name, "in": "query", "detail": "not known"} for name in unknown]
        raise Problem("invalid", words.filled(names=plain(", ".join(unknown))), errors=errors)


def methods_of(app: FastAPI, path: str) -> list[str]:
    """The methods that are offered at a path; a literal path goes before one with a name in it."""
    plain_routes = [route for route in app.routes if type(route) is Route and route.path_regex.fullmatch(path)]
    if plain_routes:
        return sorted(plain_routes[0].methods or ())
    found = [(loose, method.upper()) for loose, pattern, method in _patterns(app) if pattern.fullmatch(path)]
    closest = min((loose for loose, _ in found), default=0)
    return sorted({method for loose, method in found if loose == closest})


def _taken(route: APIRoute) -> frozenset[str] | None:
    """The names that an operation takes; None: whatever comes."""
    if (route.openapi_extra or {}).get(ANY_QUERY):
        return None
    return frozenset(_named(route.dependant))


def _named(dependant: Dependant) -> Iterator[str]:
    """The names of the query that a route and what it depends on take."""
    yield from (field.alias for field in dependant.query_params)
    for further in dependant.dependencies:
        yield from _named(further)


@lru_cache(maxsize=8)
def _patterns(app: FastAPI) -> list[tuple[int, re.Pattern[str], str]]:
    """How many names a path has, what it matches, and the method."""
    return [(path.count("{"), re.compile(_pattern(path)), method) for path, method, _ in operations(app.openapi())]


def _pattern(path: str) -> str:
    return "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"({\w+})", path))
