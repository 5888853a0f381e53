"""A site's policy: its rules in order, to and from JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from constraints.catalogue import AnyRule
from constraints.packs import NONE, Pack
from constraints.rules.cells import Certified, FixedCells, OnLeave, Unavailable
from constraints.rules.cover import EmergencyFloor, Requirement, ShiftLeader
from constraints.rules.fairness import Burden, FairShare
from constraints.rules.hours import ContractHours, WeeklyHours
from constraints.rules.overtime import AveragedHours, MonthlyOvertime
from constraints.rules.rest import DailyRest, OneDutyADay, RestAfterNights, WeeklyRest
from constraints.rules.runs import LongestNightRun, LongestWorkRun
from constraints.rules.wishes import Wishes


class Policy(BaseModel):
    """An ordered tuple of rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[AnyRule, ...] = Field(min_length=1)
    law: str = Field(default=NONE.version, description="the law pack and its day, as every roster remembers it")

    def under(self, law: Pack) -> Policy:
        """The policy with a law's rules added: the site's own stay, the stricter of two binds.

        The one rule that a site must fill in itself, the averaged hours with their permit, stands in for the law's.
        """
        own = {type(rule) for rule in self.rules if isinstance(rule, AveragedHours) and rule.permit}
        added = tuple(rule for rule in law.rules if rule not in self.rules and type(rule) not in own)
        return Policy(rules=(*self.rules, *added), law=law.version)


HOUSE_POLICY = Policy(
    rules=(
        EmergencyFloor(),
        ShiftLeader(),
        Requirement(),
        OneDutyADay(),
        DailyRest(),
        RestAfterNights(),
        WeeklyRest(),
        LongestWorkRun(),
        LongestNightRun(),
        WeeklyHours(),
        MonthlyOvertime(),
        ContractHours(),
        Certified(),
        OnLeave(),
        Unavailable(),
        FixedCells(),
        Wishes(),
        FairShare(of=Burden.NIGHTS),
        FairShare(of=Burden.WEEKENDS, slack=1),
        FairShare(of=Burden.HOLIDAYS),
    )
)
"""The house rules with their default numbers."""
