"""Weekends and Sundays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Shape, Sum, Term
from domain.language import Text
from domain.people import Agent
from domain.time import monday

SATURDAY, SUNDAY = 5, 6


class WorkedWeekends(Rule):
    """An agent works on at most `most` weekends; one duty on Saturday or Sunday makes a worked weekend."""

    title: ClassVar[Text] = Text("周末上班次数", "Worked weekends")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}有{value}个周末上班, 最多{bound}个",
        "{who} works {value} weekends from {day} to {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 轮休", "House rule S16: rest in turns")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["worked-weekends"] = "worked-weekends"
    most: int = Field(default=3, ge=0)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of worked weekends for each person."""
        for agent in book.agents:
            both = (
                (*planned(book, agent, day), *planned(book, agent, day + timedelta(days=1))) for day in saturdays(book)
            )
            terms = tuple(Term(entries) for entries in both if entries)
            if len(terms) > self.most:
                yield Sum(About(book.horizon.first, agent, book.horizon.last), terms, high=self.most, price=self.price)


class WholeWeekends(Rule):
    """A weekend is worked whole or free whole: nobody comes for one of its days only."""

    title: ClassVar[Text] = Text("完整周末", "Whole weekends")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}只上了周末中的一天: {value}天, 应为{bound}天",
        "{who} works one day of the weekend {day} to {until}: {value} where {bound} should be",
    )
    source: ClassVar[Text] = Text("内规 S16: 周末连休", "House rule S16: weekends off together")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["whole-weekends"] = "whole-weekends"
    price: Price | None = flat(120)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` for each person and whole weekend of the horizon: days worked less twice the weekend worked."""
        for agent in book.agents:
            for saturday in saturdays(book):
                sunday = saturday + timedelta(days=1)
                if saturday in book.horizon and sunday in book.horizon:
                    first, second = book.cell(agent, saturday), book.cell(agent, sunday)
                    if first or second:
                        terms = tuple(
                            Term(entries, weight)
                            for entries, weight in ((first, 1), (second, 1), ((*first, *second), -2))
                            if entries
                        )
                        yield Sum(About(saturday, agent, sunday), terms, low=0, price=self.price)


class FreeSundays(Rule):
    """At least `least` Sundays of the horizon are free of duty."""

    title: ClassVar[Text] = Text("周日休息", "Free Sundays")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}周日上班{value}天, 最多{bound}天",
        "{who} works {value} Sundays from {day} to {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text(
        "德国 ArbZG 第11条第1款: 每年至少15个周日休息", "ArbZG § 11 (1): at least 15 Sundays a year are free"
    )
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["free-sundays"] = "free-sundays"
    least: int = Field(default=1, ge=0, le=15)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of worked Sundays for each person; a Saturday's night into Sunday is work on it."""
        sundays = [day for day in book.horizon if day.weekday() == SUNDAY]
        for agent in book.agents:
            terms = tuple(Term(entries) for entries in (touching(book, agent, day) for day in sundays) if entries)
            high = max(0, len(sundays) - self.least)
            if len(terms) > high:
                yield Sum(About(book.horizon.first, agent, book.horizon.last), terms, high=high, price=self.price)


def saturdays(book: Book) -> list[date]:
    """The Saturdays of all weekends that the horizon touches."""
    first = monday(book.horizon.first) + timedelta(days=SATURDAY)
    return [day for week in range(60) if (day := first + timedelta(days=7 * week)) <= book.horizon.last]


def planned(book: Book, agent: Agent, day: date) -> tuple[Entry, ...]:
    """The entries of a person on a day of the horizon."""
    return book.cell(agent, day) if day in book.horizon else ()


def touching(book: Book, agent: Agent, day: date) -> tuple[Entry, ...]:
    """The entries of a person that share a minute with a day."""
    start, end = book.timetable.day(day)
    near = (*book.cell(agent, day - timedelta(days=1)), *book.cell(agent, day))
    return tuple(entry for entry in near if entry.overlaps(start, end))
