"""Balances: the days of a kind that somebody has in a year, and what is left of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.files.site import SitePlan
from api.group.plans import calendar_of
from api.http.problems import Problem
from api.leave.policy import LeaveKind
from api.leave.rows import AWAY, UNDECIDED, standing, work_halves
from api.requests.rows import leave_of
from api.store import tables as t
from domain.language import Text
from domain.requests import Leave
from domain.time import Days


@dataclass(frozen=True, slots=True)
class Balance:
    """A person's balance of a kind and year, in half work days."""

    kind: LeaveKind
    year: int
    granted: int | None
    """None: nobody has told, so nothing is limited."""
    taken: int
    asked: int

    @property
    def left(self) -> int | None:
        """What can be asked for."""
        return None if self.granted is None else self.granted - self.taken - self.asked


class Balances:
    """The balances of one person; `but`: a request that is not counted."""

    def __init__(self, session: Session, plan: SitePlan, person: t.Person, but: int | None = None) -> None:
        self._session, self._plan, self._person, self._but = session, plan, person, but

    def of(self, kind: LeaveKind, year: int) -> Balance:
        """The balance of a kind and year."""
        days = Days(date(year, 1, 1), date(year, 12, 31))
        rows = standing(self._session, self._person.site_id, days, (*AWAY, *UNDECIDED))
        mine = [row for row in rows if row.person_id == self._person.id and row.id != self._but]
        halves = {row: self._takes(leave_of(row))[year] for row in mine if row.facts["leave"] == kind.id}
        taken = sum(count for row, count in halves.items() if row.state in AWAY)
        granted = _granted(self._session, self._person, kind, year)
        return Balance(kind, year, granted, taken, sum(halves.values()) - taken)

    def refuse_beyond(self, leave: Leave) -> None:
        """Leave that takes more days than its balance has is refused, with what is left."""
        kind = self._plan.leave.known(leave.kind)
        for year, halves in self._takes(leave).items() if kind.balance else ():
            left = self.of(kind, year).left
            if left is not None and halves > left:
                words = Text(
                    "{year}年{kind}剩余{left}天, 本次需要{days}天",
                    "{days} days of {kind} wanted, {left} left in {year}",
                )
                told = words.filled(kind=Text(kind.zh, kind.en), year=str(year), left=left / 2, days=halves / 2)
                raise Problem("over-budget", told, left=left / 2, year=year)

    def _takes(self, leave: Leave) -> Counter[int]:
        years = range(leave.days.first.year, leave.days.last.year + 1)
        return work_halves(leave, calendar_of(self._session, self._plan, self._person.site_id, years))


def _granted(session: Session, person: t.Person, kind: LeaveKind, year: int) -> int | None:
    """What the time with the company gives, where it is known, and on top of it what was granted by hand."""
    asked = select(func.sum(t.LeaveGrant.halves), func.count()).where(
        t.LeaveGrant.person_id == person.id, t.LeaveGrant.kind == kind.id, t.LeaveGrant.year == year
    )
    halves, count = session.execute(asked).one()
    if kind.seniority and person.joined_on is None and not count:
        return None
    return int(halves or 0) + 2 * _by_seniority(person.joined_on, kind, year)


def _by_seniority(joined: date | None, kind: LeaveKind, year: int) -> int:
    """Days by the full years that somebody has been here in the course of a year."""
    years = year - joined.year if joined else 0
    return next((days for least, days in reversed(kind.seniority) if years >= least), 0)
