"""Every rule there is. A rule that is not named here does not exist."""

from __future__ import annotations

from typing import Annotated, Final, get_args

from pydantic import Field

from constraints.rule import Rule
from constraints.rules.cells import Certified, FixedCells, OnLeave, Unavailable
from constraints.rules.company import Apart, Mentored, RestInTurns, Seats, SkillMix, Together
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader, Surplus
from constraints.rules.fairness import FairShare
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

AnyRule = Annotated[
    Requirement
    | Surplus
    | EmergencyFloor
    | ShiftLeader
    | SkillMix
    | Mentored
    | Apart
    | Together
    | Seats
    | RestInTurns
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
    | ContractHours
    | HoursRange
    | ShiftLimit
    | NightLimit
    | DailyHours
    | WeeklyHours
    | MonthlyOvertime
    | Certified
    | OnLeave
    | Unavailable
    | FixedCells
    | Wishes
    | FairShare,
    Field(discriminator="kind"),
]

RULES: Final[tuple[type[Rule], ...]] = get_args(get_args(AnyRule)[0])
