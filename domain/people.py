"""The people of a site: what they may do and what their contract says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.calendar import Calendar
from domain.language import Refusal, Text, plain


@dataclass(frozen=True, slots=True)
class Certificate:
    """The right to do a kind of work, from a day to a day, both included; None is open."""

    skill: str
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise Refusal(
                Text("证书“{skill}”的有效期结束早于开始", "certificate “{skill}” ends before it begins").filled(
                    skill=plain(self.skill)
                )
            )

    def holds(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Contract:
    """Agreed working time: so many minutes for each work day of the calendar, or a fixed sum a month."""

    id: str
    label: Text
    day_minutes: int = 480
    month_minutes: int | None = None

    def __post_init__(self) -> None:
        if self.day_minutes <= 0 or (self.month_minutes is not None and self.month_minutes < 0):
            raise Refusal(Text("合同工时必须为正数", "contract hours must be positive"))

    def minutes(self, days: Iterable[date], calendar: Calendar) -> int:
        """Minutes owed for a month of these days."""
        if self.month_minutes is not None:
            return self.month_minutes
        return self.day_minutes * calendar.work_days(days)


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who can be rostered."""

    id: str
    name: str
    contract: Contract
    certificates: tuple[Certificate, ...] = ()
    team: str = ""

    def may(self, skill: str, day: date) -> bool:
        """Whether a certificate for the skill holds on the day."""
        return any(held.skill == skill and held.holds(day) for held in self.certificates)
