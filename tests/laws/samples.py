"""Instances of every rule, hard and priced, with numbers small enough to be broken within a few days."""

from __future__ import annotations

from constraints.price import flat, rising
from constraints.rule import Rule
from constraints.rules.cells import Certified, FixedCells, OnLeave, Unavailable
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader
from constraints.rules.fairness import Burden, FairShare
from constraints.rules.hours import ContractHours, MonthlyOvertime, WeeklyHours
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights, WeeklyRest
from constraints.rules.runs import LongestNightRun, LongestWorkRun
from constraints.rules.wishes import Wishes

STEPS = rising((1, 3), (2, 5), (None, 9))

SAMPLES: tuple[Rule, ...] = (
    Requirement(),
    Requirement(price=None),
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
