"""Calls, forecasts with their layers, requirements, and the days that are special."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.rights import Action
from api.demand.calls import add_batch, batch_of, read_upload
from api.demand.forms import (
    BatchShown,
    DayForeseen,
    ForecastHead,
    ForecastShown,
    LayerShown,
    NeedShown,
    NewLayer,
    NewSpecialDay,
    RequirementShown,
    Series,
    SpecialDayShown,
    batch_shown,
    forecast_head,
    layer_shown,
)
from api.demand.packed import unpack
from api.demand.work import keep_requirement, layer_of, layers_of, newest_forecast, read_kept, require_month
from api.files.parts import WordsForm
from api.files.series import read_requirement
from api.group.plans import calendar_of, newest, read_plan
from api.http.asked import Answer, AskedNow, answered, undone
from api.http.desk import Desk, at
from api.http.paging import Page, WantedPage
from api.http.paths import Id
from api.http.problems import Problem, declared
from api.http.uploads import BODY, Upload, UploadNow
from api.jobs.forms import JobShown, job_shown
from api.jobs.rows import Errand, Kind, submit
from api.rosters.given import roster_row
from api.rosters.routes import MonthNow, opened_roster
from api.store import tables as t
from api.store.store import Work
from domain.calendar import Calendar
from domain.time import Month
from forecasting.adjustments import adjusted
from forecasting.daily import days_of
from forecasting.forecast import Forecast

router = APIRouter(tags=["demand"])
Reader = Annotated[Desk, at(Action.DEMAND_SEE)]
Editor = Annotated[Desk, at(Action.DEMAND_EDIT)]


@router.get("/sites/{site}/calls")
def list_batches(desk: Reader, wanted: WantedPage) -> Page[BatchShown]:
    """The imports of call records, the newest first."""
    asked = select(t.CallBatch).where(t.CallBatch.site_id == desk.site.id)
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.CallBatch.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), batch_shown)


@router.post(
    "/sites/{site}/calls",
    response_model=BatchShown,
    openapi_extra=BODY,
    responses=declared("too-large") | {201: {"model": BatchShown}, 202: {"model": JobShown}},
)
def import_calls(
    desk: Editor,
    upload: UploadNow,
    asked: AskedNow,
    later: Annotated[bool, Query(description="as a job: the answer comes at once")] = False,  # noqa: FBT002 - a query
) -> Response:
    """Import call records (CSV or xlsx, docs/files.md); the same content is taken once."""
    if later and not upload.dry_run:
        return answered(desk.service.store, desk.caller, asked, lambda work: _import_later(work, desk, upload))
    with desk.service.store.reading() as session:
        plan = read_plan(newest(session, desk.site.id))
    batch = batch_of(read_upload(upload, plan), upload.name, desk.site.zone)
    if upload.dry_run:
        return Answer(batch_shown(batch)).response()

    def do(work: Work) -> Answer:
        row, fresh = add_batch(work, desk.site.id, batch)
        return Answer(batch_shown(row, fresh=fresh), 201 if fresh else 200)

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/calls/{batch_id}", status_code=204)
def remove_batch(desk: Editor, batch_id: Id, asked: AskedNow) -> Response:
    """Take an import back, as if it had never been made."""

    def do(work: Work) -> Answer:
        row = work.session.get(t.CallBatch, batch_id)
        if row is None or row.site_id != desk.site.id:
            raise Problem("not-found")
        work.session.delete(row)
        work.did("calls.removed", f"batch/{batch_id}", desk.site.id, name=row.name, sha256=row.sha256)
        return Answer()

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/months/{month}/forecasts")
def list_forecasts(desk: Reader, month: MonthNow) -> Page[ForecastHead]:
    """The versions of a month's forecast, the newest first; a job makes another."""
    asked = select(t.Forecast).where(t.Forecast.site_id == desk.site.id, t.Forecast.month == str(month))
    with desk.service.store.reading() as session:
        rows = session.scalars(asked.order_by(t.Forecast.number.desc()).limit(200)).all()
        return Page(items=[forecast_head(row) for row in rows])


@router.get("/sites/{site}/months/{month}/forecasts/newest")
def show_newest_forecast(desk: Reader, month: MonthNow) -> ForecastShown:
    """The newest forecast of a month under its layers."""
    with desk.service.store.reading() as session:
        return _forecast(session, desk, month, None)


@router.get("/sites/{site}/months/{month}/forecasts/{number}")
def show_forecast(desk: Reader, month: MonthNow, number: Annotated[int, Path(ge=1, lt=2**31)]) -> ForecastShown:
    """A version of a month's forecast under the layers of today."""
    with desk.service.store.reading() as session:
        return _forecast(session, desk, month, number)


