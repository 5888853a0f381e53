"""Who else is before the board of a month, and at which cell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import delete, select

from api.auth.rights import Action
from api.http.desk import Desk, at
from api.http.forms import Body, Code, Day, Shown
from api.rosters.given import roster_row
from api.rosters.routes import MonthNow
from api.store import tables as t

router = APIRouter(tags=["rosters"])
LONG_GONE: Final = timedelta(seconds=30)


class Here(Body):
    """That one is before the board; at a cell, or at none."""

    agent: Code | None = None
    day: Day | None = None


class Other(Shown):
    """Somebody else who is."""

    name: str
    agent: str | None
    day: date | None


class Others(Shown):
    """Who else is there, and how far the draft is."""

    revision: int
    others: list[Other] = Field(description="seen within the last half minute")


@router.post("/sites/{site}/rosters/{month}/presence")
def tell_presence(body: Here, desk: Annotated[Desk, at(Action.DRAFT_EDIT)], month: MonthNow) -> Others:
    """Tell that one is before the board, and hear who else is: what is forgotten in a moment is not logged."""
    mine = t.Presence.account_id == desk.caller.account_id
    with desk.service.store.writing() as work:
        session, roster = work.session, roster_row(work.session, desk.site.id, month)
        here = t.Presence.roster_id == roster.id
        session.execute(delete(t.Presence).where(here, mine | (t.Presence.seen_at < work.now - LONG_GONE)))
        told = {"agent": body.agent, "day": body.day, "seen_at": work.now}
        session.add(t.Presence(roster_id=roster.id, account_id=desk.caller.account_id, **told))
        asked = select(t.Account.name, t.Presence).join(t.Account, t.Account.id == t.Presence.account_id)
        rows = session.execute(asked.where(here, ~mine).order_by(t.Account.name)).all()
        others = [Other(name=name, agent=each.agent, day=each.day) for name, each in rows]
        return Others(revision=roster.revision, others=others)
