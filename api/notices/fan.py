"""From notices to deliveries: each notice once, to every way on which its account wants to hear of it, when it may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.notices.topics import URGENT, topic_of
from api.outside.box import WAITING, put
from api.store import tables as t
from api.store.store import Store
from domain.time import Zone, wall_minutes

STALE: Final = timedelta(days=3)
"""Older notices are for the inbox alone: a way that was down does not flood people afterwards."""
MOST: Final = 500
SOUND: Final = ("active", "failing")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an account wants to be told."""

    zone: str
    """Of the person's site, for what is of no site."""
    quiet: tuple[time, time] | None
    mail: bool
    mail_topics: frozenset[str]
    channels: Sequence[t.Channel]


def fan_out(store: Store, *, mail: bool) -> int:
    """Lay deliveries of new notices into the box; how many notices were looked at."""
    with store.reading() as session:
        if session.scalar(select(t.Notice.id).where(t.Notice.sent_at.is_(None)).limit(1)) is None:
            return 0
    with store.writing() as work:
        asked = select(t.Notice, t.Site.zone).outerjoin(t.Site, t.Site.id == t.Notice.site_id)
        asked = asked.where(t.Notice.sent_at.is_(None)).order_by(t.Notice.id).limit(MOST).with_for_update(of=t.Notice)
        rows = [(row[0], row[1]) for row in work.session.execute(asked)]
        fresh = [(notice, zone) for notice, zone in rows if notice.made_at > work.now - STALE and not notice.read_at]
        wanted = _wanted(work.session, {notice.account_id for notice, _ in fresh}, mail=mail)
        for notice, zone in fresh:
            mine = wanted[notice.account_id]
            put(work, _deliveries(notice, mine, Zone(zone or mine.zone), work.now))
        for notice, _ in rows:
            notice.sent_at = work.now
        return len(rows)


def _wanted(session: Session, accounts: set[int], *, mail: bool) -> dict[int, Wanted]:
    """The wishes of some accounts; one that is disabled has no way."""
    asked = select(t.Account, t.Person.email, t.Site.zone).outerjoin(t.Person, t.Person.id == t.Account.person_id)
    asked = asked.outerjoin(t.Site, t.Site.id == t.Person.site_id).where(t.Account.id.in_(accounts))
    found = {row[0].id: (row[0], row[1] or "", row[2] or "UTC") for row in session.execute(asked)}
    mine = select(t.NoticeSetting).where(t.NoticeSetting.account_id.in_(accounts))
    told = {row.account_id: row for row in session.scalars(mine)}
    sound = t.Channel.account_id.in_(accounts) & t.Channel.state.in_(SOUND)
    channels = session.scalars(select(t.Channel).where(sound).order_by(t.Channel.id)).all()
    return {
        account.id: _wish(account, email if mail else "", zone, told.get(account.id), channels)
        for account, email, zone in found.values()
    }


def _wish(
    account: t.Account, email: str, zone: str, told: t.NoticeSetting | None, channels: Sequence[t.Channel]
) -> Wanted:
    if account.disabled:
        return Wanted(zone, None, mail=False, mail_topics=frozenset(), channels=())
    mine = [channel for channel in channels if channel.account_id == account.id]
    if told is None:
        return Wanted(zone, None, mail=bool(email), mail_topics=frozenset(), channels=mine)
    return Wanted(zone, quiet_of(told), bool(email) and told.mail, frozenset(told.mail_topics), mine)


def quiet_of(told: t.NoticeSetting) -> tuple[time, time] | None:
    """The quiet hours of an account."""
    if told.quiet_from is None or told.quiet_until is None:
        return None
    return time.fromisoformat(told.quiet_from), time.fromisoformat(told.quiet_until)


def _deliveries(notice: t.Notice, wanted: Wanted, zone: Zone, now: datetime) -> Iterator[t.Delivery]:
    topic = topic_of(notice.kind)
    due = now if topic in URGENT else after_quiet(wanted.quiet, zone, now)
    if wanted.mail and (not wanted.mail_topics or topic in wanted.mail_topics):
        yield _delivery(f"notice-{notice.id}-mail", notice, None, due, now)
    for channel in wanted.channels:
        if not channel.topics or topic in channel.topics:
            yield _delivery(f"notice-{notice.id}-channel-{channel.id}", notice, channel.id, due, now)


def _delivery(name: str, notice: t.Notice, channel: int | None, due: datetime, now: datetime) -> t.Delivery:
    return t.Delivery(
        name=name, notice_id=notice.id, channel_id=channel, event=notice.kind, state=WAITING, due_at=due, made_at=now
    )


def after_quiet(quiet: tuple[time, time] | None, zone: Zone, now: datetime) -> datetime:
    """Now, or the end of the quiet hours in which now lies; they may go over midnight."""
    if quiet is None:
        return now
    today = zone.day_of(now)
    for day in (today - timedelta(days=1), today):
        begin, end = (wall_minutes(clock) for clock in quiet)
        start, until = zone.at(day, begin), zone.at(day, end if end > begin else end + 24 * 60)
        if start <= now < until:
            return until
    return now