@router.get("/sites/{site}/months/{month}/layers")
def list_layers(desk: Reader, month: MonthNow) -> Page[LayerShown]:
    """The layers over a month's forecast."""
    with desk.service.store.reading() as session:
        return Page(items=[layer_shown(row) for row in layers_of(session, desk.site.id, month)])


@router.post("/sites/{site}/months/{month}/layers", status_code=201, response_model=LayerShown)
def add_layer(body: NewLayer, desk: Editor, month: MonthNow, asked: AskedNow) -> Response:
    """Lay a change over the forecast; the model's own numbers stay as they are."""

    def do(work: Work) -> Answer:
        told = {"name": body.name, "facts": body.facts(), "made_by": desk.caller.account_id, "made_at": work.now}
        row = t.Layer(site_id=desk.site.id, month=str(month), **told)
        _refuse_misfit(work, desk, month, row)
        work.session.add(row)
        work.session.flush()
        work.did("layer.added", f"layer/{row.id}", desk.site.id, month=str(month), name=body.name)
        return Answer(layer_shown(row), 201)

    return answered(desk.service.store, desk.caller, asked, do)


@router.put("/sites/{site}/months/{month}/layers/{layer_id}", response_model=LayerShown)
def change_layer(body: NewLayer, desk: Editor, month: MonthNow, layer_id: Id, asked: AskedNow) -> Response:
    """Lay a change elsewhere, or let it weigh otherwise."""

    def do(work: Work) -> Answer:
        row = _layer(work, desk, month, layer_id)
        before = {"name": row.name, **row.facts}
        row.name, row.facts = body.name, body.facts()
        _refuse_misfit(work, desk, month, row)
        work.did("layer.changed", f"layer/{row.id}", desk.site.id, month=str(month), name=row.name, before=before)
        return Answer(layer_shown(row))

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/months/{month}/layers/{layer_id}", status_code=204)
def remove_layer(desk: Editor, month: MonthNow, layer_id: Id, asked: AskedNow) -> Response:
    """Take a layer away."""

    def do(work: Work) -> Answer:
        row = _layer(work, desk, month, layer_id)
        row.removed_at = work.now
        work.did("layer.removed", f"layer/{layer_id}", desk.site.id, month=str(month), name=row.name)
        return Answer()

    return answered(desk.service.store, desk.caller, asked, do)


@router.get("/sites/{site}/months/{month}/requirement")
def show_requirement(desk: Reader, month: MonthNow) -> RequirementShown:
    """The people needed, by which the month's roster is made."""
    with desk.service.store.reading() as session:
        roster = roster_row(session, desk.site.id, month)
        if roster.requirement_id is None:
            raise Problem("not-found")
        return _requirement(session.get_one(t.Requirement, roster.requirement_id), desk)


@router.post("/sites/{site}/months/{month}/requirement", status_code=201, response_model=RequirementShown)
def work_out_requirement(desk: Editor, month: MonthNow, asked: AskedNow) -> Response:
    """Work the people needed out anew, from the newest forecast under its layers."""
    with desk.service.store.reading() as session:
        found, forecast_id = require_month(session, desk.site.id, month)

    def do(work: Work) -> Answer:
        roster = opened_roster(work, desk.site.id, month)
        return Answer(_requirement(keep_requirement(work, roster, found, forecast_id), desk), 201)

    return answered(desk.service.store, desk.caller, asked, do)


@router.put(
    "/sites/{site}/months/{month}/requirement", status_code=201, response_model=RequirementShown, openapi_extra=BODY
)
def upload_requirement(desk: Editor, month: MonthNow, upload: UploadNow, asked: AskedNow) -> Response:
    """Take the people needed from a file (`start,skill,heads,fractional[,worth]`)."""
    with desk.service.store.reading() as session:
        plan = read_plan(newest(session, desk.site.id))
    with upload.file() as path:
        found = read_requirement(path, plan.site)

    def do(work: Work) -> Answer:
        roster = opened_roster(work, desk.site.id, month)
        return Answer(_requirement(keep_requirement(work, roster, found, None), desk), 201)

    return answered(desk.service.store, desk.caller, asked, undone(do) if upload.dry_run else do)


@router.get("/sites/{site}/special-days")
def list_special_days(desk: Reader, wanted: WantedPage) -> Page[SpecialDayShown]:
    """The days over the calendar of the country: of this site, and of all."""
    asked = select(t.SpecialDay).where((t.SpecialDay.site_id == desk.site.id) | t.SpecialDay.site_id.is_(None))
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.SpecialDay.id)).all()
        return wanted.page(rows, lambda row: (row.id,), _special)


