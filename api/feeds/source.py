"""What a link shows: whose duties, in which edition, under which name; as long as its account may see them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action, Grant, Reach, Role, reach
from api.feeds import own, shared
from api.feeds.calendar import Head, written
from api.feeds.conditional import Edition
from api.feeds.forms import Scope
from api.feeds.links import SEEN
from api.group.plans import newest, read_plan
from api.http.downloads import TYPES, disposition
from api.store import tables as t
from domain.language import Language
from domain.time import Days, Zone

BACK: Final = timedelta(days=30)
"""So far back a calendar reaches; what was cancelled is told as long."""
AHEAD: Final = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Source:
    """A calendar that can be written."""

    session: Session
    feed: t.Feed
    site: t.Site
    plan: t.SitePlan
    days: Days
    person: t.Person | None
    """Whose own it is; None: of a team or site."""

    @property
    def name(self) -> str:
        """The name of the calendar."""
        site = self.site.name["zh" if self.feed.language == Language.ZH else "en"]
        team = self.session.get(t.Team, self.feed.team_id) if self.feed.team_id else None
        whose = self.person.name if self.person else team.name if team else self.feed.skill or ""
        return f"{site} · {whose}" if whose else site

    def edition(self) -> Edition:
        """What is known of it before it is written."""
        feed, since = self.feed, self.days.first
        if self.person:
            told = own.revision(self.session, self.person.id, feed, since)
        else:
            told = shared.revision(self.session, feed, since)
        parts = (feed.id, feed.language, feed.alarm, since, self.plan.id, self.name, told.words)
        tag = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]
        file = disposition("inline", "paiban.ics", f"{self.name}.ics")
        headers = {"Content-Type": TYPES["ics"], "Content-Disposition": file}
        return Edition(tag, max(feed.made_at, told.changed_at or feed.made_at), headers)

    def written(self) -> bytes:
        """The calendar."""
        plan, language, since = read_plan(self.plan), Language(self.feed.language), self.days.first
        if self.person:
            found = own.occasions(self.session, plan, self.person, self.feed, since)
        else:
            found = shared.occasions(self.session, plan, self.feed, since, language)
        return written(Head(self.name, plan.site.zone.key, self.days, self.feed.alarm), list(found))


def source_behind(session: Session, secret_hash: str, now: datetime) -> Source | None:
    """The source of the link with this secret; None where there is none that may be seen."""
    feed = session.scalars(select(t.Feed).where(t.Feed.secret_hash == secret_hash)).one_or_none()
    return source_of(session, feed, now) if feed is not None else None


def source_of(session: Session, feed: t.Feed, now: datetime) -> Source | None:
    """The source of a link; None where its account may not see it any more."""
    account, site = session.get_one(t.Account, feed.account_id), session.get_one(t.Site, feed.site_id)
    today = Zone(site.zone).day_of(now)
    own_feed, person = feed.scope == Scope.OWN, account.person
    left = person is not None and person.left_on is not None and person.left_on < today
    if account.disabled or left or not (_is_of(person, site) if own_feed else _may(account, feed)):
        return None
    days = Days(today - BACK, today + AHEAD)
    return Source(session, feed, site, newest(session, site.id), days, person if own_feed else None)


def _is_of(person: t.Person | None, site: t.Site) -> bool:
    return person is not None and person.site_id == site.id


def _may(account: t.Account, feed: t.Feed) -> bool:
    """Whether the account's own roles still let it see a team's or a site's calendar."""
    grants = [Grant(Role(grant.role), grant.site_id) for grant in account.roles]
    far = reach(grants, Action.FEED_SHARED, feed.site_id)
    if feed.scope == Scope.TEAM and far is Reach.TEAM:
        return account.person is not None and account.person.team_id == feed.team_id
    return far >= SEEN[Scope(feed.scope)]
