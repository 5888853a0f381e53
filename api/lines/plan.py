"""The unattended plan of some days, from what is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.files.site import SitePlan
from api.lines.policy import LineForm
from api.requests.rows import asked_for
from api.rosters.given import in_force
from api.store import tables as t
from constraints.unattended import Forward, Gap, Target, forwards, gaps, opening, until
from domain.language import Text, day_text, joined, plain
from domain.roster import Duty
from domain.time import Days, Month

WEEK: Final = timedelta(days=7)
SOON: Final = Text("另行通知", "as will be announced")


@dataclass(frozen=True, slots=True)
class Led:
    """A line over some days."""

    form: LineForm
    forwards: tuple[Forward, ...]
    gaps: tuple[Gap, ...]
    after: tuple[Forward, ...]
    """The same and what follows for a week: an announcement names the next hours, however few days were asked for."""


def led(session: Session, site_id: int, plan: SitePlan, days: Days) -> tuple[Led, ...]:
    """Where each line of a site leads over some days, and its gaps."""
    wide = Days(days.first - timedelta(days=1), days.last + WEEK)
    away = _away(session, site_id, wide)
    duties = [duty for duty in in_force(session, site_id, wide) if (duty.agent, duty.day) not in away]
    return led_by(plan, duties, days, published(session, site_id, days))


def _away(session: Session, site_id: int, days: Days) -> set[tuple[str, date]]:
    """Who is on leave on which day: such a duty stays in force until somebody takes it, but nobody sits there."""
    leaves = asked_for(session, site_id, days).leaves
    return {(leave.agent, day) for leave in leaves for day in leave.days if leave.halves(day) == 2}


def led_by(plan: SitePlan, duties: Sequence[Duty], days: Days, known: Sequence[Days]) -> tuple[Led, ...]:
    """The same of these duties; `known`: the days for which they are all there are."""
    return tuple(_led(form, plan, duties, days, known) for form in plan.lines)


def _led(form: LineForm, plan: SitePlan, duties: Sequence[Duty], days: Days, known: Sequence[Days]) -> Led:
    line, site = form.line(), plan.site
    after = forwards(line, site, duties, Days(days.first, days.last + WEEK))
    found = until(after, site.zone.day(days.last).end)
    return Led(form, found, gaps(line, found, site, known), after)


def published(session: Session, site_id: int, days: Days) -> list[Days]:
    """The months in force that touch some days."""
    asked = select(t.Roster.month).where(t.Roster.site_id == site_id, t.Roster.published.is_not(None))
    asked = asked.where(t.Roster.month >= str(Month.of(days.first)), t.Roster.month <= str(Month.of(days.last)))
    return [Month.parse(month).days for month in session.scalars(asked)]


def announcement(found: Led, forward: Forward, plan: SitePlan) -> Text | None:
    """What the machine says over a span; None: people answer, or nothing does."""
    if forward.target is not Target.MACHINE:
        return None
    words, hours = found.form.announcement.text(), _hours(found, plan.site.zone.day_of(forward.span.start), plan)
    return words.filled(site=plan.site.name, hours=hours, emergency=plain(forward.line.emergency))


def _hours(found: Led, day: date, plan: SitePlan) -> Text:
    """The hours of a day, or of the next that has some, which is named."""
    zone = plan.site.zone
    last = zone.day_of(found.after[-1].span.start)
    for each in Days(day, max(day, last)):
        spans = opening(found.after, zone, each)
        if spans:
            clocks = joined([plain(f"{span.start:%H:%M}–{span.end:%H:%M}") for span in spans])
            named = Text("{day} {clocks}", "{day} {clocks}").filled(day=day_text(each), clocks=clocks)
            return clocks if each == day else named
    return SOON
