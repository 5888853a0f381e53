"""Links: made for a device, renewed when lost, ended at once."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.caller import Caller
from api.auth.rights import Action, Reach
from api.auth.secrets import hashed, new_secret
from api.feeds.addresses import links_of
from api.feeds.forms import FeedShown, NewFeed, Scope
from api.group.plans import newest, read_plan
from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Work
from domain.language import Language, Refusal, Text

MOST: Final = 20
"""So many links an account."""
SEEN: Final = {Scope.TEAM: Reach.TEAM, Scope.SITE: Reach.SITE, Scope.ROLE: Reach.SITE}


def make(work: Work, caller: Caller, told: NewFeed) -> tuple[t.Feed, str]:
    """A new link and its secret."""
    if caller.waits_for:
        raise Problem("set-up-first", waits_for=caller.waits_for)
    if len(feeds_of(work.session, caller)) >= MOST:
        raise Problem("conflict", Text("订阅链接过多, 请先停用不用的", "too many links: end those that you do not use"))
    site_id, team_id = _of_whom(work.session, caller, told)
    secret = new_secret()
    row = t.Feed(
        account_id=caller.account_id,
        scope=told.scope.value,
        site_id=site_id,
        team_id=team_id,
        skill=told.skill,
        swaps=told.swaps,
        name=told.name,
        language=(told.language or caller.language).value,
        alarm=told.alarm,
        secret_hash=hashed(secret),
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.did("feed.made", f"feed/{row.id}", site_id, scope=row.scope)
    return row, secret


def renew(work: Work, caller: Caller, feed_id: int) -> tuple[t.Feed, str]:
    """A new secret; the old one shows nothing from now on."""
    row, secret = _mine(work.session, caller, feed_id), new_secret()
    row.secret_hash, row.used_at, row.used_by = hashed(secret), None, ""
    work.did("feed.renewed", f"feed/{row.id}", row.site_id)
    return row, secret


def end(work: Work, caller: Caller, feed_id: int) -> None:
    """The link shows nothing from now on."""
    row = _mine(work.session, caller, feed_id)
    work.session.delete(row)
    work.did("feed.ended", f"feed/{feed_id}", row.site_id)


def feeds_of(session: Session, caller: Caller) -> list[t.Feed]:
    """One's links."""
    return list(session.scalars(select(t.Feed).where(t.Feed.account_id == caller.account_id).order_by(t.Feed.id)))


def feed_shown(session: Session, row: t.Feed, base: str = "", secret: str | None = None) -> FeedShown:
    """A link, with its addresses where the secret is known; `base`: where people reach the service."""
    team = session.get(t.Team, row.team_id) if row.team_id else None
    return FeedShown(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope),
        site=session.get_one(t.Site, row.site_id).code,
        team=team.name if team else None,
        skill=row.skill,
        swaps=row.swaps,
        language=Language(row.language),
        alarm=row.alarm,
        made_at=row.made_at,
        used_at=row.used_at,
        used_by=row.used_by,
        path=f"/feeds/{secret}/paiban.ics" if secret else None,
        links=links_of(base, secret, row.name) if secret else None,
    )


def _of_whom(session: Session, caller: Caller, told: NewFeed) -> tuple[int, int | None]:
    """The site and team that a link shows, if the caller may see them."""
    if told.scope is Scope.OWN:
        if caller.person_site is None:
            raise Refusal(Text("账号未关联员工, 没有个人班次", "this account has no person, so no duties of its own"))
        return caller.person_site, None
    site = session.scalars(select(t.Site).where(t.Site.code == told.site)).one_or_none()
    if site is None or not caller.knows(site.id):
        raise Problem("not-found")
    reach = caller.reach(Action.FEED_SHARED, site.id)
    if reach < SEEN[told.scope]:
        raise Problem("forbidden")
    if told.scope is Scope.ROLE and told.skill not in read_plan(newest(session, site.id)).skills:
        raise Refusal(Text("没有这种证书", "there is no such certificate here"))
    if told.scope is not Scope.TEAM:
        return site.id, None
    team = session.scalars(select(t.Team).where(t.Team.site_id == site.id, t.Team.name == told.team)).one_or_none()
    team_id = team.id if team else caller.team_id if told.team is None else None
    if team_id is None:
        raise Problem("not-found")
    if reach is not Reach.SITE and team_id != caller.team_id:
        raise Problem("forbidden")
    return site.id, team_id


def _mine(session: Session, caller: Caller, feed_id: int) -> t.Feed:
    row = session.get(t.Feed, feed_id)
    if row is None or row.account_id != caller.account_id:
        raise Problem("not-found")
    return row
