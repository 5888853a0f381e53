"""How many days in a row: work days, nights, days off."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Entries, Run, Shape
from domain.language import Text
from domain.people import Agent
from domain.time import Days


class RunRule(Rule):
    """The common part: days of a class in a row."""

    scope: ClassVar[Scope] = Scope.AGENT
    idle: ClassVar[bool] = False
    """Whether the days without such a duty are counted instead."""

    days: int = Field(ge=1, le=31)
    waivable_by: Role | None = Role.MANAGER

    @abstractmethod
    def counts(self, entry: Entry) -> bool:
        """Whether an entry puts its day into the class."""

    def cells(self, book: Book, agent: Agent, days: Days) -> tuple[Entries, ...]:
        """The entries that count, by day."""
        return tuple(tuple(entry for entry in book.cell(agent, day) if self.counts(entry)) for day in days)


class LongestRun(RunRule):
    """At most so many in a row, history included."""

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Run` for each person, begun so early that a run can cross into the horizon."""
        days = Days(book.horizon.first - timedelta(days=self.days), book.horizon.last)
        for agent in book.agents:
            cells = self.cells(book, agent, days)
            if self.idle or sum(map(bool, cells)) > self.days:
                about = About(days.first, agent, days.last)
                yield Run(about, cells, longest=self.days, idle=self.idle, known=self.days, price=self.price)


class ShortestRun(RunRule):
    """At least so many in a row; a run that began before the horizon or goes on after it may be short."""

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Run` for each person, begun on the eve: what the eve began is not judged."""
        days = Days(book.horizon.first - timedelta(days=1), book.horizon.last)
        for agent in book.agents:
            cells = self.cells(book, agent, days)
            eve = int(any(entry.fixed for entry in book.of(agent)))
            about = About(book.horizon.first - timedelta(days=eve), agent, days.last)
            if self.days > 1 and (self.idle or any(cells)):
                yield Run(about, cells[1 - eve :], shortest=self.days, idle=self.idle, known=eve, price=self.price)


class EveryDuty(RunRule):
    """Runs of work days, or of days without work."""

    def counts(self, entry: Entry) -> bool:  # noqa: ARG002 - every duty makes a work day
        """Every duty."""
        return True


class Nights(RunRule):
    """Runs of nights."""

    def counts(self, entry: Entry) -> bool:
        """Nights."""
        return entry.night


class LongestWorkRun(EveryDuty, LongestRun):
    """An agent works at most `days` days in a row."""

    title: ClassVar[Text] = Text("连续上班天数", "Longest run of work days")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}连续上班{value}天, 最多{bound}天",
        "{who} works {value} days in a row from {day} to {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 轮休", "House rule S16: rest in turns")

    kind: Literal["longest-work-run"] = "longest-work-run"
    days: int = Field(default=6, ge=1, le=31)


class ShortestWorkRun(EveryDuty, ShortestRun):
    """An agent works at least `days` days in a row."""

    title: ClassVar[Text] = Text("最少连续上班天数", "Shortest run of work days")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}只连续上班{value}天, 至少{bound}天",
        "{who} works {value} days in a row from {day} to {until}; at least {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 轮休, 避免零散上班", "House rule S16: no single work days")

    kind: Literal["shortest-work-run"] = "shortest-work-run"
    days: int = Field(default=2, ge=1, le=31)


class LongestRestRun(EveryDuty, LongestRun):
    """An agent is off at most `days` days in a row; leave is not counted as a day off here, it ends the run."""

    title: ClassVar[Text] = Text("连续休息天数上限", "Longest run of days off")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}连续休息{value}天, 最多{bound}天",
        "{who} is off {value} days in a row from {day} to {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 轮休均匀", "House rule S16: rest evenly spread")
    idle: ClassVar[bool] = True

    kind: Literal["longest-rest-run"] = "longest-rest-run"
    days: int = Field(default=4, ge=1, le=31)

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Run` for each person and stretch of days without leave."""
        for shape in super().shapes(book):
            yield from _without_leave(shape, book)


class ShortestRestRun(EveryDuty, ShortestRun):
    """An agent is off at least `days` days in a row."""

    title: ClassVar[Text] = Text("最少连续休息天数", "Shortest run of days off")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}只连续休息{value}天, 至少{bound}天",
        "{who} is off {value} days in a row from {day} to {until}; at least {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 连续休息", "House rule S16: days off together")
    idle: ClassVar[bool] = True

    kind: Literal["shortest-rest-run"] = "shortest-rest-run"
    days: int = Field(default=2, ge=1, le=31)


class LongestNightRun(Nights, LongestRun):
    """An agent works at most `days` nights in a row."""

    title: ClassVar[Text] = Text("连续夜班", "Longest run of nights")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}连续夜班{value}个, 最多{bound}个",
        "{who} works {value} nights in a row from {day} to {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 夜班轮换", "House rule S16: nights go round")

    kind: Literal["longest-night-run"] = "longest-night-run"
    days: int = Field(default=3, ge=1, le=31)


class ShortestNightRun(Nights, ShortestRun):
    """Nights come at least `days` in a row: no single nights."""

    title: ClassVar[Text] = Text("最少连续夜班", "Shortest run of nights")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}只连续夜班{value}个, 至少{bound}个",
        "{who} works {value} nights in a row from {day} to {until}; at least {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 夜班成组", "House rule S16: nights in blocks")

    kind: Literal["shortest-night-run"] = "shortest-night-run"
    days: int = Field(default=2, ge=1, le=31)


def _without_leave(shape: Shape, book: Book) -> Iterator[Run]:
    """The stretches of a run's days that no leave touches."""
    if not isinstance(shape, Run) or shape.about.agent is None:
        return
    away = {day for leave in book.given.leaves.get(shape.about.agent.id, ()) for day in leave.days}
    start = 0
    for place in range(len(shape.days) + 1):
        day = shape.about.day + timedelta(days=place)
        if place == len(shape.days) or day in away:
            if place > start:
                first, last = shape.about.day + timedelta(days=start), day - timedelta(days=1)
                about = replace(shape.about, day=first, until=last)
                yield replace(shape, about=about, days=shape.days[start:place], known=max(0, shape.known - start))
            start = place + 1
