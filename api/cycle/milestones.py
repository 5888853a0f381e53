"""The moments of each site's months as rows: when each is due, whether it is done; made anew when a policy changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cycle.policy import Moment
from api.files.site import SitePlan
from api.group.plans import calendar_of
from api.store import tables as t
from domain.time import Month, Zone

AHEAD: Final = 2
"""Months whose moments are kept: the one to be planned next, and the one after."""


class Outcome(StrEnum):
    """How a moment went."""

    MET = "met"
    LATE = "late"


def planned_months(now: datetime, zone: Zone) -> list[Month]:
    """The months that are ahead of a site, the next one first; the month that runs keeps what it still owes."""
    day = now.astimezone(zone.info).date()
    months = [Month.of(day)]
    for _ in range(AHEAD):
        months.append(Month.of(months[-1].days.last + timedelta(days=1)))
    return months


def settle(session: Session, site: t.Site, plan: SitePlan, now: datetime) -> None:
    """Make the rows of a site's months, and move those not yet done to where its plan has them now."""
    months = planned_months(now, plan.site.zone)
    years = range(months[0].year - 1, months[-1].year + 2)
    calendar = calendar_of(session, plan, site.id, years)
    asked = select(t.Milestone).where(t.Milestone.site_id == site.id, t.Milestone.month.in_([str(m) for m in months]))
    known = {(row.month, row.kind): row for row in session.scalars(asked)}
    for month in months:
        for moment in Moment:
            due = plan.cycle.due(moment, month, plan.site.zone, calendar)
            row = known.get((str(month), moment.value))
            if row is None:
                if month != months[0]:
                    session.add(t.Milestone(site_id=site.id, month=str(month), kind=moment.value, due_at=due))
            elif row.done_at is None and row.due_at != due:
                row.due_at = due
    session.flush()


def open_milestones(session: Session, site_id: int) -> Sequence[t.Milestone]:
    """What is not done yet, in the order in which it is due."""
    asked = select(t.Milestone).where(t.Milestone.site_id == site_id, t.Milestone.done_at.is_(None))
    return session.scalars(asked.order_by(t.Milestone.due_at, t.Milestone.id).with_for_update()).all()


def done(row: t.Milestone, now: datetime) -> None:
    """Mark a moment as done, in time or late."""
    row.done_at = now
    row.outcome = (Outcome.MET if now <= row.due_at + timedelta(minutes=5) else Outcome.LATE).value
