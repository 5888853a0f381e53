"""Who asks, and where: dependencies that every route names, so that none is open by mistake."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Path, Request
from sqlalchemy import ColumnElement, select

from api.auth.caller import Caller, Way
from api.auth.rights import Action, Reach
from api.auth.sessions import Whence, caller_of_cookie, caller_of_token
from api.http.problems import Problem
from api.service import Service
from api.store import tables as t
from domain.time import Zone

SAFE: Final = ("GET", "HEAD", "OPTIONS")
CLIENT_HEADER: Final = "x-paiban-client"
"""Any value: a page of another site cannot send it without being asked first (ASVS 3.5.1)."""
OPEN: Final[dict[str, Any]] = {"security": []}
"""What OpenAPI is told of an operation that is for everybody, or has a key of its own."""
SITE_CODE: Final = r"^[\w.-]{1,64}$"


async def service_of(request: Request) -> Service:
    """The service that answers; asynchronous, so that no thread is taken for it."""
    found: Service = request.app.state.service
    return found


ServiceNow = Annotated[Service, Depends(service_of)]


def cookie_name(service: Service) -> str:
    """The `__Host-` prefix binds the cookie to this host and to TLS (RFC 6265bis 4.1.3)."""
    return "__Host-paiban" if service.settings.secure else "paiban"


def address_of(request: Request, service: Service) -> str:
    """The address of who asks; what a proxy says counts only from those that are trusted."""
    peer = request.client.host if request.client else ""
    if peer in service.settings.trusted_proxies:
        last = request.headers.get("x-forwarded-for", "").rsplit(",", 1)[-1].strip()
        try:
            return str(ipaddress.ip_address(last))
        except ValueError:
            return peer
    return peer


def whence_of(request: Request, service: Service) -> Whence:
    """From where a log-in comes."""
    return Whence(address_of(request, service), request.headers.get("user-agent", ""), request.state.request_id)


def refuse_cross_site(request: Request) -> None:
    """A change is taken from pages of this site alone (Fetch Metadata, W3C)."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Problem("cross-site")


def signed_in(request: Request, service: ServiceNow) -> Caller:
    """Who asks, by his cookie or his token."""
    caller = _known(request, service)
    service.limiter.count(f"account/{caller.account_id}" if caller else f"address/{address_of(request, service)}")
    if caller is None:
        raise Problem("not-signed-in", headers={"WWW-Authenticate": 'Bearer realm="paiban"'})
    if request.method not in SAFE:
        if "write" not in caller.scopes:
            raise Problem("forbidden")
        if caller.way is Way.COOKIE:
            refuse_cross_site(request)
            if CLIENT_HEADER not in request.headers:
                raise Problem("cross-site")
    request.state.caller = caller
    return caller


CallerNow = Annotated[Caller, Depends(signed_in)]


def _known(request: Request, service: Service) -> Caller | None:
    header = request.headers.get("authorization", "")
    if header.lower().startswith("bearer "):
        return caller_of_token(service, header[7:].strip(), request.state.request_id)
    return known_by_cookie(request, service)


def known_by_cookie(request: Request, service: Service) -> Caller | None:
    """Who asks, by the cookie of his session."""
    secret = request.cookies.get(cookie_name(service))
    return caller_of_cookie(service, secret, request.state.request_id) if secret else None


@dataclass(frozen=True, slots=True)
class SiteKey:
    """What every request at a site knows of it."""

    id: int
    code: str
    zone: Zone


@dataclass(frozen=True, slots=True)
class Desk:
    """A request at a site by somebody who may."""

    service: Service
    caller: Caller
    site: SiteKey
    reach: Reach

    def refuse_other(self, person: t.Person) -> None:
        """Whose right reaches only himself or his team does not know the others."""
        if not self.covers(person):
            raise Problem("not-found")

    @property
    def reached(self) -> ColumnElement[bool]:
        """Which people of the site the right reaches: `covers`, for the database."""
        here, mine = t.Person.site_id == self.site.id, t.Person.id == self.caller.person_id
        if self.reach is Reach.SITE:
            return here
        team = (t.Person.team_id == self.caller.team_id) & t.Person.team_id.is_not(None)
        return here & (mine | team if self.reach is Reach.TEAM else mine)

    def covers(self, person: t.Person) -> bool:
        """Whether the right reaches a person of the site."""
        if person.site_id != self.site.id:
            return False
        if self.reach is Reach.SITE or person.id == self.caller.person_id:
            return True
        return self.reach is Reach.TEAM and person.team_id is not None and person.team_id == self.caller.team_id


def at(action: Action) -> Any:  # noqa: ANN401 - what Depends returns
    """The desk of a route: at the site of its path, for those who may do this there."""

    def desk(
        site: Annotated[str, Path(pattern=SITE_CODE, description="the code of the site")],
        service: ServiceNow,
        caller: CallerNow,
    ) -> Desk:
        with service.store.reading() as session:
            asked = select(t.Site.id, t.Site.code, t.Site.zone).where(t.Site.code == site)
            found = session.execute(asked).one_or_none()
        if found is None or not caller.knows(found.id):
            raise Problem("not-found")
        reach = caller.reach(action, found.id)
        if reach is Reach.NOWHERE:
            refuse(service, caller, action, found.id)
        return Desk(service, caller, SiteKey(found.id, found.code, Zone(found.zone)), reach)

    return _marked(desk, action)


def everywhere(action: Action) -> Any:  # noqa: ANN401 - what Depends returns
    """The caller of a route over the whole group, if he may do this there."""

    def caller_here(service: ServiceNow, caller: CallerNow) -> Caller:
        if caller.reach(action, None) is Reach.NOWHERE:
            refuse(service, caller, action, None)
        return caller

    return _marked(caller_here, action)


def refuse(service: Service, caller: Caller, action: Action, site_id: int | None) -> None:
    """A denial, and its entry in the log."""
    if caller.waits_for:
        raise Problem("set-up-first", waits_for=caller.waits_for)
    with service.store.writing(caller.actor) as work:
        work.did("denied", action.value, site_id)
    raise Problem("forbidden")


def _marked(dependency: Callable[..., Any], action: Action) -> Any:  # noqa: ANN401 - what Depends returns
    """A dependency that tells which right it asks for: tests walk all routes by it."""
    dependency.action = action  # type: ignore[attr-defined]
    return Depends(dependency)


def new_request_id() -> str:
    """A name for a request, for log and audit."""
    return secrets.token_hex(8)
