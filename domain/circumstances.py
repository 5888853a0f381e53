"""What holds for a person by law or by the past: protection by dates, exemptions in an emergency, opening balances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Self

from domain.language import Refusal, Text
from domain.time import Days

SEVENTH_MONTH: Final = timedelta(days=84)
"""Before the due date: 28 of 40 weeks are over when the seventh month is complete."""
NURSING_MINUTES: Final = 60
"""Minutes a day for nursing (State Council Order 619 art. 9), taken at the end of a duty."""


@dataclass(frozen=True, slots=True)
class Protection:
    """Days on which the law protects a person; the roster knows the days and whether time for nursing is due."""

    agent: str
    days: Days
    nursing: bool = False

    @classmethod
    def expecting(cls, agent: str, due: date) -> Self:
        """From the seventh month of pregnancy to the due date."""
        return cls(agent, Days(due - SEVENTH_MONTH, due))

    @classmethod
    def with_child(cls, agent: str, born: date) -> Self:
        """Until the child is one year old."""
        leap = (born.month, born.day) == (2, 29)
        birthday = date(born.year + 1, 3, 1) if leap else born.replace(year=born.year + 1)
        return cls(agent, Days(born, birthday - timedelta(days=1)), nursing=True)


@dataclass(frozen=True, slots=True)
class Exemption:
    """Days of an emergency on which overtime is not limited (Labour Law of China art. 42); it needs a reason."""

    days: Days
    reason: str
    agents: tuple[str, ...] = ()
    """Whom it holds for; nobody named: everybody."""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise Refusal(Text("豁免必须写明原因", "an exemption needs its reason"))

    def holds(self, agent: str, day: date) -> bool:
        """Whether a person's duty of a day is exempt."""
        return day in self.days and (not self.agents or agent in self.agents)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a person brings from the months before: burdens carried above the share, hours of the averaging period."""

    agent: str
    burdens: Mapping[str, int] = field(default_factory=dict)
    """By the name of the burden (nights, weekends, holidays, early, late): duties above the share, or below it."""
    paid_minutes: int = 0
    """Paid so far in the averaging period."""
    owed_minutes: int = 0
    """Owed so far in the averaging period."""
