"""Approvals over HTTP: the inbox, several decisions at once, deputies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from api.approvals.batch import decide_all
from api.approvals.delegations import delegation_shown, delegations_of, lend, take_back
from api.approvals.forms import Batch, BatchShown, DelegationShown, DelegationsShown, InboxShown, NewDelegation
from api.approvals.inbox import waiting_for
from api.auth.rights import Action
from api.http.asked import Answer, AskedNow, answered, undone
from api.http.desk import CallerNow, Desk, ServiceNow, at
from api.http.faults import LanguageNow
from api.http.paths import Id
from api.store.store import Work

router = APIRouter(tags=["approvals"])


@router.get("/me/inbox")
def show_inbox(caller: CallerNow, service: ServiceNow, language: LanguageNow) -> InboxShown:
    """All that waits for one: decisions by role and as deputy, answers to swaps, call-ins; the most pressing first."""
    with service.store.reading() as session:
        return InboxShown(items=waiting_for(session, service, caller, language))


@router.post("/sites/{site}/decisions", response_model=BatchShown)
def decide_many(
    body: Batch, desk: Annotated[Desk, at(Action.REQUESTS_SEE)], language: LanguageNow, asked: AskedNow
) -> Response:
    """Decide on several at once, each checked upon those before it; `dry_run` tells which can be together."""

    def do(work: Work) -> Answer:
        return Answer(BatchShown(items=decide_all(work, desk, body, language)))

    return answered(desk.service.store, desk.caller, asked, undone(do) if body.dry_run else do)


@router.get("/me/delegations")
def list_delegations(caller: CallerNow, service: ServiceNow) -> DelegationsShown:
    """What one lent, and what was lent to one."""
    with service.store.reading() as session:
        return DelegationsShown(items=[delegation_shown(row) for row in delegations_of(session, caller)])


@router.post("/me/delegations", status_code=201, response_model=DelegationShown)
def lend_decisions(body: NewDelegation, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """Lend the decisions of one's role to somebody of the site, from when to when; the role itself stays one's own."""

    def do(work: Work) -> Answer:
        return Answer(delegation_shown(lend(work, caller, body)), 201)

    return answered(service.store, caller, asked, do)


@router.delete("/me/delegations/{delegation_id}", response_model=DelegationShown)
def take_decisions_back(delegation_id: Id, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """End it before its time, as giver or as deputy."""

    def do(work: Work) -> Answer:
        return Answer(delegation_shown(take_back(work, caller, delegation_id)))

    return answered(service.store, caller, asked, do)
