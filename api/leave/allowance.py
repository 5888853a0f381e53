"""How many may be away on a day, and who waits for a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from api.files.site import SitePlan
from api.leave.rows import RESERVED, days_of, standing
from api.people.rows import people_of
from api.requests.rows import State, keeps_away
from api.store import tables as t
from domain.time import Days


@dataclass(frozen=True, slots=True)
class Crowd:
    """The days of a leave as the others leave them."""

    away: Counter[date]
    """Others on leave that counts, by day."""
    places: dict[date, int]

    @property
    def full(self) -> list[date]:
        """The days on which there is no place."""
        return [day for day, places in self.places.items() if self.away[day] >= places]


def crowd_of(session: Session, plan: SitePlan, row: t.Request, *, asked: bool = True) -> Crowd:
    """How full the days of a leave are without it: with what was asked for before it, or decided alone."""
    days = days_of(row)
    away: Counter[date] = Counter()
    for other in standing(session, row.site_id, days, RESERVED):
        holds = keeps_away(other) or (asked and _before(other, row))
        if other.id != row.id and _counts(plan, other) and holds:
            away.update(day for day in days_of(other) if day in days)
    people = len(people_of(session, row.site_id, days))
    return Crowd(away, dict.fromkeys(days, plan.leave.places(people)))


def waiting(session: Session, site_id: int, days: Days) -> list[t.Request]:
    """Who waits for a place on some days, first come first."""
    return list(standing(session, site_id, days, [State.WAITLISTED]))


def place_in_line(session: Session, row: t.Request) -> int:
    """Which one somebody is in the line for the days of his leave: 1 is next."""
    return 1 + sum(other.id < row.id for other in waiting(session, row.site_id, days_of(row)))


def _counts(plan: SitePlan, row: t.Request) -> bool:
    """Whether a leave takes one of the places; kinds that the plan no longer has do."""
    return plan.leave.known(row.facts["leave"]).allowance


def _before(other: t.Request, row: t.Request) -> bool:
    """Whether another leave was asked for before."""
    return other.id < row.id
