"""One's own published duties, wherever they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.auth.caller import Caller
from api.http.desk import CallerNow, ServiceNow
from api.http.forms import Day, Shown
from api.http.problems import Problem
from api.rosters.forms import DutyShown
from api.store import tables as t
from domain.language import Text
from domain.time import Days

router = APIRouter(tags=["rosters"])
LONGEST_DAYS: Final = 400


class OwnDuty(DutyShown):
    """One of one's own duties, with its instants."""

    site: str
    start: str
    end: str


class OwnDuties(Shown):
    """One's own duties."""

    items: list[OwnDuty]


@router.get("/me/duties")
def list_own_duties(
    caller: CallerNow,
    service: ServiceNow,
    first: Annotated[Day | None, Query(description="default: today")] = None,
    last: Annotated[Day | None, Query(description="default: 62 days later")] = None,
) -> OwnDuties:
    """One's own published duties."""
    first = first or service.store.now().date()
    last = last or first + timedelta(days=62)
    days = Days(first, last)
    if len(days) > LONGEST_DAYS:
        raise Problem("invalid", Text("最多查询400天", "400 days at most"))
    return OwnDuties(items=_own(caller, service, days))


def _own(caller: Caller, service: ServiceNow, days: Days) -> list[OwnDuty]:
    if caller.person_id is None:
        return []
    with service.store.reading() as session:
        asked = (
            select(t.Duty, t.Site)
            .join(t.Site, t.Site.id == t.Duty.site_id)
            .where(t.Duty.person_id == caller.person_id, t.Duty.state == "active")
            .where(t.Duty.day >= days.first, t.Duty.day <= days.last)
            .order_by(t.Duty.start_at)
        )
        return [_own_duty(row, site, caller.number or "") for row, site in session.execute(asked)]


def _own_duty(row: t.Duty, site: t.Site, number: str) -> OwnDuty:
    zone = ZoneInfo(site.zone)
    return OwnDuty(
        day=row.day,
        agent=number,
        shift=row.shift,
        work=row.work,
        breaks=row.breaks,
        site=site.code,
        start=row.start_at.astimezone(zone).isoformat(),
        end=row.end_at.astimezone(zone).isoformat(),
    )
