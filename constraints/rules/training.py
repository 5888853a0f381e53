"""Training in which everybody takes part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from constraints.book import Book
from constraints.given import Given, Minutes
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Shape, Sum, Term
from domain.language import Text
from domain.people import Agent
from domain.time import minute, monday, wall_minutes


class Session(BaseModel):
    """A session of every week; several a week let those on duty at one come to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weekday: int = Field(ge=0, le=6, description="0 is Monday")
    start: time
    minutes: int = Field(default=60, ge=1, le=480)


class Training(Rule):
    """In every week each person is there for the whole of one session at least; who is on leave at all is excused."""

    title: ClassVar[Text] = Text("每周全员培训", "Training for all")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}这一周参加{value}次培训, 至少{bound}次",
        "{who} is there for {value} training sessions in the week {day} to {until}; at least {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16: 每周全员培训", "House rule S16: weekly training with everybody")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["training"] = "training"
    sessions: tuple[Session, ...] = Field(
        default=(Session(weekday=2, start=time(14)), Session(weekday=3, start=time(16))), min_length=1
    )
    price: Price | None = flat(240)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of duties that span a session, for each person and week with sessions they can come to."""
        week = monday(book.horizon.first)
        while week <= book.horizon.last:
            spans = book.given.once((self, week), partial(self._spans, book, week))
            for agent in book.agents:
                open_spans = [span for span in spans if not _excused(book.given, agent, span)]
                if open_spans:
                    terms = tuple(
                        Term((entry,))
                        for entry in book.of(agent)
                        if not entry.fixed
                        and not entry.standby
                        and any(entry.start <= start and end <= entry.end for start, end in open_spans)
                    )
                    about = About(week, agent, week + timedelta(days=6))
                    yield Sum(about, terms, low=1, price=self.price)
            week += timedelta(days=7)

    def _spans(self, book: Book, week: date) -> tuple[Minutes, ...]:
        """The sessions of a week that lie in the horizon, on the absolute clock."""
        at = book.timetable.zone.at
        spans = []
        for session in self.sessions:
            day, begin = week + timedelta(days=session.weekday), wall_minutes(session.start)
            if day in book.horizon:
                spans.append((minute(at(day, begin)), minute(at(day, begin + session.minutes))))
        return tuple(spans)


def _excused(given: Given, agent: Agent, span: Minutes) -> bool:
    """Whether approved leave touches the session."""
    return any(start < span[1] and span[0] < end for start, end in given.away.get(agent.id, ()))
