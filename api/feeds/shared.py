"""The calendar of a team or a site: who works which shift on which day, for those who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, select, true
from sqlalchemy.orm import Session

from api.feeds.calendar import Occasion
from api.feeds.own import Revision, uid
from api.files.site import SitePlan
from api.store import tables as t
from domain.language import Language, Refusal, Text, plain
from domain.time import Month, Span


def revision(session: Session, feed: t.Feed, since: date) -> Revision:
    """The revision of a team's or site's calendar: the versions of the months that it shows, and who its people are."""
    rosters = _rosters(session, feed, since).values()
    people = select(t.Person.id, t.Person.name).where(t.Person.site_id == feed.site_id, _scope(feed))
    names = "/".join(f"{person}.{name}" for person, name in session.execute(people.order_by(t.Person.id)))
    words = "/".join(f"{roster.month}.{roster.versions}" for roster in rosters) + "|" + names
    if feed.skill:
        held = select(t.Certificate).join(t.Person, t.Person.id == t.Certificate.person_id)
        held = held.where(t.Person.site_id == feed.site_id, t.Certificate.skill == feed.skill)
        rows = session.scalars(held.order_by(t.Certificate.id))
        words += "|" + "/".join(f"{each.person_id}.{each.first}.{each.last}" for each in rows)
    return Revision(words, max((roster.changed_at for roster in rosters), default=None))


def occasions(session: Session, plan: SitePlan, feed: t.Feed, since: date, language: Language) -> Iterator[Occasion]:
    """One a day and shift, with the names of those who work it."""
    rosters = _rosters(session, feed, since)
    asked = select(t.Duty, t.Person.name).join(t.Person, t.Person.id == t.Duty.person_id)
    asked = asked.where(
        t.Duty.site_id == feed.site_id, t.Duty.day >= since, t.Duty.state == "active", _scope(feed), _held(feed)
    )
    asked = asked.where(t.Duty.roster_id.in_(rosters))
    shifts: defaultdict[tuple[int, datetime, datetime, str], list[str]] = defaultdict(list)
    for duty, name in session.execute(asked.order_by(t.Duty.start_at, t.Duty.shift, t.Person.name)):
        shifts[duty.roster_id, duty.start_at, duty.end_at, duty.shift].append(name)
    zone = plan.site.zone.info
    for (roster_id, start, end, code), names in shifts.items():
        yield Occasion(
            uid=uid(f"{feed.scope}/{feed.site_id}/{feed.team_id or feed.skill}/{code}/{start.isoformat()}"),
            when=Span(start.astimezone(zone), end.astimezone(zone)),
            summary=_summary(plan, code, names, language),
            changed_at=rosters[roster_id].changed_at,
            sequence=rosters[roster_id].versions,
            location=plan.site.name.said(language),
            busy=False,
        )


def _summary(plan: SitePlan, code: str, names: list[str], language: Language) -> str:
    try:
        label = plan.site.shift(code).label
    except Refusal:
        label = plain("")
    words = Text("{code} {label}: {names}", "{code} {label}: {names}")
    between = Text("、".join(names), ", ".join(names))
    return words.filled(code=plain(code), label=label, names=between).said(language)


def _rosters(session: Session, feed: t.Feed, since: date) -> dict[int, t.Roster]:
    """The published months of the site that the feed shows, by id."""
    asked = select(t.Roster).where(t.Roster.site_id == feed.site_id, t.Roster.month >= str(Month.of(since)))
    asked = asked.where(t.Roster.published.is_not(None)).order_by(t.Roster.month)
    return {row.id: row for row in session.scalars(asked)}


def _scope(feed: t.Feed) -> ColumnElement[bool]:
    """Whose names are in it."""
    if feed.scope == "team":
        return t.Person.team_id == feed.team_id
    here = t.Person.site_id == feed.site_id
    return here & t.Person.id.in_(_holders(feed.skill)) if feed.skill else here


def _holders(skill: str) -> Select[int]:
    return select(t.Certificate.person_id).where(t.Certificate.skill == skill)


def _held(feed: t.Feed) -> ColumnElement[bool]:
    """Whether the certificate of a role is valid on the day of a duty."""
    if not feed.skill:
        return true()
    held = (t.Certificate.person_id == t.Duty.person_id) & (t.Certificate.skill == feed.skill)
    from_ = t.Certificate.first.is_(None) | (t.Certificate.first <= t.Duty.day)
    until = t.Certificate.last.is_(None) | (t.Certificate.last >= t.Duty.day)
    return exists().where(held, from_, until)
