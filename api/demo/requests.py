"""What people of the demo group ask for: leave for each post that decides, and a duty that is to be taken over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from api.callouts.start import Wanted, start
from api.callouts.states import Cause
from api.files.site import SitePlan
from api.http.problems import Problem
from api.leave.ask import ask
from api.requests.rows import Kind, new_request
from api.rosters.given import roster_row
from api.store import tables as t
from api.store.store import Work
from api.swaps.judge import ground_of
from domain.language import Refusal
from domain.time import Days, Month

AHEAD: Final = timedelta(days=40)
"""Leave of the demo lies so far ahead that nothing is published yet."""
LEAVE: Final = ((5, 1, "personal", "孩子家长会"), (6, 3, "personal", "家中装修"), (7, 5, "annual", "回家探亲"))
"""People by their place in the list, days, kind and why: one for each post that decides."""
SICK: Final = "发烧, 不能到岗"


def add_requests(work: Work, site_id: int, plan: SitePlan, agent: str) -> None:
    """Leave that waits for its decisions, and somebody who is looked for in what is left of the running month."""
    first = plan.site.zone.day_of(work.now) + AHEAD
    people = work.session.scalars(select(t.Person).where(t.Person.site_id == site_id).order_by(t.Person.number)).all()
    for place, days, kind, note in LEAVE:
        _leave(work, plan, people[place], (first, first + timedelta(days=days - 1)), {"leave": kind, "note": note})
    _looked_for(work, site_id, plan, agent)


def _leave(work: Work, plan: SitePlan, person: t.Person, days: tuple[date, date], facts: dict[str, str]) -> None:
    row = new_request(work, person, Kind.LEAVE, Days(*days), facts)
    work.session.add(row)
    work.session.flush()
    ask(work, plan, row)


def _looked_for(work: Work, site_id: int, plan: SitePlan, agent: str) -> None:
    """A duty of somebody else that is to be taken over, two days ahead; near the month's end there may be none."""
    day = plan.site.zone.day_of(work.now) + timedelta(days=2)
    try:
        ground = ground_of(work.session, roster_row(work.session, site_id, Month.of(day)))
    except Problem:
        return
    asked = select(t.Duty).where(t.Duty.site_id == site_id, t.Duty.day == day, t.Duty.state == "active")
    mine = select(t.Person.id).where(t.Person.number == agent)
    row = work.session.scalars(asked.where(t.Duty.person_id.not_in(mine)).order_by(t.Duty.id).limit(1)).one_or_none()
    if row is not None:
        try:
            start(work, ground, row, Wanted(Cause.SICK, SICK, at_once=True))
        except (Problem, Refusal):
            return
