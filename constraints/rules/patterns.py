"""Cyclic patterns: the same row of shifts again and again, each team some days behind the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar, Final, Literal, Self

from pydantic import Field, model_validator

from constraints.book import Book
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Shape, Sum, Term
from domain.language import Text
from domain.people import Agent

REST: Final = "休"
ANY: Final = "*"

TEMPLATES: Final[Mapping[str, tuple[str, int]]] = {
    "四班三运转": ("早 早 中 中 夜 夜 休 休", 2),
    "五班三倒": ("早 早 中 中 夜 夜 休 休 休 休", 2),
    "上四休二": ("* * * * 休 休", 2),
    "6+1": ("* * * * * * 休", 1),
}
"""The row of days, and by how many days each team is behind the one before."""


class CyclicPattern(Rule):
    """Every day has the shift that the pattern has for the person's team; leave lets a day go."""

    title: ClassVar[Text] = Text("循环班制", "Cyclic pattern")
    words: ClassVar[Text] = Text(
        "{who} {day}与循环班制不符({duties}): {value}个班, 应为{bound}个",
        "{who}: {day} is not as the pattern has it ({duties}): {value} duties where {bound} should be",
    )
    source: ClassVar[Text] = Text("内规 S16: 轮班制度", "House rule S16: shift systems")
    scope: ClassVar[Scope] = Scope.AGENT
    example: ClassVar[Mapping[str, object]] = {"template": "四班三运转", "begins": "2026-12-01"}

    kind: Literal["cyclic-pattern"] = "cyclic-pattern"
    template: Literal["四班三运转", "五班三倒", "上四休二", "6+1"] | None = Field(
        default=None, description="a known pattern; or tell the days yourself in `cycle`"
    )
    cycle: tuple[str, ...] = Field(default=(), description="codes of the days; 休 is a day off, * any duty")
    begins: date = Field(description="a day on which the first team begins the cycle")
    teams: tuple[str, ...] = Field(default=(), description="the teams in their order; none named: everybody as one")
    behind: int | None = Field(default=None, ge=0, description="days by which each team is behind the one before")
    price: Price | None = flat(240)
    waivable_by: Role | None = Role.SCHEDULER

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.template is None) == (not self.cycle):
            raise ValueError("tell either a template or a cycle")
        return self

    @property
    def days(self) -> tuple[str, ...]:
        """The code of each day of the cycle."""
        return self.cycle or tuple(TEMPLATES[self.template or ""][0].split())

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` for each cell of the people who have a place in the pattern."""
        for agent in book.agents:
            if self.teams and agent.team not in self.teams:
                continue
            for day in book.horizon:
                start, end = book.timetable.day(day)
                away = book.given.away.get(agent.id, ())
                if not any(start < until and begin < end for begin, until in away):
                    yield self._shape(book, agent, day)

    def _shape(self, book: Book, agent: Agent, day: date) -> Shape:
        code = self.code(agent.team, day)
        cell = tuple(entry for entry in book.cell(agent, day) if not entry.fixed)
        if code == REST:
            return Sum(About(day, agent), (Term(cell),), high=0, price=self.price)
        fitting = tuple(entry for entry in cell if code in (ANY, entry.duty.shift))
        return Sum(About(day, agent), (Term(fitting),), low=1, price=self.price)

    def code(self, team: str, day: date) -> str:
        """What the pattern has for a team on a day."""
        behind = self.behind if self.behind is not None else TEMPLATES[self.template][1] if self.template else 0
        place = self.teams.index(team) if self.teams else 0
        return self.days[((day - self.begins).days - place * behind) % len(self.days)]
