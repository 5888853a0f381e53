"""How a site gives leave: its kinds, who decides, how many may be away at once."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.language import Refusal, Text


class Tier(StrEnum):
    """Who decides on leave (S17)."""

    HEAD = "head"
    """The head of the site."""
    ADMINISTRATION = "administration"
    GENERAL = "general"
    """The general manager."""


TIERS: Final = tuple(Tier)


class LeaveKind(BaseModel):
    """A kind of leave."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z-]{0,31}$")
    zh: str = Field(min_length=1, max_length=20)
    en: str = Field(min_length=1, max_length=40)
    balance: bool = Field(default=False, description="taken out of a balance of days a year")
    seniority: tuple[tuple[int, int], ...] = Field(default=(), description="full years here, days a year, in order")
    ahead_days: int = Field(default=1, ge=0, le=60, description="asked for so many calendar days before it")
    allowance: bool = Field(default=True, description="counts for how many may be away at once")


ANNUAL: Final = LeaveKind(
    id="annual", zh="年假", en="annual leave", balance=True, seniority=((1, 5), (10, 10), (20, 15))
)
"""Days by full years of work: Regulation on Paid Annual Leave of Employees (State Council Order 514) art. 3."""
KINDS: Final = (
    ANNUAL,
    LeaveKind(id="lieu", zh="调休", en="time off in lieu", balance=True),
    LeaveKind(id="personal", zh="事假", en="personal leave"),
    LeaveKind(id="sick", zh="病假", en="sick leave", ahead_days=0, allowance=False),
    LeaveKind(id="marriage", zh="婚假", en="marriage leave"),
    LeaveKind(id="maternity", zh="产假", en="maternity leave", allowance=False),
    LeaveKind(id="bereavement", zh="丧假", en="bereavement leave", ahead_days=0, allowance=False),
)


class LeavePolicy(BaseModel):
    """The rules of leave at a site."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: tuple[LeaveKind, ...] = Field(default=KINDS, min_length=1, max_length=30)
    head_days: float = Field(default=2, ge=0, le=366, description="the head of the site decides up to so many days")
    administration_days: float = Field(default=3, ge=0, le=366, description="the administration, up to so many")
    allowance: int | None = Field(default=None, ge=1, le=999, description="so many may be away on a day")
    allowance_percent: int = Field(default=20, ge=1, le=100, description="or this part of the people, at least one")
    file_hours: int = Field(default=24, ge=1, le=240, description="leave told by phone is filed within so many hours")
    escalate_hours: int = Field(default=24, ge=1, le=720, description="undecided, it goes one post up after so many")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.head_days > self.administration_days:
            raise Refusal(Text("天数界限应逐级递增", "the borders of the posts rise from one to the next"))
        ids = [kind.id for kind in self.kinds]
        if len(set(ids)) < len(ids):
            raise Refusal(Text("假别重复", "a kind of leave is told twice"))
        return self

    def kind(self, kind_id: str) -> LeaveKind:
        """A kind by its id."""
        for kind in self.kinds:
            if kind.id == kind_id:
                return kind
        words = Text("没有假别“{id}”, 可用: {known}", "there is no kind of leave “{id}”; there are: {known}")
        raise Refusal(words.filled(id=kind_id, known=", ".join(kind.id for kind in self.kinds)))

    def known(self, kind_id: str) -> LeaveKind:
        """The kind of leave that was asked for; one that the policy no longer has is plain leave."""
        return next((kind for kind in self.kinds if kind.id == kind_id), LeaveKind(id="leave", zh="休假", en="leave"))

    def tier(self, halves: int) -> Tier:
        """Who decides on leave of so many half days."""
        days = halves / 2
        if days <= self.head_days:
            return Tier.HEAD
        return Tier.ADMINISTRATION if days <= self.administration_days else Tier.GENERAL

    def places(self, people: int) -> int:
        """How many may be away on a day, of so many."""
        return self.allowance if self.allowance is not None else max(1, people * self.allowance_percent // 100)


def above(tier: Tier) -> Tier | None:
    """The next post up; None above the highest."""
    place = TIERS.index(tier) + 1
    return TIERS[place] if place < len(TIERS) else None
