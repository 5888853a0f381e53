"""Every fault that can leave a route, as a problem; nothing else ever goes out, least of all a trace."""

from __future__ import annotations

import logging
from typing import Annotated, Any, Final

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException as StarletteHTTPException

from api.http.known import methods_of
from api.http.language import preferred
from api.http.problems import KINDS, Problem, problem_response
from api.store.guards import NO_OVERLAP
from domain.faults import BadInput
from domain.language import Language, Refusal, plain

LOG: Final = logging.getLogger("paiban.http")
NOT_ALLOWED: Final = "method-not-allowed"
BY_STATUS: Final = {
    400: "bad-request",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: NOT_ALLOWED,
    413: "too-large",
    415: "unsupported-media-type",
}
AGAIN_SOON: Final = {"Retry-After": "2"}


def install(app: FastAPI) -> None:
    """Take over all faults of an app."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(StarletteHTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(NoConnection, _crowded)
    app.add_exception_handler(Exception, _unforeseen)


def language_of(request: Request) -> Language:
    """The language of who asks: his browser's, else that of his account."""
    caller = getattr(request.state, "caller", None)
    return preferred(request.headers.get("accept-language"), caller.language if caller else Language.ZH)


LanguageNow = Annotated[Language, Depends(language_of)]


def told(request: Request, problem: Problem) -> Response:
    """The answer that tells a problem to who asked."""
    return problem_response(problem, language_of(request), request.url.path)


def _problem(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Problem)  # noqa: S101 - registered for it
    return told(request, fault)


def _refusal(request: Request, fault: Exception) -> Response:
    """A value that cannot be; a fault in a file names its place."""
    assert isinstance(fault, Refusal)  # noqa: S101 - registered for it
    return told(request, refused(fault))


def refused(fault: Refusal) -> Problem:
    """The problem of a refusal."""
    if not isinstance(fault, BadInput):
        return Problem("invalid", fault.text)
    place = {"file": fault.file, "row": fault.row, "column": fault.column}
    error = {name: value for name, value in place.items() if value is not None}
    return Problem("invalid", fault.full, errors=[{**error, "detail": fault.text.en, "detail_zh": fault.text.zh}])


def _validation(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)  # noqa: S101 - registered for it
    return told(request, Problem("invalid", errors=[_error(error) for error in fault.errors()]))


def _error(error: dict[str, Any]) -> dict[str, Any]:
    where, *path = error["loc"]
    refusal = (error.get("ctx") or {}).get("error")
    detail = refusal.text.en if isinstance(refusal, Refusal) else error["msg"]
    if where == "body":
        return {"pointer": "#/" + "/".join(str(part) for part in path), "detail": detail}
    return {"parameter": ".".join(str(part) for part in path), "in": str(where), "detail": detail}


def _http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, StarletteHTTPException)  # noqa: S101 - registered for it
    code = BY_STATUS.get(fault.status_code, "internal" if fault.status_code >= 500 else "bad-request")
    text = plain(fault.detail) if fault.detail and KINDS[code].status == 400 else None
    headers = {"Allow": ", ".join(methods_of(request.app, request.url.path))} if code == NOT_ALLOWED else fault.headers
    return told(request, Problem(code, text, headers=headers))


def _database(request: Request, fault: Exception) -> Response:
    """What the database refused: a clash is the caller's, being away or busy is ours, and passes."""
    assert isinstance(fault, DBAPIError)  # noqa: S101 - registered for it
    words = str(fault.orig)
    if isinstance(fault, IntegrityError):
        return told(request, Problem("overlap" if NO_OVERLAP in words else "conflict"))
    if isinstance(fault, OperationalError) or "deadlock" in words or "serialize" in words:
        LOG.warning("database: %s", type(fault.orig).__name__)
        return told(request, Problem("busy", headers=AGAIN_SOON))
    if "NUL" in words or "0x00" in words:
        return told(request, Problem("invalid", plain("NUL")))
    return _unforeseen(request, fault)


def _crowded(request: Request, _: Exception) -> Response:
    """Every connection to the database was taken for too long."""
    LOG.warning("database: no connection free")
    return told(request, Problem("busy", headers=AGAIN_SOON))


def _unforeseen(request: Request, fault: Exception) -> Response:
    LOG.error("unforeseen", exc_info=fault, extra={"request": request.state.request_id})
    return told(request, Problem("internal", request=request.state.request_id))
