"""Site-months made up from a seed: a gas hotline of any size, needs by the half hour, leave, wishes and history."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, time, timedelta

import numpy as np
from numpy.random import Generator

from constraints.packs import pack
from constraints.policy import HOUSE_POLICY, Policy
from constraints.rules.cover import EmergencyFloor
from domain.demand import Need, Requirement
from domain.language import plain
from domain.people import Agent, Certificate, Contract
from domain.requests import Leave, Wish, WishKind
from domain.roster import Duty
from domain.shifts import Break, ShiftType
from domain.site import Site, Work
from domain.situation import Situation
from domain.time import Days, Span, Zone
from forecasting.calendar import calendar
from scheduler.problem import Problem

MONTH = Days(date(2026, 12, 1), date(2026, 12, 31))
ZONE = Zone("Asia/Shanghai")
SERVICE, EMERGENCY = "service", "emergency"
SMALL = 20
"""Up to so many people a site cannot hold a floor of two within the law: with breaks it takes three, day and night."""
LOAD = 0.72
"""The need as a part of the hours that contracts owe, less leave and breaks."""
LEAVE_SHARE, WISHES = 0.3, 1.2
"""People with some days of leave in the month; wishes a person."""

TURNS = (
    ("早", time(7, 45), time(16), 240, 30),
    ("中", time(15, 45), time(0), 210, 30),
    ("夜", time(23, 45), time(8), 150, 30),
    ("宵", time(23, 45), time(8), 285, 30),
    ("晚", time(15, 45), time(0), 285, 30),
    ("白", time(8, 30), time(17, 30), 240, 60),
    ("午", time(11, 0), time(20, 0), 300, 60),
    ("晨", time(6, 45), time(15), 240, 30),
    ("九", time(9, 0), time(18, 0), 240, 60),
    ("十", time(10, 0), time(19, 0), 240, 60),
    ("昼", time(12, 30), time(21, 30), 240, 60),
    ("暮", time(13, 45), time(22), 240, 30),
)
"""Code, start, end, minutes until the break, and its length; a site has the first so many of them."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a site is."""

    people: int
    shifts: int

    @property
    def floor(self) -> int:
        """Emergency people at every minute."""
        return 1 if self.people <= SMALL else 2

    @property
    def label(self) -> str:
        """People and shift types."""
        return f"{self.people} x {self.shifts}"


SIZES = (Size(12, 6), Size(30, 6), Size(60, 10), Size(120, 12), Size(200, 12), Size(300, 12))


def site_month(size: Size, seed: int = 1) -> Problem:
    """A month of a site under the house rules and Chinese law."""
    chance = np.random.default_rng([seed, size.people, size.shifts])
    site = Site(
        "bench", plain("bench"), ZONE, (Work(SERVICE, plain(SERVICE)), Work(EMERGENCY, plain(EMERGENCY))), _shifts(size)
    )
    agents = _people(size, chance)
    leaves = _leaves(agents, chance)
    special = calendar("CN", (2026, 2027))
    owed = sum(agent.contract.minutes(MONTH, special) for agent in agents)
    away = sum(len(leave.days) for leave in leaves) * 8 * 60 * 5 / 7
    situation = Situation(
        site,
        MONTH,
        agents,
        _requirement(LOAD * (owed - away), size.floor, chance),
        special,
        _history(agents),
        leaves,
        (),
        _wishes(site, agents, leaves, chance),
    )
    return Problem(situation, _policy(size.floor).under(pack("cn-standard")))


def _policy(floor: int) -> Policy:
    """The house rules with this emergency floor."""
    rules = HOUSE_POLICY.rules
    kept = tuple(
        rule.model_copy(update={"people": floor}) if isinstance(rule, EmergencyFloor) else rule for rule in rules
    )
    return HOUSE_POLICY.model_copy(update={"rules": kept})


def _shifts(size: Size) -> tuple[ShiftType, ...]:
    found = []
    for code, start, end, after, minutes in TURNS[: size.shifts]:
        night = code in "夜宵"
        works = (EMERGENCY,) if night else (SERVICE, EMERGENCY)
        handover = 15 if start.minute == 45 else 0
        found.append(ShiftType(code, plain(code), start, end, works, (Break(after, minutes, paid=night),), handover))
    return tuple(found)


