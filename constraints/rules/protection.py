"""Whom the law protects by dates: no night, no overtime while expecting or nursing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import ClassVar, Literal

from constraints.book import Book, Entry
from constraints.given import Given
from constraints.rule import CellRule, Rule, Scope
from constraints.shapes import About, Shape, Sum, Term
from domain.language import Text
from domain.time import Days, minute, wall_minutes

SUNDAY = 6


class Protected(CellRule):
    """From the seventh month and until the child is one: no duty at night, none longer than the agreed day."""

    title: ClassVar[Text] = Text("孕期与哺乳期保护", "Expecting and nursing")
    words: ClassVar[Text] = Text(
        "{who} {day}受法律保护, 不得上夜班或加班({duties}): {value}个班, 允许{bound}个",
        "{who} is protected by law on {day}, no night and no overtime ({duties}): {value} such, {bound} allowed",
    )
    source: ClassVar[Text] = Text(
        "女职工劳动保护特别规定(国务院令第619号)第6条、第9条; 劳动法第61条、第63条",
        "State Council Order 619 art. 6 and 9; Labour Law of China art. 61 and 63",
    )
    binding: ClassVar[bool] = True

    kind: Literal["protected"] = "protected"
    night_from: time = time(22)
    night_to: time = time(6)
    sundays: bool = False
    """Whether Sundays are barred too (MuSchG § 6)."""

    def forbids(self, entry: Entry, given: Given) -> bool:
        """A protected day with a minute of the night, or more paid than the agreed day."""
        found = given.protections.get(entry.agent.id, ())
        if not any(entry.day in one.days or entry.placed.last_day in one.days for one in found):
            return False
        late = entry.paid > entry.agent.contract.day_minutes
        return late or self._at_night(entry, given) or (self.sundays and entry.day.weekday() == SUNDAY)

    def _at_night(self, entry: Entry, given: Given) -> bool:
        """Whether a minute lies in the night that ends or begins on one of the duty's days."""
        at = given.timetable.zone.at
        for eve in (entry.day - timedelta(days=1), entry.day):
            dark = minute(at(eve, wall_minutes(self.night_from)))
            dawn = minute(at(eve + timedelta(days=1), wall_minutes(self.night_to)))
            if entry.overlaps(dark, dawn):
                return True
        return False


class ProtectedHours(Rule):
    """Over the protected days of the horizon no more hours are paid than their work days owe."""

    title: ClassVar[Text] = Text("受保护人员不加班", "No overtime for the protected")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}受保护期内工时{value_hours}, 不得超过{bound_hours}",
        "{who} has {value_hours} on protected days from {day} to {until}; at most {bound_hours}",
    )
    source: ClassVar[Text] = Protected.source
    scope: ClassVar[Scope] = Scope.AGENT
    binding: ClassVar[bool] = True

    kind: Literal["protected-hours"] = "protected-hours"

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of paid minutes for each protection that meets the horizon."""
        calendar = book.situation.calendar
        for agent in book.agents:
            for found in book.given.protections.get(agent.id, ()):
                days = _meeting(found.days, book.horizon)
                if days is None:
                    continue
                terms = tuple(Term((entry,), entry.paid) for entry in book.of(agent) if entry.day in days)
                share = calendar.work_days(days), calendar.work_days(book.horizon)
                owed = agent.contract.minutes(book.horizon, calendar) * share[0] // max(1, share[1])
                yield Sum(About(days.first, agent, days.last), terms, high=owed, price=self.price)


def _meeting(one: Days, other: Days) -> Days | None:
    """The days in both."""
    first: date = max(one.first, other.first)
    last: date = min(one.last, other.last)
    return Days(first, last) if first <= last else None
