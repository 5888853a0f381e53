"""The log, for those who may read it; whoever may not sees his own entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from sqlalchemy import Select, select

from api.audit.chain import first_bad, head_of
from api.auth.caller import Caller
from api.auth.rights import Action, Reach
from api.http.desk import CallerNow, Desk, ServiceNow, at, everywhere
from api.http.forms import Day, Line, Shown
from api.http.paging import Page, Wanted, WantedPage
from api.service import Service
from api.store import tables as t
from domain.time import Zone

router = APIRouter(tags=["audit"])


class Entry(Shown):
    """One entry of the log."""

    id: int
    at: datetime
    account: int | None
    by: str = Field(description="the name of the account; empty: the service itself", examples=["王敏"])
    action: str
    object: str
    facts: dict[str, Any]
    request: str
    hash: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Which entries are looked for."""

    action: str
    about: str
    by: str
    first: date | None
    last: date | None

    def narrowed(self, asked: Select[t.AuditEntry], zone: Zone) -> Select[t.AuditEntry]:
        """The entries that begin so, by that name, in these days."""
        entry = t.AuditEntry
        if self.action:
            asked = asked.where(entry.action.startswith(self.action, autoescape=True))
        if self.about:
            asked = asked.where(entry.object.startswith(self.about, autoescape=True))
        if self.by:
            named = select(t.Account.id).where(t.Account.name.contains(self.by, autoescape=True))
            asked = asked.where(entry.account_id.in_(named))
        if self.first:
            asked = asked.where(entry.at >= zone.day(self.first).start)
        return asked.where(entry.at < zone.day(self.last).end) if self.last else asked


def _wish(
    action: Annotated[Line, Query(description="how the action begins: `draft`, `swap.moved`")] = "",
    about: Annotated[Line, Query(description="how the object begins: `roster/5`, `person/P017`")] = "",
    by: Annotated[Line, Query(description="a part of the name of who did it")] = "",
    first: Annotated[Day | None, Query()] = None,
    last: Annotated[Day | None, Query()] = None,
) -> Wish:
    return Wish(action, about, by, first, last)


WishNow = Annotated[Wish, Depends(_wish)]
UTC_ZONE: Final = Zone("UTC")


class ChainShown(Shown):
    """Whether the log is as it was written."""

    holds: bool
    first_bad: int | None
    last: int
    hash: str


@router.get("/me/audit")
def list_own_entries(caller: CallerNow, service: ServiceNow, wanted: WantedPage) -> Page[Entry]:
    """What one did oneself, the newest first."""
    return _page(service, wanted, select(t.AuditEntry).where(t.AuditEntry.account_id == caller.account_id))


@router.get("/sites/{site}/audit")
def list_site_entries(desk: Annotated[Desk, at(Action.AUDIT_SEE)], wanted: WantedPage, wish: WishNow) -> Page[Entry]:
    """What was done at a site, the newest first."""
    asked = select(t.AuditEntry).where(t.AuditEntry.site_id == desk.site.id)
    if desk.reach is not Reach.SITE:
        asked = asked.where(t.AuditEntry.account_id == desk.caller.account_id)
    return _page(desk.service, wanted, wish.narrowed(asked, desk.site.zone))


@router.get("/audit")
def list_entries(
    _: Annotated[Caller, everywhere(Action.AUDIT_SEE)], service: ServiceNow, wanted: WantedPage, wish: WishNow
) -> Page[Entry]:
    """What was done anywhere, the newest first; days are those of UTC."""
    return _page(service, wanted, wish.narrowed(select(t.AuditEntry), UTC_ZONE))


@router.get("/audit/chain")
def check_chain(_: Annotated[Caller, everywhere(Action.AUDIT_SEE)], service: ServiceNow) -> ChainShown:
    """Go through the whole log: its head, and the first entry that is not as it was sealed."""
    with service.store.reading() as session:
        bad, head = first_bad(session), head_of(session)
    return ChainShown(holds=bad is None, first_bad=bad, last=head.last, hash=head.hash)


def _page(service: Service, wanted: Wanted, asked: Select[t.AuditEntry]) -> Page[Entry]:
    with service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.AuditEntry.id, newest_first=True)).all()
        accounts = select(t.Account.id, t.Account.name).where(t.Account.id.in_({row.account_id for row in rows}))
        names: dict[int | None, str] = {number: name for number, name in session.execute(accounts)}  # noqa: C416 - rows
        return wanted.page(rows, lambda row: (row.id,), lambda row: _shown(row, names))


def _shown(row: t.AuditEntry, names: Mapping[int | None, str]) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        account=row.account_id,
        by=names.get(row.account_id, ""),
        action=row.action,
        object=row.object,
        facts=row.facts,
        request=row.request,
        hash=row.hash,
    )
