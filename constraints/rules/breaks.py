"""The breaks that law owes a long duty."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Entry
from constraints.given import Given
from constraints.rule import CellRule, Role
from domain.language import Text


class Breaks(CellRule):
    """A long duty has breaks that are long enough, and no long stretch of work without one.

    A duty whose breaks can be laid in several ways is only laid so that it holds.
    """

    title: ClassVar[Text] = Text("班内休息", "Breaks inside duties")
    words: ClassVar[Text] = Text(
        "{who} {day}的班({duties})班内休息不足: {value}个班, 允许{bound}个",
        "{who}: the duty of {day} ({duties}) has too little break: {value} such, {bound} allowed",
    )
    source: ClassVar[Text] = Text(
        "德国 ArbZG 第4条; 欧盟 2003/88/EC 第4条: 超过6小时须有休息",
        "ArbZG § 4; Directive 2003/88/EC art. 4: a break in a day of more than 6 h",
    )

    kind: Literal["breaks"] = "breaks"
    long_work: int = Field(default=360, ge=0, description="a duty with more minutes of work than these has a break")
    minutes: int = Field(default=30, ge=1, description="minutes of break in it, together")
    longer_work: int = Field(default=540, ge=0, description="a duty with more minutes of work than these has more")
    longer_minutes: int = Field(default=45, ge=1, description="minutes of break in that, together")
    shortest: int = Field(default=15, ge=1, description="a pause of fewer minutes is no break")
    in_a_row: int | None = Field(default=360, ge=1, description="minutes of work without a break at most")
    waivable_by: Role | None = Role.MANAGER

    def forbids(self, entry: Entry, given: Given) -> bool:  # noqa: ARG002 - the duty alone decides
        """Too little break for its work, or too long without one; on standby nobody works."""
        if entry.standby:
            return False
        breaks = [(start, end) for start, end in entry.placed.pauses if end - start >= self.shortest]
        rest = sum(end - start for start, end in breaks)
        moments = [entry.start, *(moment for pause in breaks for moment in pause), entry.end]
        stretches = [later - moment for moment, later in list(pairwise(moments))[::2]]
        return rest < self._owed(sum(stretches)) or (self.in_a_row is not None and max(stretches) > self.in_a_row)

    def _owed(self, work: int) -> int:
        """Minutes of break that so many minutes of work ask for."""
        if work > self.longer_work:
            return self.longer_minutes
        return self.minutes if work > self.long_work else 0
