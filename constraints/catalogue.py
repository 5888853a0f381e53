"""Every rule there is. A rule that is not named here does not exist."""

from __future__ import annotations

from typing import Annotated, Final, get_args

from pydantic import Field

from constraints.rule import Rule
from constraints.rules.breaks import Breaks
from constraints.rules.cells import Certified, FixedCells, OnLeave, SplitDuties, Unavailable
from constraints.rules.company import Apart, Mentored, RestInTurns, Seats, SkillMix, Together
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader, Surplus
from constraints.rules.fairness import FairShare
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
from constraints.rules.training import Training
from constraints.rules.weekends import FreeSundays, WholeWeekends, WorkedWeekends
from constraints.rules.wishes import Wishes

AnyRule = Annotated[
    Requirement
    | Surplus
    | EmergencyFloor
    | Reserve
    | ServiceHours
    | Standby
    | ShiftLeader
    | SkillMix
    | Mentored
    | Apart
    | Together
    | Seats
    | RestInTurns
    | DutyRota
    | Training
    | OneDutyADay
    | DailyRest
    | RestAfterNights
    | WeeklyRest
    | ForbiddenSuccession
    | ForwardRotation
    | LongestWorkRun
    | ShortestWorkRun
    | LongestNightRun
    | ShortestNightRun
    | LongestRestRun
    | ShortestRestRun
    | WorkedWeekends
    | WholeWeekends
    | FreeSundays
    | CyclicPattern
    | ContractHours
    | HoursRange
    | ShiftLimit
    | NightLimit
    | DailyHours
    | WeeklyHours
    | MonthlyOvertime
    | AveragedHours
    | ProtectedHours
    | Certified
    | OnLeave
    | Unavailable
    | Protected
    | SplitDuties
    | Breaks
    | FixedCells
    | Stability
    | Wishes
    | FairShare
    | PayCost,
    Field(discriminator="kind"),
]

RULES: Final[tuple[type[Rule], ...]] = get_args(get_args(AnyRule)[0])
