"""Overtime: of a month, and of an averaging period by permit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.rule import Rule, Scope
from constraints.rules.hours import over, owed
from constraints.shapes import Shape, Sum, Term
from domain.language import Text
from domain.people import Agent


class MonthlyOvertime(Rule):
    """A month's paid hours pass what the contract owes by at most `hours`; an exempt emergency is left out."""

    title: ClassVar[Text] = Text("每月加班上限", "Monthly overtime")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}工时{value_hours}, 含加班上限{bound_hours}, 超出{gap_hours}",
        "{who} has {value_hours} from {day} to {until}; with overtime at most {bound_hours}, {gap_hours} too many",
    )
    source: ClassVar[Text] = Text(
        "劳动法第41条: 每月加班不得超过36小时; 第42条: 抢险等除外",
        "Labour Law of China art. 41: overtime at most 36 h a month; art. 42: emergencies are exempt",
    )
    scope: ClassVar[Scope] = Scope.AGENT
    binding: ClassVar[bool] = True

    kind: Literal["monthly-overtime"] = "monthly-overtime"
    hours: int = Field(default=36, ge=0, le=200)

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of paid minutes for each person."""
        for agent in book.agents:
            high = owed(book, agent) + self.hours * 60
            yield Sum(over(agent, book.horizon), limited(book, agent), high=high, price=self.price)


class AveragedHours(Rule):
    """Over the averaging period, so far and with this month, overtime stays within `hours` a month on average.

    It needs a permit for the post; without a valid one the month stands alone.
    """

    title: ClassVar[Text] = Text("综合计算工时", "Hours averaged over a period")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}工时{value_hours}, 综合计算周期内尚可{bound_hours}, 超出{gap_hours}",
        "{who} has {value_hours} from {day} to {until}; the period leaves {bound_hours}, {gap_hours} too many",
    )
    source: ClassVar[Text] = Text(
        "劳部发〔1994〕503号第5条; 劳部发〔1997〕271号: 综合计算工时须经批准, 周期内平均加班每月不超过36小时",
        "Labour Ministry 503/1994 art. 5 and 271/1997: averaged hours by permit, overtime 36 h a month on average",
    )
    scope: ClassVar[Scope] = Scope.AGENT
    binding: ClassVar[bool] = True

    kind: Literal["averaged-hours"] = "averaged-hours"
    months: Literal[1, 3, 6, 12] = Field(default=3, description="months of the averaging period, from January on")
    hours: int = Field(default=36, ge=0, le=200)
    permit: str = Field(default="", description="number of the permit; none: the month stands alone")
    permit_until: date | None = Field(default=None, description="last day on which the permit is valid; None: open")

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of paid minutes for each person; the months before come from the opening balance."""
        valid = self.permit and (self.permit_until is None or book.horizon.last <= self.permit_until)
        so_far = (book.horizon.first.month - 1) % self.months if valid else 0
        for agent in book.agents:
            high = owed(book, agent) + (1 + so_far) * self.hours * 60
            if so_far:
                opening = book.given.opening(agent.id)
                high = max(0, high + opening.owed_minutes - opening.paid_minutes)
            yield Sum(over(agent, book.horizon), limited(book, agent), high=high, price=self.price)


def limited(book: Book, agent: Agent) -> tuple[Term, ...]:
    """The paid minutes of each duty of the horizon that count against a limit of overtime."""
    return tuple(Term((entry,), _counted(book, entry)) for entry in book.of(agent) if entry.day in book.horizon)


def _counted(book: Book, entry: Entry) -> int:
    """All of them; of a duty in an exempt emergency only the agreed day, and nothing on a day of rest."""
    if not book.given.exempt(entry.agent.id, entry.day):
        return entry.paid
    works = book.situation.calendar.kind(entry.day).works
    return min(entry.paid, entry.agent.contract.day_minutes) if works else 0
