"""Webhooks over HTTP: who is told of what, how it went, and once more."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Response
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.auth.caller import Caller
from api.auth.rights import Action
from api.hooks.events import EVENTS, TEST, body
from api.hooks.forms import DeliveryShown, EventShown, EventsShown, HookChange, HookShown, HooksShown, NewHook
from api.hooks.send import ACTIVE
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import ServiceNow, everywhere
from api.http.paging import Page, WantedPage
from api.http.paths import Id
from api.http.problems import Problem
from api.outside.box import WAITING
from api.outside.seals import hook_seal
from api.store import tables as t
from api.store.store import Work

router = APIRouter(tags=["webhooks"])
Keeper = Annotated[Caller, everywhere(Action.HOOKS)]
BOTH_SIGN: Final = timedelta(hours=24)
"""So long the secret before signs too."""
MOST: Final = 50


@router.get("/hooks")
def list_hooks(_: Keeper, service: ServiceNow) -> HooksShown:
    """The webhooks of the group and of its sites."""
    with service.store.reading() as session:
        rows = session.scalars(select(t.Hook).order_by(t.Hook.id)).all()
        return HooksShown(items=[_shown(session, row) for row in rows])


@router.post("/hooks", status_code=201, response_model=HookShown)
def make_hook(body: NewHook, caller: Keeper, service: ServiceNow, asked: AskedNow) -> Response:
    """A new webhook; its secret is told this once. It is told what happens from now on."""

    def do(work: Work) -> Answer:
        if len(work.session.scalars(select(t.Hook.id)).all()) >= MOST:
            raise Problem("conflict")
        secret = _new_secret()
        row = t.Hook(
            site_id=_site(work.session, body.site),
            name=body.name,
            url=body.url,
            events=list(body.events),
            secret=hook_seal(service.settings).close(secret),
            state=ACTIVE,
            failures=0,
            seen=work.session.scalar(select(t.AuditHead.last)) or 0,
            made_by=caller.account_id,
            made_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        work.did("hook.made", f"hook/{row.id}", row.site_id, events=row.events)
        return Answer(_shown(work.session, row, secret), 201)

    return answered(service.store, caller, asked, do)


@router.get("/hooks/events")
def list_events(_: Keeper) -> EventsShown:
    """The events that there are, and the facts that each tells."""
    told = EVENTS.items()
    words = {name: {"zh": event.words.zh, "en": event.words.en} for name, event in told}
    return EventsShown(
        items=[EventShown(name=name, words=words[name], facts=list(event.facts)) for name, event in told]
    )


@router.patch("/hooks/{hook_id}", response_model=HookShown)
def change_hook(hook_id: Id, body: HookChange, caller: Keeper, service: ServiceNow, asked: AskedNow) -> Response:
    """Change a webhook; made active again it is told what happens from then on."""

    def do(work: Work) -> Answer:
        row = _found(work.session, hook_id)
        row.name, row.url = body.name or row.name, body.url or row.url
        row.events = list(body.events) if body.events is not None else row.events
        if body.state == ACTIVE and row.state != ACTIVE:
            row.seen, row.failures = work.session.scalar(select(t.AuditHead.last)) or 0, 0
        row.state, row.revision = body.state or row.state, row.revision + 1
        work.did("hook.changed", f"hook/{row.id}", row.site_id, state=row.state)
        return Answer(_shown(work.session, row))

    return answered(service.store, caller, asked, do)


@router.delete("/hooks/{hook_id}", status_code=204)
def end_hook(hook_id: Id, caller: Keeper, service: ServiceNow, asked: AskedNow) -> Response:
    """End a webhook with all that was on its way to it."""

    def do(work: Work) -> Answer:
        row = _found(work.session, hook_id)
        work.session.execute(delete(t.Delivery).where(t.Delivery.hook_id == row.id))
        work.session.delete(row)
        work.did("hook.ended", f"hook/{row.id}", row.site_id)
        return Answer(status=204)

    return answered(service.store, caller, asked, do)


@router.post("/hooks/{hook_id}/secret", response_model=HookShown)
def change_hook_secret(hook_id: Id, caller: Keeper, service: ServiceNow, asked: AskedNow) -> Response:
    """A new secret; the one before signs too for a day, so that nothing is lost."""

    def do(work: Work) -> Answer:
        row, secret = _found(work.session, hook_id), _new_secret()
        row.old_secret, row.old_until = row.secret, work.now + BOTH_SIGN
        row.secret, row.revision = hook_seal(service.settings).close(secret), row.revision + 1
        work.did("hook.renewed", f"hook/{row.id}", row.site_id)
        return Answer(_shown(work.session, row, secret))

    return answered(service.store, caller, asked, do)


@router.post("/hooks/{hook_id}/test", status_code=201, response_model=DeliveryShown)
def try_hook(hook_id: Id, caller: Keeper, service: ServiceNow, asked: AskedNow) -> Response:
    """Send an event of no meaning, to see whether it arrives."""

    def do(work: Work) -> Answer:
        row = _found(work.session, hook_id)
        told = body(TEST, work.now.astimezone(UTC).isoformat(), {"hook": row.name})
        sent = t.Delivery(hook_id=row.id, event=TEST, body=told, state=WAITING, due_at=work.now, made_at=work.now)
        sent.name = f"evt_test_{secrets.token_hex(8)}"
        work.session.add(sent)
        work.session.flush()
        work.did("hook.tried", f"hook/{row.id}", row.site_id)
        return Answer(_delivery_shown(sent), 201)

    return answered(service.store, caller, asked, do)


@router.get("/hooks/{hook_id}/deliveries")
def list_deliveries(hook_id: Id, _: Keeper, service: ServiceNow, wanted: WantedPage) -> Page[DeliveryShown]:
    """What was sent to a webhook, and how it went; the newest first."""
    with service.store.reading() as session:
        asked = select(t.Delivery).where(t.Delivery.hook_id == _found(session, hook_id).id)
        rows = session.scalars(wanted.ask(asked, t.Delivery.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), _delivery_shown)


@router.post("/hooks/{hook_id}/deliveries/{delivery_id}/resend", response_model=DeliveryShown)
def resend_delivery(hook_id: Id, delivery_id: Id, caller: Keeper, service: ServiceNow, asked: AskedNow) -> Response:
    """Send a delivery once more, under the same name, with all its tries."""

    def do(work: Work) -> Answer:
        row = work.session.get(t.Delivery, delivery_id, with_for_update=True)
        if row is None or row.hook_id != _found(work.session, hook_id).id:
            raise Problem("not-found")
        row.state, row.tries, row.due_at, row.ended_at = WAITING, 0, work.now, None
        work.did("hook.resent", f"hook/{hook_id}", None, delivery=row.name)
        return Answer(_delivery_shown(row))

    return answered(service.store, caller, asked, do)


def _found(session: Session, hook_id: int) -> t.Hook:
    row = session.get(t.Hook, hook_id)
    if row is None:
        raise Problem("not-found")
    return row


def _site(session: Session, code: str | None) -> int | None:
    if code is None:
        return None
    found = session.scalars(select(t.Site.id).where(t.Site.code == code)).one_or_none()
    if found is None:
        raise Problem("not-found")
    return found


def _new_secret() -> str:
    """32 octets in the form of the specification."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _shown(session: Session, row: t.Hook, secret: str | None = None) -> HookShown:
    site = session.get_one(t.Site, row.site_id).code if row.site_id else None
    return HookShown(
        id=row.id,
        name=row.name,
        url=row.url,
        site=site,
        events=row.events,
        state=row.state,
        failures=row.failures,
        made_at=row.made_at,
        secret=secret,
    )


def _delivery_shown(row: t.Delivery) -> DeliveryShown:
    told = {name: getattr(row, name) for name in DeliveryShown.model_fields if name != "body"}
    return DeliveryShown(**told, body=(row.body or b"").decode())
