"""Finished plans over HTTP, read only; a feed address works in any calendar client that reaches this machine."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

REPORT = "report.html"
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def create_app(folder: Path) -> FastAPI:
    """Every plan below the folder by its path."""
    app = FastAPI(title="Paiban", docs_url=None, redoc_url=None)
    root = folder.resolve()

    @app.exception_handler(StarletteHTTPException)
    def problem(request: Request, fault: StarletteHTTPException) -> JSONResponse:
        """Any fault as an RFC 9457 problem."""
        facts = {
            "type": "about:blank",
            "title": str(fault.detail),
            "status": fault.status_code,
            "instance": request.url.path,
        }
        return JSONResponse(facts, fault.status_code, media_type="application/problem+json", headers=fault.headers)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "ok"}

    @app.get("/api/v1/plans")
    def plans() -> dict[str, list[str]]:
        """The plans that can be shown."""
        return {"items": _plans(root)}

    @app.get("/", response_class=HTMLResponse)
    def index() -> HTMLResponse:
        """A list of links."""
        items = "".join(f'<li><a href="/plans/{name}/{REPORT}">{name}</a></li>' for name in _plans(root))
        page = f'<!doctype html><meta charset="utf-8"><title>Paiban 排班</title><h1>Paiban 排班</h1><ul>{items}</ul>'
        return HTMLResponse(page, headers=_page_headers())

    @app.get("/plans/{plan:path}/report.html", response_class=HTMLResponse)
    def report(plan: str) -> HTMLResponse:
        """The report of a plan."""
        return HTMLResponse(_file(root, plan, REPORT).read_text(encoding="utf-8"), headers=_page_headers())

    @app.api_route("/plans/{plan:path}/feeds/{person}.ics", methods=["GET", "HEAD"])
    def calendar(plan: str, person: str, if_none_match: Annotated[str | None, Header()] = None) -> Response:
        """One person's calendar; unchanged ones are not sent again."""
        body = _file(root, plan, f"feeds/{person}.ics").read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {**HEADERS, "ETag": tag, "Cache-Control": "private, no-cache"}
        if if_none_match and (if_none_match.strip() == "*" or tag in if_none_match):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)

    return app


def _plans(root: Path) -> list[str]:
    return sorted(found.parent.relative_to(root).as_posix() for found in root.rglob(REPORT) if found.parent != root)


def _file(root: Path, plan: str, name: str) -> Path:
    """A file of a listed plan; nothing outside the folder can be named."""
    try:
        path = (root / plan / name).resolve()
        found = path.is_relative_to(root / plan) and plan in _plans(root) and path.is_file()
    except (ValueError, OSError):
        found = False
    if not found:
        raise HTTPException(404, "Not Found")
    return path


def _page_headers() -> dict[str, str]:
    return {**HEADERS, "Content-Security-Policy": PAGE_POLICY}
