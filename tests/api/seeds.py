"""Rows for tests of the store; each takes what a test wants to say and fills in the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store import tables as t

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def add_site(session: Session, code: str = "gas-1") -> t.Site:
    group = session.scalars(select(t.Group)).first()
    if group is None:
        group = t.Group(name={"zh": "港华燃气", "en": "Harbour Gas"}, created_at=NOW)
        session.add(group)
        session.flush()
    site = t.Site(
        group_id=group.id,
        code=code,
        name={"zh": "港华", "en": "Harbour"},
        zone="Asia/Shanghai",
        country="CN",
        households=120_000,
        created_at=NOW,
    )
    session.add(site)
    session.flush()
    session.add(t.SitePlan(site_id=site.id, number=1, document={}, made_at=NOW))
    session.flush()
    return site


def add_person(session: Session, site: t.Site, number: str = "P1") -> t.Person:
    person = t.Person(site_id=site.id, number=number, name=f"员工{number}", contract="full", created_at=NOW)
    session.add(person)
    session.flush()
    return person


def add_roster(session: Session, site_id: int, month: str = "2026-12") -> t.Roster:
    roster = t.Roster(site_id=site_id, month=month, draft=[], pins=[], changed_at=NOW)
    session.add(roster)
    session.flush()
    return roster


def duty(roster: t.Roster, person: t.Person, start: datetime, hours: int = 8, day: date = date(2026, 12, 1)) -> t.Duty:
    return t.Duty(
        site_id=roster.site_id,
        roster_id=roster.id,
        person_id=person.id,
        day=day,
        shift="早",
        work="service",
        breaks=[],
        start_at=start,
        end_at=start + timedelta(hours=hours),
        state="active",
        changed_at=NOW,
    )
