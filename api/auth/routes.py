"""One's own log-in: coming in, going out, password, second factor, sessions and tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import delete, select

from api.auth import factors
from api.auth.caller import Caller
from api.auth.forms import (
    FactorCode,
    Me,
    NewFactor,
    NewPassword,
    NewToken,
    SessionShown,
    SignIn,
    TokenShown,
    me_shown,
)
from api.auth.passwords import hash_password, matches, refuse_weak
from api.auth.secrets import hashed, new_secret
from api.auth.sessions import Credentials, caller_of_cookie, end_all, sign_in, sign_in_by_claims, sign_out
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import (
    OPEN,
    CallerNow,
    ServiceNow,
    address_of,
    cookie_name,
    known_by_cookie,
    refuse_cross_site,
    whence_of,
)
from api.http.known import ANY_QUERY
from api.http.paging import Page
from api.http.paths import Id
from api.http.problems import Problem, declared
from api.service import Service
from api.store import tables as t
from api.store.store import Work

router = APIRouter(tags=["log-in"])
ON_ITS_WAY = "paiban-oidc"
"""The cookie that a browser carries to the identity provider and back."""


@router.post(
    "/session",
    status_code=201,
    responses=declared("wrong-credentials", "second-factor-needed", "too-many"),
    openapi_extra=OPEN,
)
def open_session(body: SignIn, request: Request, response: Response, service: ServiceNow) -> Me:
    """Sign in; the answer sets the cookie."""
    refuse_cross_site(request)
    service.limiter.count(f"sign-in/{address_of(request, service)}")
    shown = Credentials(body.login, body.password.get_secret_value(), body.code)
    secret = sign_in(service, shown, whence_of(request, service))
    set_cookie(response, service, secret)
    caller = caller_of_cookie(service, secret, request.state.request_id)
    if caller is None:
        raise Problem("not-signed-in")
    return _me(caller, service)


@router.get("/oidc/start", status_code=302, response_class=RedirectResponse, responses={302: {}}, openapi_extra=OPEN)
def start_oidc(service: ServiceNow, request: Request) -> Response:
    """Go to the identity provider to sign in."""
    _refuse_without_provider(service)
    service.limiter.count(f"sign-in/{address_of(request, service)}")
    begun = service.provider.begin(_callback(service))
    answer = RedirectResponse(begun.address, 302)
    answer.set_cookie(
        ON_ITS_WAY, begun.sealed, max_age=600, httponly=True, samesite="lax", secure=service.settings.secure
    )
    return answer


@router.get(
    "/oidc/callback",
    status_code=303,
    response_class=RedirectResponse,
    responses=declared("wrong-credentials"),
    openapi_extra={**OPEN, ANY_QUERY: True},
)
def finish_oidc(
    service: ServiceNow,
    request: Request,
    state: Annotated[str, Query(max_length=2000)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Come back from the identity provider; the answer sets the cookie of a session."""
    _refuse_without_provider(service)
    service.limiter.count(f"sign-in/{address_of(request, service)}")
    sealed = request.cookies.get(ON_ITS_WAY, "")
    claims = service.provider.finish(_callback(service), {"state": state, "code": code}, sealed)
    secret = sign_in_by_claims(service, claims, whence_of(request, service))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(ON_ITS_WAY)
    set_cookie(answer, service, secret)
    return answer


@router.get("/session", openapi_extra=OPEN)
def show_session(request: Request, service: ServiceNow) -> Me | None:
    """Who is signed in by the cookie; null: nobody is."""
    service.limiter.count(f"address/{address_of(request, service)}")
    caller = known_by_cookie(request, service)
    return _me(caller, service) if caller else None


@router.delete("/session", status_code=204)
def close_session(caller: CallerNow, service: ServiceNow) -> Response:
    """Sign out; browsers forget what they kept."""
    if caller.session_id is not None:
        with service.store.writing(caller.actor) as work:
            sign_out(work, caller.session_id)
    answer = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    answer.delete_cookie(cookie_name(service), path="/", secure=service.settings.secure, httponly=True, samesite="lax")
    return answer


@router.get("/me")
def show_me(caller: CallerNow, service: ServiceNow) -> Me:
    """Who is signed in, and as what."""
    return _me(caller, service)


@router.put("/me/password", status_code=204, responses=declared("wrong-credentials"))
def change_password(body: NewPassword, caller: CallerNow, service: ServiceNow) -> Response:
    """Change one's password; all other sessions end."""
    old, new = body.old.get_secret_value(), body.new.get_secret_value()
    with service.store.reading() as session:
        kept = session.get_one(t.Account, caller.account_id).password_hash
    if not matches(kept, old):
        raise Problem("wrong-credentials")
    refuse_weak(new, caller.login, caller.name)
    fresh = hash_password(new)
    with service.store.writing(caller.actor) as work:
        account = work.session.get_one(t.Account, caller.account_id)
        account.password_hash, account.must_change = fresh, False
        end_all(work, caller.account_id, but=caller.session_id)
        work.did("password.changed", f"account/{caller.account_id}")
    return Response(status_code=204)


