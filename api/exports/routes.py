"""Files over HTTP; what holds personal data is for those who may export, and each export is in the log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth.rights import Action, Reach
from api.exports.month import Of, kept_month
from api.exports.payroll import Row, csv_of, pay_rows, workbook_of
from api.http.desk import Desk, at
from api.http.downloads import download, told_as
from api.http.faults import LanguageNow
from api.http.problems import Problem
from api.rosters.routes import MonthNow, roster_tag
from domain.time import Month

router = APIRouter(tags=["exports"])
Exporter = Annotated[Desk, at(Action.EXPORT)]
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
    return download(csv_of(_pay_rows(desk, month)), f"payroll-{desk.site.code}-{month}.csv")


@router.get("/sites/{site}/rosters/{month}/payroll.xlsx", responses=told_as("xlsx"), response_class=Response)
def export_payroll_workbook(desk: Exporter, month: MonthNow, language: LanguageNow) -> Response:
    """The same as a workbook."""
    return download(workbook_of(_pay_rows(desk, month), language), f"payroll-{desk.site.code}-{month}.xlsx")


def _pay_rows(desk: Desk, month: Month) -> list[Row]:
    refuse_others(desk)
    with desk.service.store.reading() as session:
        rows = pay_rows(session, desk.site.id, month)
    logged(desk, "payroll", str(month))
    return rows


def refuse_others(desk: Desk) -> None:
    """Whole months are for those whose right reaches the whole site."""
    if desk.reach is not Reach.SITE:
        raise Problem("forbidden")


def logged(desk: Desk, what: str, of: str) -> None:
    """Tell the log who took what out."""
    with desk.service.store.writing(desk.caller.actor) as work:
        work.did("exported", what, desk.site.id, of=of)
