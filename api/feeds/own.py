"""One's own calendar: duties in force and those that were taken off, approved leave; nothing of anybody else."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from api.feeds.calendar import Occasion
from api.feeds.words import cancelled, description, perhaps, summary
from api.files.site import SitePlan
from api.requests.rows import Kind, keeps_away, leave_of
from api.rosters.cells import to_duty
from api.store import tables as t
from api.swaps.states import LIVE
from domain.language import Language, Refusal, Text
from domain.roster import Duty
from domain.time import Span

NAMESPACE: Final = uuid.UUID("0b6f6c0e-56b5-5f2c-8f0f-2f1b0a4ad0c9")


@dataclass(frozen=True, slots=True)
class Revision:
    """What tells whether a calendar has changed, without writing it."""

    words: str
    changed_at: datetime | None


def revision(session: Session, person_id: int, feed: t.Feed, since: date) -> Revision:
    """The revision of one's own calendar: of its duties, of leave in whatever state, of swaps if they are in it."""
    duties = select(func.count(), func.sum(t.Duty.sequence), func.max(t.Duty.changed_at))
    duties = duties.where(t.Duty.person_id == person_id, t.Duty.day >= since)
    leave = select(func.count(), func.sum(t.Request.revision), func.max(t.Request.decided_at))
    leave = leave.where(_leave(person_id, since))
    count, sequences, moved = session.execute(duties).one()
    asked, revisions, decided = session.execute(leave).one()
    words = "/".join(map(str, (count, sequences, moved, asked, revisions, decided)))
    if feed.swaps:
        legs = session.execute(_swaps(person_id, since).order_by(t.SwapLeg.id))
        words += "|" + "/".join(f"{leg.id}.{swap.revision}" for leg, swap in legs)
    return Revision(words, max((at for at in (moved, decided) if at is not None), default=None))


def occasions(session: Session, plan: SitePlan, person: t.Person, feed: t.Feed, since: date) -> Iterator[Occasion]:
    """One's duties and leave since a day, in order; and what one may get in a swap, if that is wished."""
    language = Language(feed.language)
    asked = select(t.Duty).where(t.Duty.person_id == person.id, t.Duty.day >= since)
    for row in session.scalars(asked.order_by(t.Duty.start_at, t.Duty.id)):
        yield _duty(row, plan, person.number, language)
    for request in session.scalars(select(t.Request).where(_leave(person.id, since)).order_by(t.Request.first)):
        if keeps_away(request):
            yield _absence(request, plan, language)
    if feed.swaps:
        for leg, swap in session.execute(_swaps(person.id, since).order_by(t.SwapLeg.id)):
            found = _perhaps(leg, swap, plan, language)
            if found:
                yield found


def _duty(row: t.Duty, plan: SitePlan, number: str, language: Language) -> Occasion:
    """A duty by its row, which lives as long as the duty does, whatever changes of it."""
    site, zone = plan.site, plan.site.zone.info
    duty = Duty(row.day, number, row.shift, row.work, tuple(row.breaks))
    what, gone = summary(site, duty, language), row.state == "cancelled"
    return Occasion(
        uid=uid(f"duty/{row.id}"),
        when=Span(row.start_at.astimezone(zone), row.end_at.astimezone(zone)),
        summary=cancelled(what, language) if gone else what,
        changed_at=row.changed_at,
        sequence=row.sequence,
        location=site.name.said(language),
        description="" if gone else description(site, duty, language),
        status="CANCELLED" if gone else "CONFIRMED",
        busy=not gone,
    )


def _perhaps(leg: t.SwapLeg, swap: t.Swap, plan: SitePlan, language: Language) -> Occasion | None:
    """A duty that one gets if a swap comes off; None: its shift type is gone."""
    told = to_duty(leg.duty)
    duty = replace(told, agent="", shift=leg.split[1] if leg.split else told.shift)
    try:
        when = plan.site.shift(duty.shift).span(plan.site.zone, duty.day)
    except Refusal:
        return None
    return Occasion(
        uid=uid(f"swap/{leg.id}"),
        when=when,
        summary=perhaps(summary(plan.site, duty, language), language),
        changed_at=swap.waits_since or swap.made_at,
        sequence=swap.revision,
        location=plan.site.name.said(language),
        status="TENTATIVE",
        busy=False,
    )


def _swaps(person_id: int, since: date) -> Select[t.SwapLeg, t.Swap]:
    """The duties that somebody may get in swaps that are not decided."""
    asked = select(t.SwapLeg, t.Swap).join(t.Swap, t.Swap.id == t.SwapLeg.swap_id)
    live = t.Swap.state.in_([state.value for state in LIVE])
    return asked.where(t.SwapLeg.taker_id == person_id, live, t.Swap.day >= since)


def _absence(row: t.Request, plan: SitePlan, language: Language) -> Occasion:
    """Leave over whole days, or a span where half a day is worked."""
    leave = leave_of(row)
    kinds = {kind.id: Text(kind.zh, kind.en) for kind in plan.leave.kinds}
    words = kinds.get(leave.kind, Text("休假", "leave"))
    return Occasion(
        uid=uid(f"leave/{row.id}"),
        when=leave.span(plan.site.zone) if leave.from_noon or leave.until_noon else leave.days,
        summary=words.said(language),
        changed_at=row.decided_at or row.made_at,
        sequence=row.revision,
        busy=False,
    )


def uid(what: str) -> str:
    """The identity of an occasion for its whole life; neither name nor number is in it (RFC 7986 5.3)."""
    return f"{uuid.uuid5(NAMESPACE, what)}@paiban"


def _leave(person_id: int, since: date) -> ColumnElement[bool]:
    mine = (t.Request.person_id == person_id) & (t.Request.kind == Kind.LEAVE.value)
    return mine & (t.Request.last >= since)
