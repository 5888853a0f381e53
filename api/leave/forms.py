"""Bodies and answers about leave."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.http.forms import Body, Code, Line, Note, Shown, Whole
from api.leave.balance import Balance
from api.leave.policy import Tier
from api.rosters.forms import BreachShown, DutyShown


class Filing(Body):
    """What was told by phone, filed: the kind of leave, and why."""

    leave: Line = Field(min_length=1, max_length=32)
    note: Note = Field(min_length=2)


class Grant(Body):
    """Days of leave given to somebody for a year, or taken away."""

    number: Code
    leave: Line = Field(min_length=1, max_length=32)
    year: Whole = Field(ge=1980, le=2199)
    days: float = Field(ge=-366, le=366, multiple_of=0.5, strict=True)
    note: Note = Field(min_length=2)


class BalanceShown(Shown):
    """A balance of leave, in work days; null: nobody has told how many there are, so none is refused."""

    leave: str
    year: int
    granted: float | None
    taken: float
    asked: float
    left: float | None


class BalancesShown(Shown):
    """Somebody's balances of a year."""

    number: str
    items: list[BalanceShown]


class LeaveKindShown(Shown):
    """A kind of leave at a site."""

    id: str
    label: str
    balance: bool
    ahead_days: int
    allowance: bool


class LeaveTerms(Shown):
    """How leave is given here."""

    kinds: list[LeaveKindShown]
    tiers: dict[Tier, float | None] = Field(description="who decides up to how many days; null: any")
    places: int = Field(description="how many may be away on a day")
    file_hours: int
    escalate_hours: int


class DayEffect(Shown):
    """A day of a leave."""

    day: date
    away: int = Field(description="others on leave that takes a place")
    places: int
    people: int | None = Field(description="who is here without the one who asks; null: the month is not begun")
    need_hours: float | None = Field(description="person-hours needed; null: not worked out yet")


class DutyEffect(Shown):
    """A duty in force that a leave touches."""

    duty: DutyShown
    floor: bool = Field(description="whether the emergency floor falls without it")
    broken: list[BreachShown] = Field(description="what falls without it, hard rules and priced ones")
    stand_ins: int = Field(description="how many could take it")


class EffectShown(Shown):
    """What a leave does."""

    days: list[DayEffect]
    duties: list[DutyEffect]
    balances: list[BalanceShown]
    line: int | None = Field(description="the place on the waiting list")


def balance_shown(found: Balance) -> BalanceShown:
    """A balance in days."""
    return BalanceShown(
        leave=found.kind.id,
        year=found.year,
        granted=None if found.granted is None else found.granted / 2,
        taken=found.taken / 2,
        asked=found.asked / 2,
        left=None if found.left is None else found.left / 2,
    )
