"""How many days in a row: work days, nights."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Run, Shape
from domain.language import Text
from domain.time import Days


class LongestRun(Rule):
    """The common part: days of a class in a row, history included."""

    scope: ClassVar[Scope] = Scope.AGENT

    days: int = Field(ge=1, le=31)
    waivable_by: Role | None = Role.MANAGER

    @abstractmethod
    def counts(self, entry: Entry) -> bool:
        """Whether an entry puts its day into the class."""

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Run` for each person, begun so early that a run can cross into the horizon."""
        days = Days(book.horizon.first - timedelta(days=self.days), book.horizon.last)
        for agent in book.agents:
            cells = tuple(tuple(entry for entry in book.cell(agent, day) if self.counts(entry)) for day in days)
            if sum(map(bool, cells)) > self.days:
                about = About(book.horizon.first, agent, book.horizon.last)
                yield Run(about, cells, self.days, price=self.price)


class LongestWorkRun(LongestRun):
    """An agent works at most `days` days in a row."""

    title: ClassVar[Text] = Text("连续上班天数", "Longest run of work days")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}间连续上班{value}天, 最多{bound}天",
        "{who} works {value} days in a row between {day} and {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 轮休", "House rule S16: rest in turns")

    kind: Literal["longest-work-run"] = "longest-work-run"
    days: int = Field(default=6, ge=1, le=31)

    def counts(self, entry: Entry) -> bool:  # noqa: ARG002 - every duty makes a work day
        """Every duty."""
        return True


class LongestNightRun(LongestRun):
    """An agent works at most `days` nights in a row."""

    title: ClassVar[Text] = Text("连续夜班", "Longest run of nights")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}间连续夜班{value}个, 最多{bound}个",
        "{who} works {value} nights in a row between {day} and {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 夜班轮换", "House rule S16: nights go round")

    kind: Literal["longest-night-run"] = "longest-night-run"
    days: int = Field(default=3, ge=1, le=31)

    def counts(self, entry: Entry) -> bool:
        """Nights."""
        return entry.night
