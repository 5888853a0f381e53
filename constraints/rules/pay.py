"""What duties cost beyond plain pay: pay classes and the allowance for nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.rules.hours import owed
from constraints.shapes import About, Shape, Sum, Term
from domain.calendar import DayKind
from domain.language import Text

PLAIN = 100


class PayCost(Rule):
    """Premiums by pay class: statutory holidays, rest days, overtime, nights; one unit is a minute of plain pay."""

    title: ClassVar[Text] = Text("工资成本", "Cost by pay class")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}: 计{value}, 界限{bound}, 加付{gap}分钟的工资",
        "{who} from {day} to {until}: {value} against {bound}; a premium of {gap} minutes of plain pay",
    )
    source: ClassVar[Text] = Text(
        "劳动法第44条: 150%/200%/300%; 国务院令第795号: 法定节假日13天",
        "Labour Law of China art. 44: 150/200/300 %; State Council Order 795: 13 statutory holidays",
    )
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["pay"] = "pay"
    holiday: int = Field(default=300, ge=100, description="per cent of plain pay on a statutory holiday")
    rest_day: int = Field(default=100, ge=100, description="on a rest day; 200 where no other rest is given for it")
    overtime: int = Field(default=150, ge=100, description="beyond the hours owed")
    night_minutes: int = Field(default=0, ge=0, description="minutes of plain pay that a night earns extra")
    price: Price | None = flat(1)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """Two `Sum`s for each person: the premiums of duties, and those of overtime."""
        first, last = book.horizon.first, book.horizon.last
        for agent in book.agents:
            planned = [entry for entry in book.of(agent) if not entry.fixed]
            premiums = tuple(Term((entry,), extra) for entry in planned if (extra := self.premium(book, entry)))
            yield Sum(About(first, agent, last), premiums, high=0, price=self.price)
            if self.overtime > PLAIN:
                paid = tuple(Term((entry,), entry.paid * (self.overtime - PLAIN) // PLAIN) for entry in planned)
                high = owed(book, agent) * (self.overtime - PLAIN) // PLAIN
                yield Sum(About(first, agent, last), paid, high=high, price=self.price)

    def premium(self, book: Book, entry: Entry) -> int:
        """Minutes of plain pay that a duty earns beyond its own."""
        kind = book.situation.calendar.kind(entry.day)
        percent = {DayKind.STATUTORY: self.holiday, DayKind.REST: self.rest_day, DayKind.SWAPPED_REST: self.rest_day}
        return entry.paid * (percent.get(kind, PLAIN) - PLAIN) // PLAIN + (self.night_minutes if entry.night else 0)


def pay_class(rules: Iterable[Rule], day: DayKind, *, over: bool) -> int:
    """Per cent of plain pay of a duty that comes on top: of a holiday, a rest day, beyond the contract, or plain.

    A site that prices no pay has the percentages of Labour Law of China art. 44.
    """
    told = next((rule for rule in rules if isinstance(rule, PayCost)), PayCost(rest_day=200))
    if day is DayKind.STATUTORY:
        return told.holiday
    if not day.works:
        return max(told.rest_day, told.overtime if over else PLAIN)
    return told.overtime if over else PLAIN
