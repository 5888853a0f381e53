"""Every rule there is. A rule that is not named here does not exist."""

from __future__ import annotations

from typing import Annotated, Final, get_args

from pydantic import Field

from constraints.rule import Rule
from constraints.rules.cells import Certified, FixedCells, OnLeave, Unavailable
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader
from constraints.rules.fairness import FairShare
from constraints.rules.hours import ContractHours, MonthlyOvertime, WeeklyHours
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights, WeeklyRest
from constraints.rules.runs import LongestNightRun, LongestWorkRun
from constraints.rules.wishes import Wishes

AnyRule = Annotated[
    Requirement
    | EmergencyFloor
    | ShiftLeader
    | OneDutyADay
    | DailyRest
    | RestAfterNights
    | WeeklyRest
    | LongestWorkRun
    | LongestNightRun
    | ContractHours
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
