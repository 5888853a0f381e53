"""Small sites, people and rosters for tests; each builder takes what a test wants to say and fills in the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from domain.calendar import Calendar
from domain.circumstances import Exemption, Opening, Protection
from domain.demand import Need, Requirement
from domain.language import Text
from domain.people import Agent, Certificate, Contract
from domain.requests import Leave, Pin, Unavailability, Wish
from domain.roster import Duty, Roster
from domain.shifts import Break, ShiftType
from domain.site import Site, Work
from domain.situation import Situation
from domain.time import Days, Span, Zone

MONDAY = date(2026, 11, 30)
"""The first day of the usual horizon."""

FULL_TIME = Contract("full", Text("全日制", "full time"))

EARLY = ShiftType("早", Text("早班", "early"), time(7, 45), time(16), ("service", "emergency"), (Break(240, 30),), 15)
LATE = ShiftType("中", Text("中班", "late"), time(15, 45), time(0), ("service", "emergency"), (Break(240, 30),), 15)
NIGHT = ShiftType("夜", Text("夜班", "night"), time(23, 45), time(8), ("emergency",), (Break(180, 30, paid=True),), 15)

STANDBY = ShiftType("备", Text("备勤", "standby"), time(0), time(0), ("emergency",), response=45)
"""On call for a whole day."""

SHIFTS = (EARLY, LATE, NIGHT)
WORKS = (Work("service", Text("客服", "service")), Work("emergency", Text("应急", "emergency")))


def site(*shifts: ShiftType, zone: str = "Asia/Shanghai") -> Site:
    return Site("gas-1", Text("港华燃气", "Harbour Gas"), Zone(zone), WORKS, shifts or SHIFTS)


def agent(
    agent_id: str,
    *skills: str,
    name: str | None = None,
    contract: Contract = FULL_TIME,
    certificates: tuple[Certificate, ...] = (),
) -> Agent:
    held = tuple(Certificate(skill) for skill in (skills or ("service", "emergency", "leader") * (not certificates)))
    return Agent(agent_id, name or f"员工{agent_id}", contract, (*held, *certificates))


def people(count: int) -> tuple[Agent, ...]:
    return tuple(agent(f"A{number:02d}") for number in range(1, count + 1))


def horizon(days: int = 7, first: date = MONDAY) -> Days:
    return Days(first, first + timedelta(days=days - 1))


def duty(agent_id: str, day: date, shift: ShiftType | str = EARLY, work: str | None = None) -> Duty:
    code = shift if isinstance(shift, str) else shift.code
    return Duty(day, agent_id, code, work or ("emergency" if code == NIGHT.code else "service"))


def need(
    at: Site, day: date, start: int, end: int, heads: int, work: str = "service", worth: tuple[float, ...] = ()
) -> Need:
    span = Span(at.zone.at(day, start * 60), at.zone.at(day, end * 60))
    return Need(span, work, heads, float(heads), worth)


def situation(
    agents: Iterable[Agent] | int = 3,
    *,
    days: Days | int = 7,
    at: Site | None = None,
    needs: Iterable[Need] = (),
    history: Iterable[Duty] = (),
    leaves: Iterable[Leave] = (),
    unavailabilities: Iterable[Unavailability] = (),
    wishes: Iterable[Wish] = (),
    pins: Iterable[Pin] = (),
    calendar: Calendar | None = None,
    published: Iterable[Duty] = (),
    protections: Iterable[Protection] = (),
    exemptions: Iterable[Exemption] = (),
    openings: Iterable[Opening] = (),
) -> Situation:
    return Situation(
        at or site(),
        horizon(days) if isinstance(days, int) else days,
        people(agents) if isinstance(agents, int) else tuple(agents),
        Requirement(tuple(needs)),
        calendar or Calendar(),
        tuple(history),
        tuple(leaves),
        tuple(unavailabilities),
        tuple(wishes),
        tuple(pins),
        tuple(published),
        tuple(protections),
        tuple(exemptions),
        tuple(openings),
    )


def roster(given: Situation, *duties: Duty) -> Roster:
    return Roster.of(given.horizon, (*given.history, *duties))
