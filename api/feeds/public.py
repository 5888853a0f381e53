"""The calendar behind a secret, for whoever has it: most clients ask often, and seldom has anything changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Final

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select, update

from api.auth.secrets import hashed
from api.feeds.conditional import answer, unchanged
from api.feeds.kept import Kept
from api.feeds.source import Source, source_behind
from api.http.desk import address_of
from api.http.problems import Problem
from api.service import Service
from api.store import tables as t
from domain.time import Zone

# clients that tell no name call a calendar by the last part of its path: so that is not the secret
PATH: Final = "/feeds/{secret}/paiban.ics"
SEEN_EVERY: Final = timedelta(minutes=15)
HEAD: Final = select(t.AuditHead.last)


async def read_feed(request: Request) -> Response:
    """The calendar behind a secret; whatever is wrong with it, there is no such thing."""
    service: Service = request.app.state.service
    key = hashed(request.path_params["secret"])
    known = _at_once(request, service, key)
    return known if known is not None else await run_in_threadpool(_read, request, service, key)


def _at_once(request: Request, service: Service, key: str) -> Response | None:
    """That nothing has changed, where that is known without asking the database."""
    head, now = service.editions.head(service.store.written.times), service.store.now()
    kept = service.editions.known(key, head, now) if head is not None else None
    return unchanged(request, kept.edition) if kept and not _note(kept, now) else None


def _read(request: Request, service: Service, key: str) -> Response:
    now, written = service.store.now(), service.store.written.times
    with service.store.reading() as session:
        head = session.scalar(HEAD) or 0
        service.editions.saw(head, written)
        source = cache(partial(source_behind, session, key, now))
        kept = service.editions.known(key, head, now) or _looked_up(service, source, key, head)
        if kept is None:
            service.limiter.count(f"feed/{address_of(request, service)}")
            raise Problem("not-found")

        def write() -> bytes:
            return service.rendered.body(("feed", kept.edition.tag), lambda: _written(source()))

        found = answer(request, kept.edition, write)
    if _note(kept, now):
        _seen(service, key, kept, request.headers.get("user-agent", ""))
    return found


def _looked_up(service: Service, find: Callable[[], Source | None], key: str, head: int) -> Kept | None:
    """The edition of a calendar, kept until something is written, or the day is over."""
    source = find()
    if source is None:
        return None
    zone = Zone(source.site.zone)
    midnight = zone.at(zone.day_of(service.store.now()) + timedelta(days=1), 0)
    kept = Kept(head, midnight, source.feed.id, source.feed.used_at, source.edition())
    service.editions.keep(key, kept)
    return kept


def _written(source: Source | None) -> bytes:
    if source is None:
        raise Problem("not-found")
    return source.written()


def _note(kept: Kept, now: datetime) -> bool:
    """Whether it is to be written when a link was read: not at each time."""
    return kept.used_at is None or now - kept.used_at > SEEN_EVERY


def _seen(service: Service, key: str, kept: Kept, client: str) -> None:
    with service.store.writing() as work:
        mine = update(t.Feed).where(t.Feed.id == kept.feed_id)
        work.session.execute(mine.values(used_at=work.now, used_by=client[:200]))
    service.editions.seen(key, service.store.now())
