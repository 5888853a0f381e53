"""The log, for those who may read it; whoever may not sees his own entries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import Select, select

from api.audit.chain import first_bad, head_of
from api.auth.caller import Caller
from api.auth.rights import Action, Reach
from api.http.desk import CallerNow, Desk, ServiceNow, at, everywhere
from api.http.forms import Line, Shown
from api.http.paging import Page, Wanted, WantedPage
from api.service import Service
from api.store import tables as t

router = APIRouter(tags=["audit"])


class Entry(Shown):
    """One entry of the log."""

    id: int
    at: datetime
    account: int | None
    action: str
    object: str
    facts: dict[str, Any]
    request: str
    hash: str


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
def list_site_entries(
    desk: Annotated[Desk, at(Action.AUDIT_SEE)], wanted: WantedPage, action: Annotated[Line, Query()] = ""
) -> Page[Entry]:
    """What was done at a site, the newest first."""
    asked = select(t.AuditEntry).where(t.AuditEntry.site_id == desk.site.id)
    if desk.reach is not Reach.SITE:
        asked = asked.where(t.AuditEntry.account_id == desk.caller.account_id)
    return _page(desk.service, wanted, asked.where(t.AuditEntry.action.startswith(action)) if action else asked)


@router.get("/audit")
def list_entries(
    _: Annotated[Caller, everywhere(Action.AUDIT_SEE)], service: ServiceNow, wanted: WantedPage
) -> Page[Entry]:
    """What was done anywhere, the newest first."""
    return _page(service, wanted, select(t.AuditEntry))


@router.get("/audit/chain")
def check_chain(_: Annotated[Caller, everywhere(Action.AUDIT_SEE)], service: ServiceNow) -> ChainShown:
    """Go through the whole log: its head, and the first entry that is not as it was sealed."""
    with service.store.reading() as session:
        bad, head = first_bad(session), head_of(session)
    return ChainShown(holds=bad is None, first_bad=bad, last=head.last, hash=head.hash)


def _page(service: Service, wanted: Wanted, asked: Select[t.AuditEntry]) -> Page[Entry]:
    with service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.AuditEntry.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), _shown)


def _shown(row: t.AuditEntry) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        account=row.account_id,
        action=row.action,
        object=row.object,
        facts=row.facts,
        request=row.request,
        hash=row.hash,
    )
