"""A month's hours by pay class, person by person: plain, overtime, rest days, statutory holidays, nights, standby.

A duty belongs to the month in which it starts; each of its minutes has the class of the calendar day on which it lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from constraints.book import Book, Entry
from constraints.check import worked_book
from constraints.rule import Rule
from constraints.rules.hours import leave_halves, owed_minutes
from constraints.rules.pay import PLAIN, PayCost
from domain.calendar import DayKind
from domain.people import Agent
from domain.requests import NOT_HERE, Leave
from domain.roster import Roster
from domain.situation import Situation
from domain.time import DAY_MINUTES, minute

NIGHT_FROM, NIGHT_UNTIL = 22 * 60, 30 * 60
"""22:00 to 06:00, minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Per cent of plain pay of each class (Labour Law of China art. 44, or as the site's rules price it)."""

    overtime: int
    rest_day: int
    holiday: int


@dataclass(frozen=True, slots=True)
class PayMonth:
    """One person's month, in minutes; the classes add up to what is paid by the hour."""

    agent: Agent
    duties: int
    owed: int
    plain: int
    overtime: int
    rest_day: int
    holiday: int
    nights: int
    night: int
    """Paid minutes from 22:00 to 06:00, whatever their class."""
    standby: int
    leave_days: float

    @property
    def paid(self) -> int:
        """All that is paid by the hour."""
        return self.plain + self.overtime + self.rest_day + self.holiday

    def plain_minutes(self, classes: Classes) -> float:
        """What it is worth in minutes of plain pay."""
        dear = self.overtime * classes.overtime + self.rest_day * classes.rest_day + self.holiday * classes.holiday
        return self.plain + dear / PLAIN


def classes_of(rules: Iterable[Rule]) -> Classes:
    """The pay classes under some rules; where none prices pay, rest is given in turns and no day of rest is dear."""
    told = next((rule for rule in rules if isinstance(rule, PayCost)), PayCost())
    return Classes(told.overtime, told.rest_day, told.holiday)


def payroll(roster: Roster, situation: Situation, rules: Sequence[Rule]) -> tuple[PayMonth, ...]:
    """Everybody's month; hours on days of rest are plain where the rules say so, and may then be overtime."""
    book, apart = worked_book(roster, situation), classes_of(rules).rest_day > PLAIN
    return tuple(_month(book, agent, rest_apart=apart) for agent in situation.agents)


def _month(book: Book, agent: Agent, *, rest_apart: bool) -> PayMonth:
    entries = [entry for entry in book.of(agent) if not entry.fixed]
    kinds: Counter[DayKind] = Counter()
    for entry in entries:
        kinds.update(_by_kind(book, entry))
    holiday = kinds[DayKind.STATUTORY]
    rest = (kinds[DayKind.REST] + kinds[DayKind.SWAPPED_REST]) * rest_apart
    owed, usual = owed_minutes(book.given, agent), kinds.total() - holiday - rest
    return PayMonth(
        agent,
        sum(not entry.standby for entry in entries),
        owed,
        min(usual, owed),
        max(0, usual - owed),
        rest,
        holiday,
        sum(entry.night for entry in entries),
        sum(_dark(book, span) for entry in entries for span in _paid(book, entry)),
        sum(entry.end - entry.start for entry in entries if entry.standby),
        sum(leave_halves(_leave(book, agent), book.horizon).values()) / 2,
    )


def _leave(book: Book, agent: Agent) -> Iterator[Leave]:
    """Leave of a person; days before he came or after he left are none."""
    return (leave for leave in book.given.leaves.get(agent.id, ()) if leave.kind != NOT_HERE)


def _paid(book: Book, entry: Entry) -> Iterator[tuple[int, int]]:
    """The paid parts of a duty: presence less the breaks that are not paid; nothing of a standby duty."""
    if entry.standby:
        return
    moment = entry.start
    for start, end in _unpaid(book, entry):
        yield moment, start
        moment = end
    yield moment, entry.end


def _unpaid(book: Book, entry: Entry) -> Iterable[tuple[int, int]]:
    breaks = book.timetable.shifts[entry.duty.shift].breaks
    return (pause for pause, told in zip(entry.placed.pauses, breaks, strict=False) if not told.paid)


def _by_kind(book: Book, entry: Entry) -> dict[DayKind, int]:
    """The paid minutes of a duty by the kind of the days on which they lie."""
    calendar, table = book.situation.calendar, book.timetable
    found: Counter[DayKind] = Counter()
    for start, end in _paid(book, entry):
        moment = start
        while moment < end:
            day = table.day_of(moment)
            until = min(end, table.day(day)[1])
            found[calendar.kind(day)] += until - moment
            moment = until
    return found


def _dark(book: Book, span: tuple[int, int]) -> int:
    """The minutes of a span that lie in a night."""
    zone, days = book.timetable.zone, {book.timetable.day_of(span[0]), book.timetable.day_of(span[1] - 1)}
    nights = {
        (minute(zone.at(day, first + NIGHT_FROM)), minute(zone.at(day, first + NIGHT_UNTIL)))
        for day in days
        for first in (-DAY_MINUTES, 0)
    }
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in nights)
