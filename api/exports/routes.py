"""Files over HTTP; what holds personal data is for those who may export, and each export is in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy.orm import Session

from api.auth.rights import Action, Reach
from api.exports.month import Of, kept_month
from api.exports.papers import day_paper, month_paper
from api.exports.payroll import pay_table
from api.exports.people import leave_table, people_table
from api.exports.tables import Table
from api.exports.typeset import typeset
from api.http.desk import Desk, at
from api.http.downloads import download, told_as
from api.http.faults import LanguageNow
from api.http.forms import Day, Line
from api.http.problems import Problem
from api.rosters.routes import MonthNow, roster_tag
from domain.language import Language, Text
from domain.time import Days, Month

router = APIRouter(tags=["exports"])
Exporter = Annotated[Desk, at(Action.EXPORT)]
DayNow = Annotated[Day, Path(examples=["2026-12-07"])]
Kind = Annotated[Literal["csv", "xlsx"], Path()]


def _span(
    desk: Exporter,
    first: Annotated[Day | None, Query(description="default: today at the site")] = None,
    last: Annotated[Day | None, Query(description="default: 92 days later")] = None,
) -> Days:
    begin = first or desk.site.zone.day_of(desk.service.store.now())
    return Days(begin, last or begin + timedelta(days=92))


SpanNow = Annotated[Days, Depends(_span)]
OfNow = Annotated[Of, Query(description="the draft, or what is in force")]


@router.get("/sites/{site}/rosters/{month}/workbook", responses=told_as("xlsx"), response_class=Response)
def export_workbook(desk: Exporter, month: MonthNow, language: LanguageNow, of: OfNow = Of.DRAFT) -> Response:
    """The month as a workbook: to print on A3, or to edit and send back (`PUT …/draft?name=….xlsx`)."""
    refuse_others(desk)
    with desk.service.store.reading() as session:
        kept = kept_month(session, desk.site.id, month, of)
    logged(desk, "workbook", str(month))
    return download(kept.workbook(language), f"{kept.name(language)}.xlsx", {"ETag": roster_tag(kept.given.roster)})


@router.get("/sites/{site}/rosters/{month}/payroll.csv", responses=told_as("csv"), response_class=Response)
def export_payroll(desk: Exporter, month: MonthNow) -> Response:
    """The published month by pay class as CSV (docs/files.md): a row a person, absences left out."""
    return download(_payroll(desk, month).csv(), f"payroll-{desk.site.code}-{month}.csv")


@router.get("/sites/{site}/rosters/{month}/payroll.xlsx", responses=told_as("xlsx"), response_class=Response)
def export_payroll_workbook(desk: Exporter, month: MonthNow, language: LanguageNow) -> Response:
    """The same as a workbook."""
    return download(_payroll(desk, month).workbook(language, named=True), f"payroll-{desk.site.code}-{month}.xlsx")


@router.get("/sites/{site}/rosters/{month}/paper", responses=told_as("pdf"), response_class=Response)
def export_paper(
    desk: Exporter,
    month: MonthNow,
    language: LanguageNow,
    of: OfNow = Of.PUBLISHED,
    team: Annotated[Line, Query(description="only this team; default: a page for each")] = "",
) -> Response:
    """The month as a PDF to be hung up: A3 landscape, a page a team, in black and white."""
    refuse_others(desk)
    with desk.service.store.reading() as session:
        kept = kept_month(session, desk.site.id, month, of)
    paper = month_paper(kept, language, team, desk.service.store.now())
    if not paper["teams"]:
        raise Problem("not-found", Text("没有这个班组", "there is no such team"))
    logged(desk, "paper", str(month))
    return download(typeset("month", paper), f"{kept.name(language)}.pdf")


@router.get("/sites/{site}/day-sheets/{day}", responses=told_as("pdf"), response_class=Response)
def export_day_sheet(desk: Annotated[Desk, at(Action.ROSTER_SEE)], day: DayNow, language: LanguageNow) -> Response:
    """Who works on a day, as a PDF to be signed: A4, with room for the log and the hand-over."""
    with desk.service.store.reading() as session:
        kept = kept_month(session, desk.site.id, Month.of(day), Of.PUBLISHED)
    paper = day_paper(kept, day, language, desk.service.store.now())
    return download(typeset("day", paper), f"{paper['title']}.pdf")


@router.get("/sites/{site}/people.{kind}", responses=told_as("csv", "xlsx"), response_class=Response)
def export_people(desk: Exporter, kind: Kind, span: SpanNow, language: LanguageNow) -> Response:
    """Who belongs to the site, with certificates and leave, as it can be taken in again."""
    return _table(desk, "people", people_table, span, (kind, language))


@router.get("/sites/{site}/leave.{kind}", responses=told_as("csv", "xlsx"), response_class=Response)
def export_leave(desk: Exporter, kind: Kind, span: SpanNow, language: LanguageNow) -> Response:
    """Approved leave, as it can be taken in again."""
    return _table(desk, "leave", leave_table, span, (kind, language))


def _table(
    desk: Desk, what: str, made: Callable[[Session, int, Days], Table], span: Days, how: tuple[str, Language]
) -> Response:
    """A table of some days as a file of a kind, for those who keep the people: it tells kinds of leave."""
    refuse_others(desk)
    if desk.caller.reach(Action.PEOPLE_EDIT, desk.site.id) is not Reach.SITE:
        raise Problem("forbidden")
    kind, language = how
    with desk.service.store.reading() as session:
        table = made(session, desk.site.id, span)
    logged(desk, what, f"{span.first}..{span.last}")
    content = table.csv() if kind == "csv" else table.workbook(language)
    return download(content, f"{what}-{desk.site.code}.{kind}")


def _payroll(desk: Desk, month: Month) -> Table:
    refuse_others(desk)
    with desk.service.store.reading() as session:
        table = pay_table(session, desk.site.id, month)
    logged(desk, "payroll", str(month))
    return table


def refuse_others(desk: Desk) -> None:
    """Whole months are for those whose right reaches the whole site."""
    if desk.reach is not Reach.SITE:
        raise Problem("forbidden")


def logged(desk: Desk, what: str, of: str) -> None:
    """Tell the log who took what out."""
    with desk.service.store.writing(desk.caller.actor) as work:
        work.did("exported", what, desk.site.id, of=of)
