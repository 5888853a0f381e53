"""What is known of a site's calls: the days that were, how good forecasts turned out, what targets cost in people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Final

import numpy as np
import pandas as pd
from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action
from api.demand.calls import records_of
from api.demand.work import foreseen, newest_forecast, read_kept
from api.files.site import SitePlan
from api.group.plans import newest, read_plan
from api.http.desk import Desk, at
from api.http.forms import Day, Shown
from api.http.paging import Page
from api.http.problems import Problem
from api.rosters.routes import MonthNow
from api.store import tables as t
from domain.language import Refusal, Text
from domain.time import Days, Month
from forecasting.errors import error_sums
from forecasting.forecast import Forecast
from forecasting.require import Goal, require

router = APIRouter(tags=["demand"])
Reader = Annotated[Desk, at(Action.DEMAND_SEE)]
LONGEST: Final = 800
"""Days of history at a time."""
SHARES: Final = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)
"""Targets whose price is told beside the site's own."""
MOST_MONTHS: Final = 12


class PastDay(Shown):
    """The calls of a day, by queue."""

    day: date
    calls: dict[str, int]


class Accuracy(Shown):
    """How good the forecast of a month was, now that its calls are known."""

    month: str
    forecast: int = Field(description="the number of the newest version that was made of it")
    queue: str
    days: int = Field(description="days of the month whose calls are known")
    calls: int
    foreseen: float
    day_error: float = Field(description="absolute errors of the days over their calls (WAPE)")
    interval_error: float = Field(description="absolute errors of the intervals over their calls (WAPE)")
    in_band: float = Field(description="share of the intervals whose calls lay within the band of eight in ten")


class TargetPrice(Shown):
    """What a target costs."""

    work: str
    share: float
    mine: bool = Field(description="whether it is the site's own")
    person_hours: float = Field(description="of the month")
    most: int = Field(description="people at the busiest time")


@router.get("/sites/{site}/history")
def show_history(desk: Reader, first: Annotated[Day, Query()], last: Annotated[Day, Query()]) -> Page[PastDay]:
    """The calls of past days; a day without any record is left out."""
    days = Days(first, last)
    if len(days) > LONGEST:
        raise Refusal(Text("一次最多800天", "800 days at most at a time"))
    with desk.service.store.reading() as session:
        records = records_of(session, desk.site.id, read_plan(newest(session, desk.site.id)), first, last)
    if records is None:
        return Page(items=[])
    frame = records.frame
    totals = frame.groupby([frame["start"].dt.date, "queue"])["calls"].sum().unstack(fill_value=0)
    queues = [str(queue) for queue in totals.columns]
    rows = zip(totals.index, totals.to_numpy(), strict=True)
    found = [(day, dict(zip(queues, map(int, calls), strict=True))) for day, calls in rows if day in days]
    return Page(items=[PastDay(day=day, calls=calls) for day, calls in found])


@router.get("/sites/{site}/accuracy")
def show_accuracy(desk: Reader) -> Page[Accuracy]:
    """How good the newest forecasts of past months were, the newest month first."""
    today = desk.service.store.now().astimezone(desk.site.zone.info).date()
    with desk.service.store.reading() as session:
        plan = read_plan(newest(session, desk.site.id))
        asked = select(t.Forecast.month).where(t.Forecast.site_id == desk.site.id).distinct()
        past = [Month.parse(month) for month in session.scalars(asked)]
        known = sorted((month for month in past if month.days.first < today), key=str, reverse=True)[:MOST_MONTHS]
        records = records_of(session, desk.site.id, plan, known[-1].days.first, today) if known else None
        if records is None:
            return Page(items=[])
        return Page(items=[row for month in known for row in _accuracy(session, desk, plan, month, records.frame)])


@router.get("/sites/{site}/months/{month}/prices")
def list_prices(desk: Reader, month: MonthNow) -> Page[TargetPrice]:
    """What each target would cost in people in a month: of the site, and others beside it."""
    with desk.service.store.reading() as session:
        plan = read_plan(newest(session, desk.site.id))
        forecast = foreseen(session, desk.site.id, month, plan)
    goals = {work: goal for work, goal in plan.goals.items() if work in forecast.queues}
    if not goals:
        raise Problem("not-found")
    return Page(items=[price for work, goal in goals.items() for price in _prices(forecast, work, goal)])


def _prices(forecast: Forecast, work: str, goal: Goal) -> Iterator[TargetPrice]:
    """The site's own target and the usual ones, the lowest first."""
    own = goal.target.share
    alone = replace(forecast, frame=forecast.frame[forecast.frame["queue"] == work])
    for share in sorted({*SHARES, own}):
        wanted = require(alone, {work: replace(goal, target=replace(goal.target, share=share))})
        most = max(need.heads for need in wanted.needs)
        yield TargetPrice(work=work, share=share, mine=share == own, person_hours=wanted.person_minutes / 60, most=most)


def _accuracy(session: Session, desk: Desk, plan: SitePlan, month: Month, frame: pd.DataFrame) -> Iterator[Accuracy]:
    """One row a queue; none before any of the month's calls are known."""
    row = newest_forecast(session, desk.site.id, month)
    made = read_kept(row, plan)
    for queue in made.queues:
        joined = _beside(made, frame, queue)
        if not joined["calls"].sum():
            continue
        index = pd.DatetimeIndex(joined.index)
        sums = error_sums(joined["mean"].to_numpy(), joined["calls"].to_numpy(), index)
        inside = joined["calls"].between(np.floor(joined["p10"]), np.ceil(joined["p90"]))
        yield Accuracy(
            month=str(month),
            forecast=row.number,
            queue=queue,
            days=len(set(index.date)),
            calls=int(sums.calls),
            foreseen=float(joined["mean"].sum()),
            day_error=sums.day_error / sums.calls,
            interval_error=sums.error / sums.calls,
            in_band=float(inside.mean()),
        )


def _beside(made: Forecast, frame: pd.DataFrame, queue: str) -> pd.DataFrame:
    """Forecast and calls by interval, of the days of which there are records."""
    rows = made.of(queue).set_index("start")
    mine = frame[frame["queue"] == queue]
    slots = mine["start"].dt.floor(f"{made.interval}min")
    calls = mine.groupby(slots)["calls"].sum()
    days = set(mine["start"].dt.date)
    known = rows[[moment.date() in days for moment in rows.index]]
    return known.assign(calls=calls.reindex(known.index).fillna(0.0))
