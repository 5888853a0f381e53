"""The fairness account over HTTP: balances that the next roster starts from, and every entry behind them."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.auth.rights import Action
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.forms import MonthWords
from api.http.paging import Page, WantedPage
from api.http.paths import Number
from api.http.problems import Problem
from api.ledger.accounts import Account
from api.ledger.balance import Balances, balances
from api.ledger.forms import BalanceShown, EntryShown
from api.ledger.words import said
from api.people.rows import person_of
from api.store import tables as t
from constraints.balance import DUTY
from domain.language import Language
from domain.time import Month

router = APIRouter(tags=["ledger"])
Reader = Annotated[Desk, at(Action.LEDGER_SEE)]


@router.get("/sites/{site}/ledger")
def list_balances(
    desk: Reader, wanted: WantedPage, month: Annotated[MonthWords | None, Query()] = None
) -> Page[BalanceShown]:
    """What people bring into a month (the next one, unless told): one's own, of one's team, or of the site."""
    month = month or _next_month(desk)
    asked = select(t.Person).where(desk.reached, t.Person.left_on.is_(None))
    with desk.service.store.reading() as session:
        rows = session.scalars(wanted.ask(asked, t.Person.id)).all()
        found = balances(session, [row.id for row in rows], month)
        return wanted.page(rows, lambda row: (row.id,), lambda row: _balance(row, month, found))


@router.get("/sites/{site}/ledger/{number}")
def list_bookings(desk: Reader, number: Number, wanted: WantedPage, language: LanguageNow) -> Page[EntryShown]:
    """Every booking of a person's accounts, the newest first."""
    with desk.service.store.reading() as session:
        person = person_of(session, desk.site.id, number)
        if person is None:
            raise Problem("not-found")
        desk.refuse_other(person)
        asked = select(t.LedgerEntry).where(t.LedgerEntry.person_id == person.id)
        rows = session.scalars(wanted.ask(asked, t.LedgerEntry.id, newest_first=True)).all()
        return wanted.page(rows, lambda row: (row.id,), lambda row: _entry(row, language))


def _next_month(desk: Desk) -> str:
    today = desk.site.zone.day_of(desk.service.store.now())
    return str(Month.of(Month.of(today).days.last + timedelta(days=1)))


def _balance(person: t.Person, month: str, found: Balances) -> BalanceShown:
    accounts = {account: found[person.id][account.value] / DUTY for account in Account}
    return BalanceShown(number=person.number, name=person.name, month=month, accounts=accounts)


def _entry(row: t.LedgerEntry, language: Language) -> EntryShown:
    return EntryShown(
        id=row.id,
        month=row.month,
        account=Account(row.account),
        amount=row.amount / DUTY,
        cause=row.cause,
        matter=row.matter,
        said=said(row.cause, row.month).said(language),
        made_at=row.made_at,
    )
