"""A publication at a later moment: asked for by somebody, done by the clock, unless the draft changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy import select

from api.audit.chain import Actor
from api.auth.rights import Action
from api.auth.rights import Role as Post
from api.http.asked import Answer, AskedNow, answered
from api.http.desk import Desk, at
from api.http.forms import Instant
from api.http.problems import Problem
from api.notices.rows import Word, tell_roles
from api.rosters.forms import Publication, RosterShown
from api.rosters.given import drafted, read_given, roster_row
from api.rosters.publish import Deed, publish
from api.rosters.published import waivers_of
from api.rosters.routes import MonthNow, roster_shown, roster_tag
from api.rosters.waivers import Waivers, broken
from api.store import tables as t
from api.store.store import Store, Work
from constraints.check import check
from constraints.rule import Role
from domain.language import Refusal, Text
from domain.time import Month

router = APIRouter(tags=["rosters"])
Publisher = Annotated[Desk, at(Action.PUBLISH)]
CHANGED: Final = Text("草稿在此期间被改动", "the draft was changed meanwhile")


class PlannedPublication(Publication):
    """The draft as it stands, to be put in force later."""

    at: Instant = Field(description="when; in the future")


@router.put("/sites/{site}/rosters/{month}/publications/planned", response_model=RosterShown)
def plan_publication(body: PlannedPublication, desk: Publisher, month: MonthNow, asked: AskedNow) -> Response:
    """Have the draft put in force at a moment; what stands against it is told now."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        asked.require_match(roster_tag(row))
        if body.at <= work.now:
            raise Refusal(Text("发布时间应在将来", "the moment of publication lies in the future"))
        given = read_given(work.session, row)
        waivers = waivers_of(desk, body.waivers)
        left = waivers.left(check(drafted(given), given.situation, given.plan.policy).breaches)
        if left:
            raise broken(left)
        row.planned = {
            "at": body.at.isoformat(),
            "revision": row.revision,
            "note": body.note,
            "reasons": waivers.reasons,
            "may": sorted(role.value for role in waivers.may),
            "by": desk.caller.account_id,
        }
        work.did("publication.planned", f"roster/{row.id}", row.site_id, at=row.planned["at"])
        return Answer(roster_shown(row), etag=roster_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/rosters/{month}/publications/planned", response_model=RosterShown)
def drop_publication(desk: Publisher, month: MonthNow, asked: AskedNow) -> Response:
    """Take back that the draft is to be put in force later."""

    def do(work: Work) -> Answer:
        row = roster_row(work.session, desk.site.id, month, lock=True)
        if row.planned is None:
            raise Problem("not-found")
        row.planned = None
        work.did("publication.dropped", f"roster/{row.id}", row.site_id)
        return Answer(roster_shown(row), etag=roster_tag(row))

    return answered(desk.service.store, desk.caller, asked, do)


def publish_due(store: Store, site_id: int) -> None:
    """Put in force what is due at a site, each in the name of who asked for it; what cannot be is told."""
    with store.reading() as session:
        asked = select(t.Roster).where(t.Roster.site_id == site_id, t.Roster.planned.is_not(None))
        due = [(row.month, row.planned) for row in session.scalars(asked) if row.planned and _is_due(row, store.now())]
    for month, told in due:
        try:
            with store.writing(Actor(told["by"])) as work:
                _publish(work, site_id, Month.parse(month), told)
        except (Problem, Refusal) as fault:
            with store.writing() as work:
                _give_up(work, site_id, Month.parse(month), fault.text or CHANGED)


def _is_due(row: t.Roster, now: datetime) -> bool:
    return row.planned is not None and datetime.fromisoformat(row.planned["at"]) <= now


def _publish(work: Work, site_id: int, month: Month, told: dict[str, Any]) -> None:
    """The draft as it was asked for; another one is not published unseen."""
    row = roster_row(work.session, site_id, month, lock=True)
    if row.planned != told:
        return
    if row.revision != told["revision"]:
        raise Refusal(CHANGED)
    waivers = Waivers(told["reasons"], _roles(told["may"]))
    row.planned = None
    given = read_given(work.session, row)
    publish(work, given, drafted(given).planned, Deed("publication", told["note"], waivers))


def _roles(may: Sequence[str]) -> frozenset[Role]:
    return frozenset(Role(role) for role in may)


def _give_up(work: Work, site_id: int, month: Month, why: Text) -> None:
    """Nothing was published: whoever makes the roster must know."""
    row = roster_row(work.session, site_id, month, lock=True)
    if row.planned is None:
        return
    matter = f"roster/{row.id}/planned/{row.planned['at']}"
    row.planned = None
    facts = {"month": str(month), "zh": why.zh, "en": why.en}
    tell_roles(work, (Post.SCHEDULER, Post.MANAGER), Word(site_id, "publication-failed", matter), facts)
    work.did("publication.failed", f"roster/{row.id}", site_id, why=why.en)
