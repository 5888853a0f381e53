"""Links to calendars over HTTP: made, renewed and ended by whose they are."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.feeds.forms import FeedShown, FeedsShown, NewFeed
from api.feeds.links import end, feed_shown, feeds_of, make, renew
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import CallerNow, ServiceNow
from api.http.paths import Id
from api.store.store import Work

router = APIRouter(tags=["feeds"])


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
        return Answer(feed_shown(work.session, row, service.settings.public_url, secret), 201)

    return answered(service.store, caller, asked, do)


@router.post("/me/feeds/{feed_id}/renewal", response_model=FeedShown)
def renew_feed(feed_id: Id, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """A new address for a link; the old one shows nothing any more."""

    def do(work: Work) -> Answer:
        row, secret = renew(work, caller, feed_id)
        return Answer(feed_shown(work.session, row, service.settings.public_url, secret))

    return answered(service.store, caller, asked, do)


@router.delete("/me/feeds/{feed_id}", status_code=204)
def end_feed(feed_id: Id, caller: CallerNow, service: ServiceNow, asked: AskedNow) -> Response:
    """End a link at once."""

    def do(work: Work) -> Answer:
        end(work, caller, feed_id)
        return Answer(status=204)

    return answered(service.store, caller, asked, do)
