"""The first page: creating the group in an empty service by a plain form without script, afterwards the client."""

from __future__ import annotations

import secrets
from typing import Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, select_autoescape
from pydantic import SecretStr, ValidationError
from sqlalchemy import select

from api.auth.routes import set_cookie
from api.files.parts import WordsForm
from api.front.client import client_page
from api.group.forms import SetUp
from api.group.setup import found_group
from api.http.asked import AskedNow
from api.http.desk import ServiceNow, refuse_cross_site, whence_of
from api.http.faults import LanguageNow
from api.http.problems import Problem
from api.store import tables as t
from domain.language import Language, Refusal

router = APIRouter(include_in_schema=False)
TEMPLATES: Final = Environment(loader=PackageLoader("api.front"), autoescape=select_autoescape())
FIELDS: Final = ("group", "name", "login", "password")


@router.get("/", response_class=HTMLResponse)
def home(service: ServiceNow, language: LanguageNow) -> Response:
    """Lead the first visitor through creating the group; afterwards the client."""
    with service.store.reading() as session:
        group = session.scalars(select(t.Group)).one_or_none()
    if group is None:
        return _page("setup.html", language, given=dict.fromkeys(FIELDS, ""))
    return client_page(language)


@router.post("/setup", response_class=HTMLResponse)
def create(request: Request, service: ServiceNow, language: LanguageNow, asked: AskedNow) -> Response:
    """Create the group from the form; what is wrong with it is told on it."""
    refuse_cross_site(request)
    told = parse_qs(asked.body.decode("utf-8", "replace"), keep_blank_values=True)
    given = {name: told.get(name, [""])[0] for name in FIELDS}
    try:
        body = SetUp(
            group=WordsForm(zh=given["group"], en=given["group"]),
            login=given["login"],
            name=given["name"],
            password=SecretStr(given["password"]),
        )
        secret = found_group(service, body, whence_of(request, service))
    except ValidationError as error:
        return _page("setup.html", language, status=422, given=given, fault=error.errors()[0]["msg"])
    except Refusal as refusal:
        return _page("setup.html", language, status=422, given=given, fault=refusal.text.said(language))
    except Problem as problem:
        if problem.kind.code != "conflict":
            raise
        return RedirectResponse("/", 303)
    answer = RedirectResponse("/", 303)
    set_cookie(answer, service, secret)
    return answer


def _page(name: str, language: Language, *, status: int = 200, **facts: object) -> HTMLResponse:
    nonce = secrets.token_urlsafe(16)
    words = TEMPLATES.get_template(name).render(zh=language is Language.ZH, nonce=nonce, **facts)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return HTMLResponse(words, status, {"Content-Security-Policy": policy, "Content-Language": language.value})
