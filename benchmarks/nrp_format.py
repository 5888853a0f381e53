"""The public shift-scheduling format of Curtois and Qu, and what of it the product's own words say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from constraints.policy import Policy
from constraints.price import flat
from constraints.rule import Only, Rule
from constraints.rules.cells import Certified, FixedCells
from constraints.rules.cover import Requirement, Surplus
from constraints.rules.hours import HoursRange, ShiftLimit
from constraints.rules.rest import OneDutyADay
from constraints.rules.runs import LongestWorkRun, ShortestRestRun, ShortestWorkRun
from constraints.rules.successions import ForbiddenSuccession
from constraints.rules.weekends import WorkedWeekends
from constraints.rules.wishes import Wishes
from domain.demand import Need
from domain.demand import Requirement as Needs
from domain.language import plain
from domain.people import Agent, Certificate, Contract
from domain.requests import Pin, Wish, WishKind
from domain.shifts import ShiftType
from domain.site import Site, Work
from domain.situation import Situation
from domain.time import Days, Span, Zone, wall_minutes
from scheduler.problem import Problem

FIRST = date(2026, 6, 1)
"""A Monday: all instances begin on one."""
START = time(8)
NOON = 12 * 60


@dataclass
class Instance:
    """An instance as its file says."""

    days: int = 0
    shifts: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    """Minutes, and what cannot follow."""
    staff: dict[str, tuple[dict[str, int], tuple[int, ...]]] = field(default_factory=dict)
    """Most of each shift; most and least minutes, most and least shifts in a row, least days off, most weekends."""
    off: dict[str, tuple[int, ...]] = field(default_factory=dict)
    on_requests: list[tuple[str, int, str, int]] = field(default_factory=list)
    off_requests: list[tuple[str, int, str, int]] = field(default_factory=list)
    cover: list[tuple[int, str, int, int, int]] = field(default_factory=list)


def read(path: Path) -> Instance:
    """Read a file of the benchmark."""
    found = Instance()
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.strip()
        if words.startswith("SECTION_"):
            section = words
        elif words and not words.startswith("#"):
            _take(found, section, words.split(","))
    return found


def _take(found: Instance, section: str, words: list[str]) -> None:
    match section:
        case "SECTION_HORIZON":
            found.days = int(words[0])
        case "SECTION_SHIFTS":
            found.shifts[words[0]] = int(words[1]), tuple(code for code in words[2].split("|") if code)
        case "SECTION_STAFF":
            most = dict(pair.split("=") for pair in words[1].split("|"))
            limits = tuple(int(word) for word in words[2:])
            found.staff[words[0]] = {code: int(number) for code, number in most.items()}, limits
        case "SECTION_DAYS_OFF":
            found.off[words[0]] = tuple(int(day) for day in words[1:])
        case "SECTION_SHIFT_ON_REQUESTS":
            found.on_requests.append((words[0], int(words[1]), words[2], int(words[3])))
        case "SECTION_SHIFT_OFF_REQUESTS":
            found.off_requests.append((words[0], int(words[1]), words[2], int(words[3])))
        case "SECTION_COVER":
            day, code, *numbers = words
            need, under, over = (int(number) for number in numbers)
            found.cover.append((int(day), code, need, under, over))


def problem_of(instance: Instance) -> Problem:
    """The same problem in the product's own words: one work a shift, needed for one minute at noon."""
    zone = Zone("Asia/Shanghai")
    shifts = tuple(_shift(code, minutes) for code, (minutes, _) in instance.shifts.items())
    site = Site("nrp", plain("nrp"), zone, tuple(Work(code, plain(code)) for code in instance.shifts), shifts)
    horizon = Days(FIRST, FIRST + timedelta(days=instance.days - 1))
    agents = tuple(_agent(staff, most) for staff, (most, _) in instance.staff.items())
    situation = Situation(
        site,
        horizon,
        agents,
        Needs(tuple(_need(zone, day, code, heads) for day, code, heads, _, _ in instance.cover)),
        wishes=(*_wishes(instance.on_requests, WishKind.ON), *_wishes(instance.off_requests, WishKind.AVOID)),
        pins=tuple(Pin(staff, _day(day)) for staff, days in instance.off.items() for day in days),
    )
    return Problem(situation, Policy(rules=tuple(_rules(instance))))


def _shift(code: str, minutes: int) -> ShiftType:
    end = wall_minutes(START) + minutes
    return ShiftType(code, plain(code), START, time(end // 60, end % 60), (code,))


def _agent(staff: str, most: dict[str, int]) -> Agent:
    can = tuple(Certificate(code) for code, number in most.items() if number)
    return Agent(staff, staff, Contract(staff, plain(staff)), can)


def _day(day: int) -> date:
    return FIRST + timedelta(days=day)


def _need(zone: Zone, day: int, code: str, heads: int) -> Need:
    return Need(Span(zone.at(_day(day), NOON), zone.at(_day(day), NOON + 1)), code, heads, float(heads))


def _wishes(requests: list[tuple[str, int, str, int]], kind: WishKind) -> list[Wish]:
    return [Wish(staff, _day(day), kind, code, weight) for staff, day, code, weight in requests]


def _rules(instance: Instance) -> list[Rule]:
    rules: list[Rule] = [OneDutyADay(), Certified(), FixedCells(), Wishes(price=flat(1))]
    under, over = {row[3] for row in instance.cover}, {row[4] for row in instance.cover}
    if len(under) != 1 or len(over) != 1:
        raise ValueError("the weights of cover differ; the product prices a head the same everywhere")
    rules += [Requirement(price=flat(under.pop())), Surplus(price=flat(over.pop()))]
    for code, (_, never) in instance.shifts.items():
        if never:
            rules.append(ForbiddenSuccession(after=(code,), never=never))
    groups: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
    counts: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for staff, (most, limits) in instance.staff.items():
        groups[limits].append(staff)
        for code, number in most.items():
            if 0 < number < instance.days:
                counts[code, number].append(staff)
    for (most_minutes, least_minutes, longest, shortest, off, weekends), alike in groups.items():
        only = Only(agents=tuple(alike))
        rules += [
            HoursRange(least_hours=least_minutes / 60, most_hours=most_minutes / 60, only=only),
            LongestWorkRun(days=longest, only=only),
            ShortestWorkRun(days=shortest, only=only),
            ShortestRestRun(days=off, only=only),
            WorkedWeekends(most=weekends, only=only),
        ]
    for (code, number), alike in counts.items():
        rules.append(ShiftLimit(shifts=(code,), most=number, only=Only(agents=tuple(alike))))
    return rules
