"""The built web client: its page for every address that it knows, its files, and a policy without exceptions."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, HTMLResponse

from api.http.faults import LanguageNow
from api.http.problems import Problem
from domain.language import Language

router = APIRouter(include_in_schema=False)
BUILT: Final = Path(__file__).parent / "client"
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
Name = Annotated[str, PathPart(pattern=r"^\w[\w.-]*$")]
FOR_EVER: Final = "public, max-age=31536000, immutable"
"""Names of files under `assets/` change with what is in them."""
EACH_TIME: Final = "no-cache"
AREAS: Final = ("sites", "me", "cycle", "inbox", "accounts", "sign-in")
"""What addresses of the client begin with; they are told apart in `web/src/app/app.tsx` and `desk.tsx`."""


def client_page(language: Language) -> Response:
    """The page of the client; the same for every address."""
    page = BUILT / "index.html"
    if not page.exists():
        return HTMLResponse(_missing(language), 503, {"Cache-Control": "no-store"})
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": EACH_TIME}
    return HTMLResponse(page.read_text(encoding="utf-8"), headers=headers)


@router.get("/assets/{name}")
def asset(name: Name, request: Request) -> Response:
    """A script, a style or a picture of the client."""
    return _file(BUILT / "assets" / name, FOR_EVER, request)


@router.get("/{name}")
def file_beside(name: Name, request: Request, language: LanguageNow) -> Response:
    """What lies beside the page: its icons, its manifest, its service worker."""
    return client_page(language) if name in AREAS else _file(BUILT / name, EACH_TIME, request)


@router.get("/{area}/{_:path}")
def page(area: str, language: LanguageNow) -> Response:
    """The page, for every address of the client."""
    if area not in AREAS:
        raise Problem("not-found")
    return client_page(language)


def _file(file: Path, cache: str, request: Request) -> Response:
    """A file, packed where the browser takes it so."""
    if not file.is_file():
        raise Problem("not-found")
    headers = {"Cache-Control": cache, "Content-Security-Policy": POLICY, "Vary": "Accept-Encoding"}
    packed = file.with_name(f"{file.name}.gz")
    if "gzip" in request.headers.get("accept-encoding", "") and packed.is_file():
        kind = mimetypes.guess_type(file.name)[0]
        return FileResponse(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=kind)
    return FileResponse(file, headers=headers)


def _missing(language: Language) -> str:
    zh, en = "网页客户端尚未构建, 请运行 make setup。", "The web client is not built: make setup."
    return f"<!doctype html><meta charset=utf-8><p>{zh if language is Language.ZH else en}"
