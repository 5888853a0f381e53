"""The whole job on files: calls and people in; forecast, requirement, roster and its proof out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from api.files.calls import Reading, read_history
from api.files.days import special_days
from api.files.people import People, read_people
from api.files.site import SitePlan, read_site
from api.files.tables import naming
from constraints.certificate import Certificate, certify
from constraints.rules.cover import EmergencyFloor
from domain.demand import Requirement
from domain.faults import BadInput
from domain.language import Text, day_text
from domain.roster import Roster
from domain.situation import Situation
from domain.time import Month
from forecasting.forecast import Forecast, forecast
from forecasting.history import History, How
from forecasting.require import require
from scheduler.problem import Limits, Problem
from scheduler.result import Progress, Result
from scheduler.solve import solve

Step = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is planned, from which files."""

    site: Path
    calls: Path
    people: Path
    month: Month
    days: Path | None = None
    """A table of days over the calendar of the country."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is known before the solve."""

    plan: SitePlan
    history: History
    forecast: Forecast
    problem: Problem


@dataclass(frozen=True, slots=True)
class Planned:
    """A finished plan."""

    prepared: Prepared
    result: Result
    certificate: Certificate
    moments: tuple[Progress, ...] = ()
    """How the solve came along."""

    @property
    def roster(self) -> Roster:
        """The roster; a plan has one."""
        assert self.result.roster is not None  # noqa: S101 - made only with a roster
        return self.result.roster

    @property
    def situation(self) -> Situation:
        """What was given."""
        return self.prepared.problem.situation


def prepare(inputs: Inputs, step: Step = lambda _: None) -> Prepared:
    """Read everything, then forecast and require; a fault in any file ends it before work begins."""
    step(Text("读取文件", "reading the files"))
    plan = read_site(inputs.site)
    people = read_people(inputs.people, plan)
    eve = inputs.month.days.first - timedelta(days=1)
    how = How(plan.interval, plan.missing, until=eve)
    history = read_history(inputs.calls, Reading(plan.site.zone, plan.site.country, how, plan.queue, inputs.days))
    step(Text("预测来电", "forecasting the calls"))
    special = special_days(plan.site.country, range(history.calls.index[0].year, inputs.month.year + 2), inputs.days)
    with naming(inputs.calls):
        foreseen = forecast(history, inputs.month.days, special)
    step(Text("计算人力需求", "working out the people needed"))
    requirement = require(foreseen, plan.goals)
    with naming(inputs.people):
        situation = assemble(plan, people, inputs.month, requirement, inputs.days)
    return Prepared(plan, history, foreseen, Problem(situation, plan.policy))


def plan_month(
    prepared: Prepared, limits: Limits, report: Callable[[Progress], None], stop: Callable[[], bool] = lambda: False
) -> Planned | None:
    """Solve and certify; None when no roster was found."""
    moments, result = recorded(prepared.problem, limits, report, stop)
    if result.roster is None:
        return None
    certificate = certified(prepared.plan, result.roster, prepared.problem.situation)
    return Planned(prepared, result, certificate, moments)


def recorded(
    problem: Problem, limits: Limits, report: Callable[[Progress], None], stop: Callable[[], bool] = lambda: False
) -> tuple[tuple[Progress, ...], Result]:
    """Solve, and keep how it came along beside the result."""
    moments: list[Progress] = []

    def told(moment: Progress) -> None:
        moments.append(moment)
        report(moment)

    result = solve(problem, limits, report=told, stop=stop)
    return tuple(moments), result


def certified(plan: SitePlan, roster: Roster, situation: Situation) -> Certificate:
    """The proof of emergency cover by the floor of the policy; a policy without one demands nobody."""
    floors = [rule for rule in plan.policy.rules if isinstance(rule, EmergencyFloor)]
    floor = max(floors, key=lambda rule: rule.people, default=None)
    found = certify(roster, situation, floor.skill if floor else "emergency", floor.people if floor else 0)
    return replace(found, law=plan.policy.law)


def assemble(
    plan: SitePlan, people: People, month: Month, requirement: Requirement, table: Path | None = None
) -> Situation:
    """All that is given, from the files; past duties end before the month."""
    days = month.days
    for duty in people.history:
        if duty.day >= days.first:
            words = Text("{day}的班不在排班月之前", "the duty on {day} is not before the month to be planned")
            raise BadInput(words.filled(day=day_text(duty.day)), column="duties")
    return Situation(
        plan.site,
        days,
        people.agents,
        requirement,
        special_days(plan.site.country, range(days.first.year - 1, days.last.year + 2), table),
        people.history,
        people.leaves,
        people.unavailabilities,
        people.wishes,
        people.pins,
        protections=people.protections,
        exemptions=plan.exemptions,
        openings=people.openings,
    )