def _people(size: Size, chance: Generator) -> tuple[Agent, ...]:
    """Most hold both certificates; every third leads, every second where they are few; one in eight is part time."""
    full, part = Contract("full", plain("full")), Contract("part", plain("part"), month_minutes=96 * 60)
    agents = []
    for number in range(size.people):
        skills = [SERVICE] if number % 5 == 4 and size.people > SMALL else [SERVICE, EMERGENCY]
        skills += ["leader"] if number % (2 if size.people < 40 else 3) == 0 and EMERGENCY in skills else []
        contract = part if size.people > SMALL and chance.random() < 0.12 else full
        agents.append(
            Agent(f"P{number:03d}", f"P{number:03d}", contract, tuple(Certificate(skill) for skill in skills))
        )
    return tuple(agents)


def _leaves(agents: tuple[Agent, ...], chance: Generator) -> tuple[Leave, ...]:
    found = []
    for agent in agents:
        if chance.random() < LEAVE_SHARE:
            first = MONTH.first + timedelta(days=int(chance.integers(0, 28)))
            last = min(MONTH.last, first + timedelta(days=int(chance.integers(0, 5))))
            found.append(Leave(agent.id, Days(first, last)))
    return tuple(found)


def _requirement(minutes: float, heads: int, chance: Generator) -> Requirement:
    """Half-hour needs of so many person-minutes: service from 08:00 to 22:00 with two peaks, a lighter weekend."""
    slots = np.arange(48) / 2
    shape = 0.5 + 0.5 * np.exp(-(((slots - 10) / 2.5) ** 2)) + 0.3 * np.exp(-(((slots - 18) / 2.5) ** 2))
    shape[(slots < 8) | (slots >= 22)] = 0.0
    days = np.array([0.8 if day.weekday() >= 5 else 1.0 for day in MONTH]) * chance.normal(1.0, 0.05, len(MONTH))
    curve = np.outer(days, shape)
    curve *= max(0.0, minutes / 30 - heads * 48 * len(MONTH)) / curve.sum()
    needs = []
    for number, day in enumerate(MONTH):
        for slot in range(48):
            span = Span(ZONE.at(day, 30 * slot), ZONE.at(day, 30 * slot + 30))
            exact = float(curve[number, slot])
            needs.append(Need(span, EMERGENCY, heads, float(heads)))
            if exact > 0.25:
                needs.append(Need(span, SERVICE, math.floor(exact + 0.5), exact))
    return Requirement(tuple(needs))


def _history(agents: tuple[Agent, ...]) -> tuple[Duty, ...]:
    """The last week of the month before: every person in turn, two early, two late, then nights where they may."""
    codes = ("早", "早", "中", "中", "夜", "", "", "")
    found = []
    for number, agent in enumerate(agents):
        for back in range(7, 0, -1):
            day = MONTH.first - timedelta(days=back)
            code = codes[(number + 7 - back) % len(codes)]
            work = EMERGENCY if code == "夜" else SERVICE
            if code and agent.may(work, day):
                found.append(Duty(day, agent.id, code, work))
    return tuple(found)


def _wishes(site: Site, agents: tuple[Agent, ...], leaves: tuple[Leave, ...], chance: Generator) -> tuple[Wish, ...]:
    """Days off mostly, some shifts to be spared."""
    away = {(leave.agent, day) for leave in leaves for day in leave.days}
    found = []
    for agent in agents:
        for _ in range(int(chance.poisson(WISHES))):
            day = MONTH.first + timedelta(days=int(chance.integers(0, len(MONTH))))
            if (agent.id, day) in away:
                continue
            off = chance.random() < 0.7
            shift = None if off else site.shifts[int(chance.integers(len(site.shifts)))].code
            kind = WishKind.OFF if off else WishKind.AVOID
            found.append(Wish(agent.id, day, kind, shift, int(chance.integers(1, 4))))
    return tuple(found)
