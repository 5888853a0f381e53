"""A site-month by pyworkforce: people per shift first, then who works which of them.

Its two models know required people per period of a day and per shift, one duty a day, forbidden successions, bans of a
shift on a day, and least hours. They know no certificates beside a floor, no runs, no weekly rest or hours, no shift
leader, no wishes by day and no fairness; what they cannot say is left out. The kind of work of each duty, which they do
not know either, is chosen for them afterwards as well as it can be.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pyworkforce.rostering import MinHoursRoster
from pyworkforce.scheduling import MinRequiredResources

from constraints.policy import Policy
from constraints.rules.cells import Certified, FixedCells
from constraints.rules.cover import Requirement
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights
from constraints.timetable import timetable
from domain.people import Agent
from domain.requests import Pin
from domain.roster import Roster
from domain.situation import Situation
from domain.time import minute
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.solve import solve

PERIODS, LENGTH = 48, 30
"""Periods of a day, and minutes of each."""
REST, REST_AFTER_NIGHT = DailyRest().hours * 60, RestAfterNights().hours * 60
"""Minutes of rest after a duty, and after a night."""
DAY = timedelta(days=1)
DONE = {"OPTIMAL", "FEASIBLE"}


def roster(problem: Problem, seconds: float) -> Roster | None:
    """The month that its two models make, a third of the time for the first; None where one of them finds nothing."""
    situation = problem.situation
    heads = _heads(situation, seconds / 3)
    if heads is None:
        return None
    codes = [shift.code for shift in situation.site.shifts]
    names = [agent.id for agent in situation.agents]
    found = MinHoursRoster(
        num_days=len(situation.horizon),
        resources=names,
        shifts=codes,
        shifts_hours=[round(shift.wall_length / 60) for shift in situation.site.shifts],
        min_working_hours=0,
        banned_shifts=_banned(problem),
        max_resting=len(situation.horizon),
        required_resources=heads,
        non_sequential_shifts=_forbidden_pairs(situation),
        max_search_time=seconds * 2 / 3,
    ).solve()
    if found["status"] not in DONE:
        return None
    worked = {
        (one["resource"], situation.horizon.first + timedelta(days=one["day"])): one["shift"]
        for one in found["resource_shifts"]
    }
    return _with_works(problem, worked)


def _heads(situation: Situation, seconds: float) -> dict[str, list[int]] | None:
    """By shift, people on each day."""
    days = len(situation.horizon)
    found = MinRequiredResources(
        num_days=days,
        periods=PERIODS,
        shifts_coverage=_coverage(situation),
        required_resources=_required(situation),
        max_period_concurrency=len(situation.agents),
        max_shift_concurrency=len(situation.agents),
        max_search_time=seconds,
    ).solve()
    if found["status"] not in DONE:
        return None
    heads: dict[str, list[int]] = {shift.code: [0] * days for shift in situation.site.shifts}
    for one in found["resources_shifts"]:
        heads[one["shift"]][one["day"]] = one["resources"]
    return heads


def _coverage(situation: Situation) -> dict[str, list[int]]:
    """By shift, the periods that it covers for half the time at least; minutes after midnight count for its day."""
    times, day = timetable(situation.site), situation.horizon.first
    midnight = times.day(day)[0]
    covered = {}
    for shift in situation.site.shifts:
        minutes = [
            moment % (PERIODS * LENGTH)
            for first, last in times.placed(shift.code, day).available
            for moment in range(first - midnight, last - midnight)
        ]
        covered[shift.code] = [int(2 * sum(m // LENGTH == p for m in minutes) >= LENGTH) for p in range(PERIODS)]
    return covered


def _required(situation: Situation) -> list[list[int]]:
    """[day, period]: heads of all kinds of work together."""
    times = timetable(situation.site)
    required = [[0] * PERIODS for _ in situation.horizon]
    for number, day in enumerate(situation.horizon):
        midnight = times.day(day)[0]
        for need in situation.requirement.needs:
            if times.day_of(minute(need.span.start)) == day:
                required[number][(minute(need.span.start) - midnight) // LENGTH] += need.heads
    return required


def _forbidden_pairs(situation: Situation) -> list[dict[str, str]]:
    """No duty on the day after a night.

    Its constraint adds an origin once for each of its destinations and all duties of the next day, and lets that be one
    at most: one destination bars all, two bar the origin itself. For late shifts that would leave no roster, so what
    may not follow them cannot be said.
    """
    times, day = timetable(situation.site), situation.horizon.first
    codes = [shift.code for shift in situation.site.shifts]
    nights = [code for code in codes if times.placed(code, day).night]
    return [{"origin": night, "destination": next(code for code in codes if code not in nights)} for night in nights]


def _too_near(situation: Situation, one: str, other: str) -> bool:
    """Whether a shift may not follow another on the next day."""
    times, day = timetable(situation.site), situation.horizon.first
    before, after = times.placed(one, day), times.placed(other, day + DAY)
    return after.start - before.end < (REST_AFTER_NIGHT if before.night and not after.night else REST)


def _banned(problem: Problem) -> list[dict[str, object]]:
    """What leave and certificates rule out, by the rules of single cells, and what the last night of the past does."""
    situation = problem.situation
    may = {(entry.agent.id, entry.day, entry.duty.shift) for entry in option_book(problem).entries}
    last = {duty.agent: duty.shift for duty in situation.history if duty.day == situation.horizon.first - DAY}

    def barred(agent: Agent, number: int, code: str) -> bool:
        day = situation.horizon.first + timedelta(days=number)
        return (agent.id, day, code) not in may or (
            number == 0 and agent.id in last and _too_near(situation, last[agent.id], code)
        )

    return [
        {"resource": agent.id, "shift": shift.code, "day": number}
        for agent in situation.agents
        for number in range(len(situation.horizon))
        for shift in situation.site.shifts
        if barred(agent, number, shift.code)
    ]


def _with_works(problem: Problem, worked: dict[tuple[str, date], str]) -> Roster | None:
    """The duties with the kind of work that meets the need best."""
    situation = problem.situation
    pins = tuple(
        Pin(agent.id, day, worked.get((agent.id, day))) for agent in situation.agents for day in situation.horizon
    )
    policy = Policy(rules=(Requirement(), OneDutyADay(), Certified(), FixedCells()))
    return solve(Problem(replace(situation, pins=pins), policy), Limits(seconds=10)).roster