@router.post("/me/second-factor", status_code=201)
def begin_second_factor(caller: CallerNow, service: ServiceNow) -> NewFactor:
    """A new secret for an authenticator; it holds once a code confirmed it."""
    with service.store.writing(caller.actor) as work:
        account = work.session.get_one(t.Account, caller.account_id)
        if account.second_confirmed:
            raise Problem("conflict")
        secret = factors.begin(account, service.factors)
    return NewFactor(secret=secret, address=factors.address(secret, caller.login))


@router.put("/me/second-factor", status_code=204, responses=declared("wrong-credentials"))
def confirm_second_factor(body: FactorCode, caller: CallerNow, service: ServiceNow) -> Response:
    """Confirm the second factor by its first code; this session counts as shown from now on."""
    with service.store.writing(caller.actor) as work:
        account = work.session.get_one(t.Account, caller.account_id)
        right = factors.accept(account, body.code, service.factors, work.now)
        if right:
            account.second_confirmed = True
            _mark_shown(work, caller)
            work.did("second-factor.confirmed", f"account/{account.id}")
    if not right:
        raise Problem("wrong-credentials")
    return Response(status_code=204)


@router.get("/me/sessions")
def list_sessions(caller: CallerNow, service: ServiceNow) -> Page[SessionShown]:
    """One's own sessions."""
    with service.store.reading() as session:
        asked = select(t.Session).where(t.Session.account_id == caller.account_id).order_by(t.Session.id)
        return Page(items=[_session_shown(found, caller) for found in session.scalars(asked)])


@router.delete("/me/sessions/{session_id}", status_code=204)
def end_session(session_id: Id, caller: CallerNow, service: ServiceNow) -> Response:
    """End one of one's own sessions."""
    with service.store.writing(caller.actor) as work:
        mine = work.session.get(t.Session, session_id)
        if mine is None or mine.account_id != caller.account_id:
            raise Problem("not-found")
        sign_out(work, session_id)
    return Response(status_code=204)


@router.get("/me/tokens")
def list_tokens(caller: CallerNow, service: ServiceNow) -> Page[TokenShown]:
    """One's own tokens, without their secrets."""
    with service.store.reading() as session:
        asked = select(t.Token).where(t.Token.account_id == caller.account_id).order_by(t.Token.id)
        return Page(items=[_token_shown(found) for found in session.scalars(asked)])


@router.post("/me/tokens", status_code=201, response_model=TokenShown)
def make_token(body: NewToken, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """A new token for programs; its secret is told this once. Tokens cannot make tokens."""
    if caller.session_id is None or caller.waits_for:
        raise Problem("forbidden")
    secret = new_secret("pb_")

    def do(work: Work) -> Answer:
        token = t.Token(
            secret_hash=hashed(secret),
            account_id=caller.account_id,
            name=body.name,
            scopes=sorted(set(body.scopes)),
            created_at=work.now,
            expires_at=None if body.days is None else work.now + timedelta(days=body.days),
        )
        work.session.add(token)
        work.session.flush()
        work.did("token.made", f"token/{token.id}", None, name=body.name, scopes=token.scopes)
        return Answer(_token_shown(token, secret), 201, location=f"/api/v1/me/tokens/{token.id}")

    return answered(service.store, caller, asked, do)


@router.delete("/me/tokens/{token_id}", status_code=204)
def revoke_token(token_id: Id, caller: CallerNow, service: ServiceNow) -> Response:
    """Take a token away; it ends at once."""
    with service.store.writing(caller.actor) as work:
        mine = delete(t.Token).where(t.Token.id == token_id, t.Token.account_id == caller.account_id)
        if work.session.scalar(mine.returning(t.Token.id)) is None:
            raise Problem("not-found")
        work.did("token.revoked", f"token/{token_id}")
    return Response(status_code=204)


def set_cookie(response: Response, service: Service, secret: str) -> None:
    """Hand a session's secret to a browser."""
    settings = service.settings
    response.set_cookie(
        cookie_name(service),
        secret,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )


def _callback(service: Service) -> str:
    return f"{service.settings.public_url.rstrip('/')}/api/v1/oidc/callback"


def _refuse_without_provider(service: Service) -> None:
    if not service.settings.oidc_issuer:
        raise Problem("not-found")


def _me(caller: Caller, service: Service) -> Me:
    with service.store.reading() as session:
        granted = {grant.site_id for grant in caller.grants if grant.site_id is not None}
        codes = {site.id: site.code for site in session.scalars(select(t.Site).where(t.Site.id.in_(granted)))}
        return me_shown(caller, session.get_one(t.Account, caller.account_id), codes)


def _mark_shown(work: Work, caller: Caller) -> None:
    session = work.session.get(t.Session, caller.session_id) if caller.session_id else None
    if session:
        session.second = True


def _session_shown(found: t.Session, caller: Caller) -> SessionShown:
    return SessionShown(
        id=found.id,
        created_at=found.created_at,
        seen_at=found.seen_at,
        address=found.address,
        device=found.device,
        this=found.id == caller.session_id,
    )


def _token_shown(found: t.Token, secret: str | None = None) -> TokenShown:
    return TokenShown(
        id=found.id,
        name=found.name,
        scopes=found.scopes,
        created_at=found.created_at,
        expires_at=found.expires_at,
        used_at=found.used_at,
        secret=secret,
    )
