"""Instances of every rule, hard and priced, with numbers small enough to be broken within a few days."""

from __future__ import annotations

from datetime import date, time

from constraints.price import flat, rising
from constraints.rule import Only, Rule
from constraints.rules.breaks import Breaks
from constraints.rules.cells import Certified, FixedCells, OnLeave, SplitDuties, Unavailable
from constraints.rules.company import Apart, Mentored, RestInTurns, Seats, SkillMix, Together
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader, Surplus
from constraints.rules.fairness import Burden, FairShare
from constraints.rules.hours import (
    ContractHours,
    DailyHours,
    HoursRange,
    NightLimit,
    ShiftLimit,
    WeeklyHours,
)
from constraints.rules.overtime import AveragedHours, MonthlyOvertime
from constraints.rules.patterns import CyclicPattern
from constraints.rules.pay import PayCost
from constraints.rules.protection import Protected, ProtectedHours
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights, WeeklyRest
from constraints.rules.runs import (
    LongestNightRun,
    LongestRestRun,
    LongestWorkRun,
    ShortestNightRun,
    ShortestRestRun,
    ShortestWorkRun,
)
from constraints.rules.service import DutyRota, Reserve, ServiceHours, Standby
from constraints.rules.stability import Stability
from constraints.rules.successions import ForbiddenSuccession, ForwardRotation
from constraints.rules.training import Session, Training
from constraints.rules.weekends import FreeSundays, WholeWeekends, WorkedWeekends
from constraints.rules.wishes import Wishes

SESSIONS = tuple(Session(weekday=weekday, start=time(10)) for weekday in range(7))
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
    Breaks(),
    Breaks(in_a_row=200, price=flat(7)),
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
    AveragedHours(hours=0),
    AveragedHours(hours=0, permit="2026-17"),
    Protected(),
    Protected(night_from=time(20), sundays=True),
    ProtectedHours(),
    SplitDuties(pause=30),
    SplitDuties(pause=30, skill="leader", price=flat(7)),
    Stability(),
    Stability(price=None),
    CyclicPattern(template="四班三运转", begins=date(2026, 11, 28), only=Only(agents=("A1",))),
    CyclicPattern(cycle=("休", "休", "*"), begins=date(2026, 12, 1), price=None, only=Only(agents=("A1",))),
    DutyRota(shifts=("早",)),
    DutyRota(shifts=("早",), price=STEPS),
    Training(sessions=SESSIONS),
    Training(sessions=SESSIONS, price=None),
    ServiceHours(opens=time(9), hours=3),
    ServiceHours(opens=time(8), price=STEPS),
    Standby(people=1),
    Standby(people=1, price=STEPS),
    Reserve(floor=0),
    Reserve(floor=0, price=None),
    Requirement(call=50),
    PayCost(rest_day=200, night_minutes=30),
    PayCost(price=None),
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
    FairShare(of=Burden.EARLY, price=STEPS),
    FairShare(of=Burden.LATE),
)
