"""Instances of every rule, hard and priced, with numbers small enough to be broken within a few days."""

from __future__ import annotations

from constraints.price import flat, rising
from constraints.rule import Only, Rule
from constraints.rules.cells import Certified, FixedCells, OnLeave, Unavailable
from constraints.rules.company import Apart, Mentored, RestInTurns, Seats, SkillMix, Together
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader, Surplus
from constraints.rules.fairness import Burden, FairShare
from constraints.rules.hours import (
    ContractHours,
    DailyHours,
    HoursRange,
    MonthlyOvertime,
    NightLimit,
    ShiftLimit,
    WeeklyHours,
)
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights, WeeklyRest
from constraints.rules.runs import (
    LongestNightRun,
    LongestRestRun,
    LongestWorkRun,
    ShortestNightRun,
    ShortestRestRun,
    ShortestWorkRun,
)
from constraints.rules.successions import ForbiddenSuccession, ForwardRotation
from constraints.rules.weekends import FreeSundays, WholeWeekends, WorkedWeekends
from constraints.rules.wishes import Wishes

STEPS = rising((1, 3), (2, 5), (None, 9))

SAMPLES: tuple[Rule, ...] = (
    Requirement(),
    Requirement(price=None),
    Surplus(),
    Surplus(price=None),
    EmergencyFloor(people=1),
    ShiftLeader(),
    ShiftLeader(price=STEPS),
    OneDutyADay(),
    OneDutyADay(price=STEPS),
    DailyRest(),
    DailyRest(hours=16, price=STEPS),
    RestAfterNights(),
    RestAfterNights(hours=48, price=STEPS),
    WeeklyRest(hours=40),
    LongestWorkRun(days=2),
    LongestWorkRun(days=2, price=STEPS),
    LongestNightRun(days=1),
    LongestNightRun(days=1, price=STEPS),
    SkillMix(others=1),
    SkillMix(others=1, price=STEPS),
    Mentored(trainee="service", mentor="leader"),
    Mentored(trainee="service", mentor="leader", trainees=2, price=STEPS),
    Apart(people=("A1", "A2")),
    Apart(people=("A1", "A2"), price=STEPS),
    Together(people=("A1", "A2")),
    Together(people=("A1", "A2"), price=STEPS),
    Seats(seats=1),
    Seats(seats=1, price=STEPS),
    RestInTurns(),
    RestInTurns(people=2, price=STEPS),
    NightLimit(most=0),
    NightLimit(most=1, price=STEPS),
    DailyHours(hours=7),
    DailyHours(hours=7, price=flat(9)),
    ShortestWorkRun(days=2),
    ShortestWorkRun(days=3, price=STEPS),
    ShortestNightRun(days=2),
    ShortestNightRun(days=2, price=STEPS),
    LongestRestRun(days=1),
    LongestRestRun(days=1, price=STEPS),
    ShortestRestRun(days=2),
    ShortestRestRun(days=3, price=STEPS),
    ForbiddenSuccession(after=("早", "中"), never=("早",)),
    ForbiddenSuccession(after=("夜",), never=("夜", "中"), days=2, price=STEPS),
    ForwardRotation(),
    ForwardRotation(price=None),
    WorkedWeekends(most=0),
    WorkedWeekends(most=0, price=STEPS),
    WholeWeekends(),
    WholeWeekends(price=None),
    FreeSundays(),
    FreeSundays(price=STEPS),
    HoursRange(least_hours=8, most_hours=16),
    HoursRange(least_hours=8, most_hours=16, price=STEPS),
    ShiftLimit(shifts=("早", "中"), most=1),
    ShiftLimit(shifts=("早",), least=1, most=1, price=STEPS),
    LongestWorkRun(days=1, only=Only(agents=("A1",))),
    ContractHours(band_hours=4),
    ContractHours(band_hours=0, price=None),
    WeeklyHours(hours=20),
    WeeklyHours(hours=20, price=STEPS),
    MonthlyOvertime(hours=0),
    Certified(),
    OnLeave(),
    OnLeave(price=flat(11)),
    Unavailable(),
    Unavailable(price=flat(11)),
    FixedCells(),
    FixedCells(price=flat(13)),
    Wishes(),
    Wishes(price=None),
    FairShare(of=Burden.NIGHTS),
    FairShare(of=Burden.WEEKENDS, price=None),
    FairShare(of=Burden.HOLIDAYS, price=STEPS),
)
