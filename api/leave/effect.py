"""What a leave does, told before it is decided: places, people against the need, and the duties it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from api.files.site import SitePlan
from api.leave.allowance import crowd_of, place_in_line
from api.leave.balance import Balances
from api.leave.decide import touched
from api.leave.forms import DayEffect, DutyEffect, EffectShown, balance_shown
from api.leave.rows import days_of
from api.requests.rows import State
from api.rosters.forms import breach_shown, duty_shown
from api.rosters.given import Given, read_given
from api.store import tables as t
from api.swaps.judge import Ground, ground_of
from api.swaps.legs import duty_of
from domain.language import Language
from domain.roster import Change
from domain.time import Month
from scheduler.callins import call_ins
from scheduler.standins import floor_needs


def effect_of(session: Session, plan: SitePlan, row: t.Request, language: Language) -> EffectShown:
    """All of it."""
    kind = plan.leave.known(row.facts["leave"])
    balances = Balances(session, plan, row.person, row.id)
    years = range(row.first.year, row.last.year + 1) if kind.balance else ()
    return EffectShown(
        days=list(_days(session, plan, row)),
        duties=list(_duties(session, row, language)),
        balances=[balance_shown(balances.of(kind, year)) for year in years],
        line=place_in_line(session, row) if row.state == State.WAITLISTED else None,
    )


def _days(session: Session, plan: SitePlan, row: t.Request) -> Iterator[DayEffect]:
    """Each day: who else is away, how many may be, and who is there against the need."""
    crowd = crowd_of(session, plan, row)
    givens = {month: _given(session, row.site_id, month) for month in {Month.of(day) for day in days_of(row)}}
    for day in days_of(row):
        given = givens[Month.of(day)]
        yield DayEffect(
            day=day,
            away=crowd.away[day],
            places=crowd.places[day],
            people=_people(given, row.person.number, day) if given else None,
            need_hours=round(_need(given)[day] / 60, 1) if given and given.situation.requirement.needs else None,
        )


def _duties(session: Session, row: t.Request, language: Language) -> Iterator[DutyEffect]:
    """Each duty in force: what falls without it, and who could take it."""
    grounds: dict[int, Ground] = {}
    for duty_row in touched(session, row):
        roster = session.get_one(t.Roster, duty_row.roster_id)
        ground = grounds.setdefault(roster.id, ground_of(session, roster))
        duty, given = duty_of(duty_row, row.person.number), ground.given
        verdict = ground.verdict_of([Change(duty.agent, duty.day, duty, None)])
        ready = call_ins(ground.roster, given.situation, given.plan.policy, duty, {})
        yield DutyEffect(
            duty=duty_shown(duty),
            floor=floor_needs(ground.roster, given.situation, given.plan.policy, duty),
            broken=[breach_shown(breach, language) for breach in verdict.broken],
            stand_ins=len(ready),
        )


def _given(session: Session, site_id: int, month: Month) -> Given | None:
    roster = session.query(t.Roster).filter_by(site_id=site_id, month=str(month)).one_or_none()
    return read_given(session, roster) if roster else None


def _people(given: Given, but: str, day: date) -> int:
    """Who is here on a day and not on leave, without one."""
    away = {leave.agent for leave in given.situation.leaves if leave.halves(day)}
    return sum(agent.id != but and agent.id not in away for agent in given.situation.agents)


def _need(given: Given) -> dict[date, int]:
    """Person-minutes needed on each day."""
    found: defaultdict[date, int] = defaultdict(int)
    for need in given.situation.requirement.needs:
        found[need.span.start.date()] += need.heads * need.span.minutes
    return found
