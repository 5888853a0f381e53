"""From the log to webhooks: each entry that a hook asked for once, in order, under a name that never changes."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from standardwebhooks import Webhook

from api.auth.rights import Role
from api.auth.secrets import Seal
from api.hooks.events import EVENTS, payload
from api.notices.rows import Word, tell_roles
from api.outside.box import DROPPED, WAITING, Claims, let_go, put, settle, still_ours
from api.outside.outcome import HOOK_WAITS, Outcome, Verdict, of_hook, outcome_of
from api.outside.post import Post
from api.store import tables as t
from api.store.store import Store, Work

LOG: Final = logging.getLogger("paiban.hooks")
ACTIVE, PAUSED, STOPPED, GONE = "active", "paused", "stopped", "gone"
MOST: Final = 500
"""Entries of the log that are looked at together."""
WALK_S: Final = 30.0
"""So long one hook is walked to in a round: one that is slow does not hold the others up."""
TOO_MANY: Final = 5
"""Deliveries given up in a row that stop a hook."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A delivery as it is sent."""

    name: str
    url: str
    body: bytes
    secrets: tuple[str, ...]


def fan_out_events(store: Store) -> int:
    """Lay deliveries of new events into the box; how many entries of the log were looked at."""
    with store.reading() as session:
        hooks = session.execute(select(t.Hook.id, t.Hook.seen).where(t.Hook.state == ACTIVE)).all()
        last = session.scalar(select(t.AuditHead.last)) or 0
    behind = [hook_id for hook_id, seen in hooks if seen < last]
    for hook_id in behind:
        with store.writing() as work:
            _fan_out(work, work.session.get_one(t.Hook, hook_id, with_for_update=True))
    return len(behind)


def _fan_out(work: Work, hook: t.Hook) -> None:
    asked = select(t.AuditEntry, t.Site.code).outerjoin(t.Site, t.Site.id == t.AuditEntry.site_id)
    rows = work.session.execute(asked.where(t.AuditEntry.id > hook.seen).order_by(t.AuditEntry.id).limit(MOST)).all()
    wanted = [(entry, code) for entry, code in rows if _concerns(hook, entry)]
    put(work, [_delivery(hook, entry, code, work.now) for entry, code in wanted])
    hook.seen = rows[-1][0].id if rows else hook.seen


def _concerns(hook: t.Hook, entry: t.AuditEntry) -> bool:
    here = hook.site_id in (None, entry.site_id)
    return here and entry.action in EVENTS and (not hook.events or entry.action in hook.events)


def _delivery(hook: t.Hook, entry: t.AuditEntry, site: str | None, now: datetime) -> t.Delivery:
    name, body = f"evt_{entry.id}_{hook.id}", payload(entry, site)
    return t.Delivery(name=name, hook_id=hook.id, event=entry.action, body=body, state=WAITING, due_at=now, made_at=now)


def deliver(store: Store, post: Post, seal: Seal, claims: Claims) -> None:
    """Send some claimed deliveries of one hook, in order, until one is not taken; the others wait until it is due."""
    left, began = dict(claims), time.monotonic()
    while left and time.monotonic() - began < WALK_S:
        first = next(iter(left))
        until = _deliver(store, post, seal, {first: left.pop(first)})
        if until is not None:
            break
    else:
        until = store.now()
    with store.writing() as work:
        let_go(work, left, until)


def _deliver(store: Store, post: Post, seal: Seal, claim: Claims) -> datetime | None:
    """Send one; None: it was taken, or is nobody's business any more. Otherwise when it is due again."""
    (delivery_id,) = claim
    with store.writing() as work:
        trial = _trial(work, seal, delivery_id) if still_ours(work, claim) else None
    if trial is None:
        return None
    began = time.monotonic()
    outcome = _sent(post, trial, store.now())
    with store.writing() as work:
        row = work.session.get_one(t.Delivery, delivery_id)
        row.took_ms = round(1000 * (time.monotonic() - began))
        given_up = settle(work, [row], outcome, HOOK_WAITS)
        _note(work, work.session.get_one(t.Hook, row.hook_id), outcome, given_up=given_up)
        return None if outcome.verdict is Verdict.TAKEN else max(row.due_at, work.now)


def _trial(work: Work, seal: Seal, delivery_id: int) -> Trial | None:
    """A delivery with what signs it; None: its hook takes nothing now, and it is dropped."""
    row = work.session.get_one(t.Delivery, delivery_id)
    hook = work.session.get_one(t.Hook, row.hook_id)
    if hook.state != ACTIVE:
        row.state, row.ended_at = DROPPED, work.now
        return None
    old = hook.old_secret if hook.old_until is not None and hook.old_until > work.now else None
    secrets = [seal.open(sealed) for sealed in (hook.secret, old) if sealed is not None]
    return Trial(row.name, hook.url, row.body or b"", tuple(secret for secret in secrets if secret))


def signed(trial: Trial, now: datetime) -> dict[str, str]:
    """The headers that prove where it comes from; while secrets change, both sign."""
    signs = [Webhook(secret).sign(trial.name, now, trial.body.decode()) for secret in trial.secrets]
    return {
        "Content-Type": "application/json",
        "webhook-id": trial.name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signs),
    }


def _sent(post: Post, trial: Trial, now: datetime) -> Outcome:
    if not trial.secrets:
        return Outcome(Verdict.REFUSED, reason="sealed with another key")
    try:
        return outcome_of(lambda: post(trial.url, trial.body, signed(trial, now)), of_hook, Verdict.AGAIN)
    except Exception as fault:
        LOG.exception("event", extra={"delivery": trial.name})
        return Outcome(Verdict.AGAIN, reason=type(fault).__name__)


def _note(work: Work, hook: t.Hook, outcome: Outcome, *, given_up: bool) -> None:
    """How a hook fares; one that is gone, or fails too often, is stopped, and who keeps it is told."""
    hook.failures = 0 if outcome.verdict is Verdict.TAKEN else hook.failures + given_up
    if outcome.verdict is Verdict.GONE or hook.failures >= TOO_MANY:
        hook.state = GONE if outcome.verdict is Verdict.GONE else STOPPED
        work.did("hook.stopped", f"hook/{hook.id}", hook.site_id, reason=outcome.reason)
        word = Word(hook.site_id, "hook-stopped", f"hook/{hook.id}/{hook.revision}")
        tell_roles(work, (Role.ADMIN,), word, {"name": hook.name, "reason": outcome.reason})