@router.post("/sites/{site}/special-days", status_code=201, response_model=SpecialDayShown)
def add_special_days(body: NewSpecialDay, desk: Editor, asked: AskedNow) -> Response:
    """Correct the calendar, or name an event that moves the calls."""

    def do(work: Work) -> Answer:
        row = t.SpecialDay(site_id=desk.site.id, first=body.first, last=body.last, kind=str(body.kind), name=body.name)
        work.session.add(row)
        work.session.flush()
        work.did("special-day.added", f"special-day/{row.id}", desk.site.id, name=body.name)
        return Answer(_special(row), 201)

    return answered(desk.service.store, desk.caller, asked, do)


@router.delete("/sites/{site}/special-days/{row_id}", status_code=204)
def remove_special_days(desk: Editor, row_id: Id, asked: AskedNow) -> Response:
    """Take a correction of the site away."""

    def do(work: Work) -> Answer:
        row = work.session.get(t.SpecialDay, row_id)
        if row is None or row.site_id != desk.site.id:
            raise Problem("not-found")
        work.session.delete(row)
        work.did("special-day.removed", f"special-day/{row_id}", desk.site.id, name=row.name)
        return Answer()

    return answered(desk.service.store, desk.caller, asked, do)


def _refuse_misfit(work: Work, desk: Desk, month: Month, row: t.Layer) -> None:
    """A layer fits the forecast of its month."""
    plan = read_plan(newest(work.session, desk.site.id))
    adjusted(read_kept(newest_forecast(work.session, desk.site.id, month), plan), [layer_of(row)])


def _layer(work: Work, desk: Desk, month: Month, layer_id: int) -> t.Layer:
    row = work.session.get(t.Layer, layer_id)
    if row is None or row.site_id != desk.site.id or row.month != str(month) or row.removed_at:
        raise Problem("not-found")
    return row


def _import_later(work: Work, desk: Desk, upload: Upload) -> Answer:
    """An import as a job, with its file."""
    month = Month.of(desk.site.zone.day_of(work.now))
    job = submit(work, desk.service.post, Errand(Kind.IMPORT, desk.site.id, month))
    work.session.add(t.JobFile(job_id=job.id, name=upload.name, content=upload.content))
    return Answer(job_shown(job), 202, location=f"/api/v1/sites/{desk.site.code}/jobs/{job.id}")


def _forecast(session: Session, desk: Desk, month: Month, number: int | None) -> ForecastShown:
    plan = read_plan(newest(session, desk.site.id))
    row = newest_forecast(session, desk.site.id, month, number)
    kept, layers = read_kept(row, plan), layers_of(session, desk.site.id, month)
    calendar = calendar_of(session, plan, desk.site.id, range(month.year, month.year + 1))
    under = adjusted(kept, [layer_of(each) for each in layers])
    series = []
    for queue in under.queues:
        rows, handle = under.of(queue), under.handle_s(queue)
        series.append(
            Series(
                queue=queue,
                mean=rows["mean"].tolist(),
                p10=rows["p10"].tolist(),
                p90=rows["p90"].tolist(),
                model=kept.of(queue)["mean"].tolist(),
                handle_s=None if handle is None else handle.tolist(),
                days=_days(under, kept, queue, calendar),
            )
        )
    starts = list(under.of(under.queues[0])["start"])
    shown = [layer_shown(each) for each in layers]
    return ForecastShown(**forecast_head(row).model_dump(), starts=starts, series=series, layers=shown)


def _days(under: Forecast, kept: Forecast, queue: str, calendar: Calendar) -> list[DayForeseen]:
    """The days under the layers, beside the model's own, as the calendar names them."""
    own = kept.of(queue).groupby([moment.date() for moment in kept.of(queue)["start"]])["mean"].sum()
    return [
        DayForeseen(
            day=each.day,
            mean=each.mean,
            p10=each.p10,
            p90=each.p90,
            model=float(own[each.day]),
            holiday=WordsForm.of(calendar.names[each.day]) if each.day in calendar.names else None,
            events=sorted(calendar.events.get(each.day, ())),
        )
        for each in days_of(under, queue)
    ]


def _requirement(row: t.Requirement, desk: Desk) -> RequirementShown:
    needs = [
        NeedShown(
            start=need.span.start, end=need.span.end, work=need.work, heads=need.heads, fractional=need.fractional
        )
        for need in unpack(row.content, desk.site.zone).needs
    ]
    return RequirementShown(
        number=row.number, forecast=row.forecast_id, person_hours=row.person_minutes / 60, needs=needs
    )


def _special(row: t.SpecialDay) -> SpecialDayShown:
    return SpecialDayShown(
        id=row.id, first=row.first, last=row.last, kind=row.kind, name=row.name, everywhere=row.site_id is None
    )
