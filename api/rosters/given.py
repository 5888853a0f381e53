"""All that is given for a site's month, read from the store once: the situation and the policy of a problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.demand.packed import unpack
from api.files.site import SitePlan
from api.group.plans import calendar_of, newest, read_plan
from api.http.problems import Problem
from api.ledger.balance import openings_of
from api.people.rows import absences_of, agent_of, people_of, protections_of
from api.requests.rows import asked_for
from api.rosters.cells import to_duties
from api.rosters.memory import Known, known
from api.store import tables as t
from constraints.given import Given as RulesGiven
from domain.demand import Requirement
from domain.requests import Pin
from domain.roster import Duty, Roster, in_order
from domain.situation import Situation
from domain.time import Days, Month
from scheduler.problem import Problem as Task

BACK: Final = timedelta(days=62)
"""So far before a month rules may look: two months."""


@dataclass(frozen=True, slots=True)
class Given:
    """A site's month as it stands."""

    roster: t.Roster
    plan_row: t.SitePlan
    plan: SitePlan
    rules: RulesGiven
    """The situation as rules look it up."""
    numbers: dict[str, int]
    """The id of each person in the store, by number."""

    @property
    def situation(self) -> Situation:
        """All that is given before anybody is assigned."""
        return self.rules.situation

    @property
    def task(self) -> Task:
        """What the solver is asked."""
        return Task(self.situation, self.plan.policy)

    def roster_of(self, duties: Iterable[Duty]) -> Roster:
        """A roster of these duties of the month, with the history before them."""
        return Roster(self.situation.horizon, (*self.situation.history, *in_order(dict.fromkeys(duties))))


def roster_row(session: Session, site_id: int, month: Month, *, lock: bool = False) -> t.Roster:
    """The roster of a site's month."""
    asked = select(t.Roster).where(t.Roster.site_id == site_id, t.Roster.month == str(month))
    found = session.scalars(locked(asked) if lock else asked).one_or_none()
    if found is None:
        raise Problem("not-found")
    return found


def locked(asked: Select[t.Roster]) -> Select[t.Roster]:
    """Rows locked and read anew: what was read before the lock may have changed while it was waited for."""
    return asked.with_for_update().execution_options(populate_existing=True)


def read_given(session: Session, roster: t.Roster, plan: t.SitePlan | None = None) -> Given:
    """All that is given for a roster; under the newest plan unless one is told."""
    row = plan or newest(session, roster.site_id)
    site_plan = read_plan(row)
    found = known(session, roster, row, lambda: _read(session, roster, site_plan))
    return Given(roster, row, site_plan, found.rules, found.numbers)


def _read(session: Session, roster: t.Roster, site_plan: SitePlan) -> Known:
    days = Month.parse(roster.month).days
    wide = Days(days.first - BACK, days.last)
    people = people_of(session, roster.site_id, days)
    here = {person.number for person in people}
    asked = asked_for(session, roster.site_id, Days(days.first - timedelta(days=31), days.last))
    before = in_force(session, roster.site_id, Days(wide.first, days.first - timedelta(days=1)))
    situation = Situation(
        site_plan.site,
        days,
        tuple(agent_of(person, site_plan.contracts) for person in people),
        requirement_of(session, roster, site_plan),
        calendar_of(session, site_plan, roster.site_id, range(wide.first.year, days.last.year + 2)),
        tuple(in_order(duty for duty in before if duty.agent in here)),
        tuple(leave for leave in (*asked.leaves, *absences_of(people, days)) if leave.agent in here),
        tuple(each for each in asked.unavailabilities if each.agent in here),
        tuple(wish for wish in asked.wishes if wish.agent in here),
        tuple(pin_of(row) for row in roster.pins if row[0] in here),
        protections=protections_of(people),
        exemptions=site_plan.exemptions,
        openings=openings_of(session, people, roster.month),
    )
    return Known(RulesGiven(situation), {person.number: person.id for person in people})


def in_force(session: Session, site_id: int, days: Days) -> tuple[Duty, ...]:
    """The published duties of some days."""
    asked = (
        select(t.Duty.day, t.Person.number, t.Duty.shift, t.Duty.work, t.Duty.breaks)
        .join(t.Person, t.Person.id == t.Duty.person_id)
        .where(t.Duty.site_id == site_id, t.Duty.day >= days.first, t.Duty.day <= days.last)
        .where(t.Duty.state == "active")
        .order_by(t.Duty.day, t.Person.number)
    )
    return tuple(Duty(day, who, shift, work, tuple(breaks)) for day, who, shift, work, breaks in session.execute(asked))


def requirement_of(session: Session, roster: t.Roster, plan: SitePlan) -> Requirement:
    """The people needed in the month of a roster; nobody, before it was worked out."""
    if roster.requirement_id is None:
        return Requirement()
    return unpack(session.get_one(t.Requirement, roster.requirement_id).content, plan.site.zone)


def pin_of(row: list[str | None]) -> Pin:
    """A cell that is fixed."""
    agent, day, shift = row
    return Pin(str(agent), date.fromisoformat(str(day)), shift)


def drafted(given: Given) -> Roster:
    """The draft as a roster; duties of people who are no longer here are left out."""
    duties = to_duties(given.roster.draft)
    here = (duty for duty in duties if duty.agent in given.numbers)
    return Roster(given.situation.horizon, (*given.situation.history, *here))  # rows are kept in order, each once
