"""From records to the people needed: one version of a forecast, then one of the requirement, each kept."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.demand.calls import history_of
from api.demand.packed import pack
from api.files.series import read_forecast, write_forecast
from api.files.site import SitePlan
from api.group.plans import calendar_of, newest, read_plan
from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Store, Work
from domain.demand import Requirement
from domain.language import Text
from domain.time import Month, Span
from forecasting.adjustments import DayTotal, Layer, Uplift, adjusted
from forecasting.band import Ties
from forecasting.forecast import Forecast, forecast
from forecasting.require import require


def foresee(store: Store, site_id: int, month: Month) -> Forecast:
    """The model's own numbers for a month."""
    with store.reading() as session:
        plan = read_plan(newest(session, site_id))
        calendar = calendar_of(session, plan, site_id, range(month.year - 5, month.year + 2))
        history = history_of(session, site_id, plan, calendar, month)
    return forecast(history, month.days, calendar)


def keep_forecast(work: Work, site_id: int, month: Month, found: Forecast) -> t.Forecast:
    """A new version of the forecast of a month."""
    row = t.Forecast(
        site_id=site_id,
        month=str(month),
        number=_next(work.session, t.Forecast, site_id, month),
        interval=found.interval,
        facts=_facts(found),
        content=_packed(found),
        made_by=work.actor.account_id,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.did("forecast.made", f"forecast/{row.id}", site_id, month=str(month), number=row.number)
    return row


def newest_forecast(session: Session, site_id: int, month: Month, number: int | None = None) -> t.Forecast:
    """A version of the forecast of a month; the newest unless one is told."""
    asked = select(t.Forecast).where(t.Forecast.site_id == site_id, t.Forecast.month == str(month))
    asked = asked if number is None else asked.where(t.Forecast.number == number)
    found = session.scalars(asked.order_by(t.Forecast.number.desc()).limit(1)).one_or_none()
    if found is None:
        raise Problem("not-found", Text("本月还没有预测", "there is no forecast of this month"))
    return found


def read_kept(row: t.Forecast, plan: SitePlan) -> Forecast:
    """A forecast that was kept."""
    with TemporaryDirectory(prefix="paiban-") as folder:
        path = Path(folder) / "forecast.csv"
        path.write_bytes(gzip.decompress(row.content))
        found = read_forecast(path, plan.queue)
    ties = {queue: Ties(**told) for queue, told in row.facts["ties"].items()}
    return Forecast(plan.site.zone, row.interval, found.frame, ties, row.facts["weights"])


def layers_of(session: Session, site_id: int, month: Month) -> list[t.Layer]:
    """The layers over a month that were not taken away, in their order."""
    asked = select(t.Layer).where(t.Layer.site_id == site_id, t.Layer.month == str(month), t.Layer.removed_at.is_(None))
    return list(session.scalars(asked.order_by(t.Layer.id)))


def layer_of(row: t.Layer) -> Layer:
    """A layer as the engine knows it."""
    facts = row.facts
    if "day" in facts:
        return DayTotal(row.name, date.fromisoformat(facts["day"]), facts["calls"], facts.get("queue"))
    span = Span(datetime.fromisoformat(facts["from"]), datetime.fromisoformat(facts["to"]))
    return Uplift(row.name, span, facts["factor"], facts.get("queue"))


def require_month(session: Session, site_id: int, month: Month, number: int | None = None) -> tuple[Requirement, int]:
    """The people needed in a month by the forecast under its layers, and which forecast that was."""
    plan = read_plan(newest(session, site_id))
    row = newest_forecast(session, site_id, month, number)
    return require(_under_layers(session, row, plan), plan.goals), row.id


def foreseen(session: Session, site_id: int, month: Month, plan: SitePlan) -> Forecast:
    """The newest forecast of a month under its layers."""
    return _under_layers(session, newest_forecast(session, site_id, month), plan)


def _under_layers(session: Session, row: t.Forecast, plan: SitePlan) -> Forecast:
    layers = layers_of(session, row.site_id, Month.parse(row.month))
    return adjusted(read_kept(row, plan), [layer_of(each) for each in layers])


def keep_requirement(work: Work, roster: t.Roster, found: Requirement, forecast_id: int | None) -> t.Requirement:
    """A new version of the requirement of a month; the roster works by it from now on."""
    month = Month.parse(roster.month)
    row = t.Requirement(
        site_id=roster.site_id,
        month=roster.month,
        number=_next(work.session, t.Requirement, roster.site_id, month),
        forecast_id=forecast_id,
        plan_id=newest(work.session, roster.site_id).id,
        person_minutes=found.person_minutes,
        content=pack(found),
        made_by=work.actor.account_id,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    roster.requirement_id, roster.revision, roster.changed_at = row.id, roster.revision + 1, work.now
    work.did("requirement.made", f"requirement/{row.id}", roster.site_id, month=roster.month, number=row.number)
    return row


def _next(session: Session, kind: type[t.Forecast] | type[t.Requirement], site_id: int, month: Month) -> int:
    asked = select(func.max(kind.number)).where(kind.site_id == site_id, kind.month == str(month))
    return (session.scalar(asked) or 0) + 1


def _packed(found: Forecast) -> bytes:
    with TemporaryDirectory(prefix="paiban-") as folder:
        path = Path(folder) / "forecast.csv"
        write_forecast(path, found)
        return gzip.compress(path.read_bytes(), 6, mtime=0)


def _facts(found: Forecast) -> dict[str, Any]:
    totals = {str(queue): float(rows["mean"].sum()) for queue, rows in found.frame.groupby("queue")}
    ties = {queue: {"month": tie.month, "day": tie.day} for queue, tie in found.ties.items()}
    weights = {queue: dict(told) for queue, told in found.weights.items()}
    return {"calls": totals, "ties": ties, "weights": weights}
