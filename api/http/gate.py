"""What every request passes first and every answer last: a name for the log, a cap on size, headers that protect."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.desk import new_request_id
from api.http.language import preferred
from api.http.problems import Problem, problem_response
from api.ops.counts import count

LOG: Final = logging.getLogger("paiban.access")
MEGABYTE: Final = 1024 * 1024
REQUEST_ID: Final = re.compile(r"[\w.-]{8,64}")
PROTECT: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
HSTS: Final = "max-age=31536000"
RawHeaders = Iterable[tuple[bytes, bytes]]


class Gate:
    """The outermost layer of the service."""

    def __init__(self, app: ASGIApp, largest: int, *, secure: bool) -> None:
        self._app, self._largest = app, largest
        defaults = {**PROTECT, "Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        defaults |= {"Strict-Transport-Security": HSTS} if secure else {}
        self._defaults = [(name.lower().encode(), value.encode()) for name, value in defaults.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        told = headers.get("x-request-id", "")
        request_id = told if REQUEST_ID.fullmatch(told) else new_request_id()
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = time.perf_counter(), 500

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._protected(message["headers"], request_id)
            await send(message)

        refused = self._refused(headers)
        if refused:
            answer = problem_response(refused, preferred(headers.get("accept-language")), scope["path"])
            await answer(scope, receive, guarded)
        else:
            await self._app(scope, self._counted(receive), guarded)
        self._log(scope, status, began)

    def _refused(self, headers: Headers) -> Problem | None:
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return Problem("bad-request")
        return Problem("too-large") if int(length) > self._largest else None

    def _counted(self, receive: Receive) -> Receive:
        """A body that does not tell its length is counted as it comes."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._largest:
                raise HTTPException(413)
            return message

        return counted

    def _protected(self, headers: RawHeaders, request_id: str) -> list[tuple[bytes, bytes]]:
        """The headers of an answer, with those that protect where it tells none of its own."""
        told = {name for name, _ in headers}
        named = (b"x-request-id", request_id.encode())
        return [*headers, *(pair for pair in self._defaults if pair[0] not in told), named]

    def _log(self, scope: Scope, status: int, began: float) -> None:
        """One line a request; of the path only the route, so that no secret in it is kept."""
        route = getattr(scope.get("route"), "path", "")
        seconds = time.perf_counter() - began
        count(scope["method"], route, status, seconds)
        state = scope["state"]
        caller = state.get("caller")
        facts = {"method": scope["method"], "route": route, "status": status, "ms": round(1000 * seconds, 1)}
        LOG.info("request", extra={**facts, "request": state["request_id"], "account": caller and caller.account_id})
