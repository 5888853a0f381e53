"""Calendars over HTTP: links of one's own, and the calendars behind them, for whoever has the secret."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import select, update

from api.auth.secrets import hashed
from api.feeds.conditional import answer
from api.feeds.forms import FeedShown, FeedsShown, NewFeed
from api.feeds.links import end, feed_shown, feeds_of, make, renew
from api.feeds.source import source_of
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import CallerNow, ServiceNow, address_of
from api.http.problems import Problem
from api.service import Service
from api.store import tables as t
from api.store.store import Work

router = APIRouter(tags=["feeds"])
public = APIRouter(include_in_schema=False)
Id = Annotated[int, Path(ge=1, lt=2**63)]
SEEN_EVERY: Final = timedelta(minutes=15)


@router.get("/me/feeds")
def list_feeds(caller: CallerNow, service: ServiceNow) -> FeedsShown:
    """One's links to calendars, with when and by what each was read last."""
    with service.store.reading() as session:
        return FeedsShown(items=[feed_shown(session, row) for row in feeds_of(session, caller)])


@router.post("/me/feeds", status_code=201, response_model=FeedShown)
def make_feed(body: NewFeed, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """A link for a device; its secret address is told this once."""

    def do(work: Work) -> Answer:
        row, secret = make(work, caller, body)
        return Answer(feed_shown(work.session, row, secret), 201)

    return answered(service.store, caller, asked, do)


@router.post("/me/feeds/{feed_id}/renewal", response_model=FeedShown)
def renew_feed(feed_id: Id, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """A new address for a link; the old one shows nothing any more."""

    def do(work: Work) -> Answer:
        row, secret = renew(work, caller, feed_id)
        return Answer(feed_shown(work.session, row, secret))

    return answered(service.store, caller, asked, do)


@router.delete("/me/feeds/{feed_id}", status_code=204)
def end_feed(feed_id: Id, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """End a link at once."""

    def do(work: Work) -> Answer:
        end(work, caller, feed_id)
        return Answer(status=204)

    return answered(service.store, caller, asked, do)


@public.api_route("/feeds/{secret}.ics", methods=["GET", "HEAD"])
def read_feed(secret: str, request: Request, service: ServiceNow) -> Response:
    """The calendar behind a secret; whatever is wrong with it, there is no such thing."""
    now = service.store.now()
    with service.store.reading() as session:
        feed = session.scalars(select(t.Feed).where(t.Feed.secret_hash == hashed(secret))).one_or_none()
        source = source_of(session, feed, now) if feed is not None else None
        if feed is None or source is None:
            service.limiter.count(f"feed/{address_of(request, service)}")
            raise Problem("not-found")
        edition = source.edition()
        found = answer(request, edition, lambda: service.rendered.body(("feed", edition.tag), source.written))
    _note_seen(service, feed, now, request.headers.get("user-agent", ""))
    return found


def _note_seen(service: Service, feed: t.Feed, now: datetime, client: str) -> None:
    """Write when and by what a link was read, but not at each time."""
    if feed.used_at is None or now - feed.used_at > SEEN_EVERY:
        with service.store.writing() as work:
            mine = update(t.Feed).where(t.Feed.id == feed.id)
            work.session.execute(mine.values(used_at=now, used_by=client[:200]))
