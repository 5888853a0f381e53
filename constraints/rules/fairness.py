"""A fair share of what nobody likes: nights, weekends, statutory holidays, early and late duties."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.breach import Breach
from constraints.given import Given
from constraints.price import Price, rising
from constraints.rule import Role, Rule, Scope
from constraints.rules.hours import owed_minutes
from constraints.shapes import About, Shape, Sum, Term
from constraints.timetable import NIGHT_FROM, NIGHT_TO, Placed, Timetable
from domain.calendar import DayKind
from domain.language import Language, Text
from domain.people import Agent
from domain.situation import Situation
from domain.time import DAY_MINUTES


class Burden(StrEnum):
    """What is shared."""

    NIGHTS = "nights"
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"
    EARLY = "early"
    LATE = "late"


BURDENS: dict[Burden, Text] = {
    Burden.NIGHTS: Text("夜班", "nights"),
    Burden.WEEKENDS: Text("周末班", "weekend duties"),
    Burden.HOLIDAYS: Text("法定节假日班", "duties on statutory holidays"),
    Burden.EARLY: Text("早班", "early duties"),
    Burden.LATE: Text("晚班", "late duties"),
}
EARLY_BY, LATE_FROM = 8 * 60, 21 * 60
"""A duty by day is early when it begins before 08:00, late when it ends after 21:00."""
PEAKS: dict[Burden, tuple[int, int]] = {
    Burden.NIGHTS: (NIGHT_FROM, NIGHT_TO),
    Burden.EARLY: (EARLY_BY - 60, EARLY_BY),
    Burden.LATE: (LATE_FROM, DAY_MINUTES),
}
"""The minutes of a day whose largest need tells how many duties of a burden there will be."""


class FairShare(Rule):
    """Everybody's part of a burden is in proportion to the hours they owe, among those who can carry it.

    What somebody carried above the share in the months before is taken off. Of early and late duties only the upper
    end is judged: how many there will be the requirement tells only roughly.
    """

    title: ClassVar[Text] = Text("公平分担", "Fair share")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}有{value}个{burden}, 公平份额的界限是{bound}个, 相差{gap}个",
        "{who} has {value} {burden} from {day} to {until}; a fair share ends at {bound}, {gap} away",
    )
    source: ClassVar[Text] = Text("内规 S4、S20: 公平", "House rules S4, S20: fairness")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["fair-share"] = "fair-share"
    of: Burden = Burden.NIGHTS
    slack: int = Field(default=0, ge=0, description="duties above or below the share that cost nothing")
    price: Price | None = rising((1, 240), (None, 480))
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of the burden's duties for each person who can carry it."""
        shares = book.given.once(("share", self.of), lambda: fair_shares(book.given, self.of))
        for agent in book.agents:
            share = shares.get(agent.id)
            if share is None:
                continue
            terms = tuple(
                Term((entry,)) for entry in book.of(agent) if not entry.fixed and carries(book, self.of, entry)
            )
            low, high = max(0, math.floor(share) - self.slack), math.ceil(share) + self.slack
            low = 0 if self.of in (Burden.EARLY, Burden.LATE) else low
            about = About(book.horizon.first, agent, book.horizon.last)
            yield Sum(about, terms, low=low, high=high, price=self.price)

    def say(self, breach: Breach, language: Language) -> str:
        """The breach with the burden's name."""
        return self.words.filled(burden=BURDENS[self.of], **breach.facts()).said(language)


def carries(book: Book, burden: Burden, entry: Entry) -> bool:
    """Whether a duty is part of a burden."""
    if burden in (Burden.WEEKENDS, Burden.HOLIDAYS):
        return not entry.standby and heavy(book.situation, burden, entry.day)
    return _at_hour(entry.placed, burden)


def _at_hour(placed: Placed, burden: Burden) -> bool:
    """Whether a duty is of a burden by the hours it has."""
    if burden is Burden.NIGHTS or placed.night or placed.response is not None:
        return placed.night and burden is Burden.NIGHTS
    if burden is Burden.EARLY:
        return placed.clock < EARLY_BY
    return placed.clock + placed.end - placed.start > LATE_FROM


def fair_shares(given: Given, burden: Burden) -> dict[str, Fraction]:
    """Each able person's part of the duties that the requirement will make of a burden; empty without a requirement."""
    situation, timetable = given.situation, given.timetable
    peak = PEAKS.get(burden)
    total = _peak_duties(situation, *peak) if peak else _day_duties(situation, timetable, burden)
    shares = parts(given, burden) if total else {}
    brought = {agent_id: given.opening(agent_id).burdens.get(burden, 0) for agent_id in shares}
    shared = total + sum(brought.values())
    return {agent_id: max(Fraction(0), shared * part - brought[agent_id]) for agent_id, part in shares.items()}


def parts(given: Given, burden: Burden) -> dict[str, Fraction]:
    """Each person's part of a burden among those who can carry it, by the hours they owe; together they are one."""
    situation, timetable = given.situation, given.timetable
    able = [agent for agent in situation.agents if _able(situation, timetable, burden, agent)]
    owed = {agent.id: owed_minutes(given, agent) for agent in able}
    whole = sum(owed.values())
    return {agent_id: Fraction(minutes, whole) for agent_id, minutes in owed.items()} if whole else {}


def _peak_duties(situation: Situation, first: int, last: int) -> Fraction:
    """Heads needed at the worst moment between two clock times of each day, added up."""
    peaks: dict[tuple[date, str], int] = {}
    for need in situation.requirement.needs:
        start = need.span.start
        from_midnight = start.hour * 60 + start.minute
        for night, begin in (
            (start.date(), from_midnight),
            (start.date() + timedelta(days=1), from_midnight - DAY_MINUTES),
        ):
            if begin < last and begin + need.span.minutes > first and night in situation.horizon:
                peaks[night, need.work] = max(peaks.get((night, need.work), 0), need.heads)
    return Fraction(sum(peaks.values()))


def _day_duties(situation: Situation, timetable: Timetable, burden: Burden) -> Fraction:
    """Person-minutes needed on heavy days over the minutes that a duty is available."""
    needed = sum(
        need.heads * need.span.minutes
        for need in situation.requirement.needs
        if heavy(situation, burden, need.span.start.date())
    )
    placed = (timetable.placed(shift.code, situation.horizon.first) for shift in situation.site.shifts)
    spans = [found.available for found in placed if found.available]
    offered = sum(end - start for span in spans for start, end in span)
    return Fraction(needed * len(spans), offered) if offered else Fraction(0)


def heavy(situation: Situation, burden: Burden, day: date) -> bool:
    """Whether a day is a weekend, or a statutory holiday."""
    kind = situation.calendar.kind(day)
    if burden is Burden.HOLIDAYS:
        return kind is DayKind.STATUTORY
    return kind in (DayKind.REST, DayKind.SWAPPED_REST)


def _able(situation: Situation, timetable: Timetable, burden: Burden, agent: Agent) -> bool:
    """Whether a shift of the burden serves a work that the person may do on some day."""
    days = situation.horizon
    return any(
        agent.may(work, day)
        for shift in situation.site.shifts
        if burden not in PEAKS or _at_hour(timetable.placed(shift.code, days.first), burden)
        for work in shift.works
        for day in (days.first, days.last)
    )
