"""The page of a link: one tap for each client, a QR code for the phone, and plain help. No script, no other host."""

from __future__ import annotations

import io
import secrets
from typing import Final

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from api.auth.secrets import hashed
from api.feeds.addresses import links_of
from api.feeds.source import source_behind
from api.http.desk import ServiceNow, address_of
from api.http.faults import LanguageNow
from api.http.problems import Problem
from domain.language import Language

router = APIRouter(include_in_schema=False)
TEMPLATES: Final = Environment(loader=PackageLoader("api.feeds"), autoescape=select_autoescape())


@router.get("/subscribe/{secret}", response_class=HTMLResponse)
def show_page(secret: str, request: Request, service: ServiceNow, language: LanguageNow) -> Response:
    """How to subscribe to the calendar behind a secret; whatever is wrong with it, there is no such page."""
    with service.store.reading() as session:
        source = source_behind(session, hashed(secret), service.store.now())
        name = source.name if source else ""
    if source is None:
        service.limiter.count(f"feed/{address_of(request, service)}")
        raise Problem("not-found")
    links, nonce = links_of(service.settings.public_url, secret, name), secrets.token_urlsafe(16)
    facts = {"links": links, "name": name, "zh": language is Language.ZH, "nonce": nonce, "code": _code(links.page)}
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; frame-ancestors 'none'; base-uri 'none'"
    headers = {"Content-Security-Policy": policy, "Content-Language": language.value}
    return HTMLResponse(TEMPLATES.get_template("subscribe.html").render(**facts), headers=headers)


def _code(address: str) -> Markup:
    """A QR code as a picture in the page."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=5, border=2, xmldecl=False, svgns=True, title="QR", light="#ffffff", dark="#1f2430"
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - made here, of an address made here
