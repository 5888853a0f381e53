"""Time off between duties: one duty a day, daily rest, weekly rest, rest after nights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import lru_cache
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.given import Minutes
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, AnyOf, Shape, Succession, Sum, Term
from domain.language import Text
from domain.time import monday

EntryTest = Callable[[Entry], bool]


class OneDutyADay(Rule):
    """An agent starts at most one duty a day."""

    title: ClassVar[Text] = Text("每日一班", "One duty a day")
    words: ClassVar[Text] = Text(
        "{who} {day}排了{value}个班({duties}), 每天最多{bound}个",
        "{who} has {value} duties on {day} ({duties}); at most {bound} a day",
    )
    source: ClassVar[Text] = Text("内规: 一人一天一班", "House rule: one person, one day, one duty")
    scope: ClassVar[Scope] = Scope.AGENT
    near: ClassVar[int | None] = 0

    kind: Literal["one-duty-a-day"] = "one-duty-a-day"

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` for each cell of the horizon."""
        for agent in book.agents:
            for day in dict.fromkeys(entry.day for entry in book.of(agent) if not entry.fixed):
                entries = book.cell(agent, day)
                if len(entries) > 1:
                    terms = tuple(Term((entry,)) for entry in entries)
                    yield Sum(About(day, agent), terms, high=1, price=self.price)


class DailyRest(Rule):
    """Between the duties of two days an agent rests at least `hours`."""

    title: ClassVar[Text] = Text("班间休息", "Daily rest")
    words: ClassVar[Text] = Text(
        "{who} {day}: {duties}之间只隔{value_hours}, 至少{hours}小时",
        "{who} {day}: {value_hours} between {duties}; at least {hours} h",
    )
    source: ClassVar[Text] = Text(
        "欧盟指令 2003/88/EC 第3条: 24小时内连续休息11小时", "Directive 2003/88/EC art. 3: 11 consecutive hours in 24"
    )
    scope: ClassVar[Scope] = Scope.AGENT
    near: ClassVar[int | None] = 5

    kind: Literal["daily-rest"] = "daily-rest"
    hours: int = Field(default=11, ge=1, le=72)

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Succession` for each person."""
        return _too_soon(self, book, _any, _any, self.hours * 60)


class RestAfterNights(Rule):
    """After a night duty at least `hours` pass before a duty that is not a night."""

    title: ClassVar[Text] = Text("夜班后休息", "Rest after nights")
    words: ClassVar[Text] = Text(
        "{who} {day}: 夜班后转其他班只隔{value_hours}({duties}), 至少{hours}小时",
        "{who} {day}: {value_hours} between a night and another shift ({duties}); at least {hours} h",
    )
    source: ClassVar[Text] = Text("内规: 下夜班后休息", "House rule: nights are followed by rest")
    scope: ClassVar[Scope] = Scope.AGENT
    near: ClassVar[int | None] = 7

    kind: Literal["rest-after-nights"] = "rest-after-nights"
    hours: int = Field(default=32, ge=1, le=120)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Succession` for each person."""
        return _too_soon(self, book, _night, _no_night, self.hours * 60)


class WeeklyRest(Rule):
    """In every calendar week an agent has at least `hours` free of duty in one piece."""

    title: ClassVar[Text] = Text("每周休息日", "Weekly rest")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}这一周没有连续{hours}小时的休息(班次: {duties})",
        "{who} has no {hours} h free in one piece in the week {day} to {until} (duties: {duties})",
    )
    source: ClassVar[Text] = Text(
        "劳动法第38条: 每周至少休息一日", "Labour Law of China art. 38: at least one day off a week"
    )
    scope: ClassVar[Scope] = Scope.AGENT
    binding: ClassVar[bool] = True

    kind: Literal["weekly-rest"] = "weekly-rest"
    hours: int = Field(default=24, ge=1, le=72)

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `AnyOf` for each week: a free stretch begins with the week or where a duty ends."""
        for agent in book.agents:
            entries = book.of(agent)
            week = monday(book.horizon.first)
            while week <= book.horizon.last:
                start, end = book.timetable.day(week)[0], book.timetable.day(week + timedelta(days=6))[1]
                near = tuple(entry for entry in entries if entry.overlaps(start, end))
                places = free_stretches(tuple((entry.start, entry.end) for entry in near), start, end, self.hours * 60)
                if all(places):
                    bundles = tuple(tuple(near[place] for place in bundle) for bundle in places)
                    yield AnyOf(About(week, agent, week + timedelta(days=6)), bundles, price=self.price)
                week += timedelta(days=7)


@lru_cache(maxsize=4096)
def free_stretches(spans: tuple[Minutes, ...], start: int, end: int, length: int) -> tuple[tuple[int, ...], ...]:
    """What would have to stay unworked for each possible beginning of a free stretch; only the least demands.

    Spans are minutes; the answer names them by place. People with the same options share one answer.
    """
    begins = sorted({start, *(stop for _, stop in spans if start < stop <= end - length)})
    bundles = dict.fromkeys(
        frozenset(place for place, (come, go) in enumerate(spans) if come < begin + length and begin < go)
        for begin in begins
    )
    least = [bundle for bundle in bundles if not any(other < bundle for other in bundles)]
    return tuple(tuple(sorted(bundle)) for bundle in least)


def _too_soon(rule: Rule, book: Book, before: EntryTest, after: EntryTest, apart: int) -> Iterator[Shape]:
    """One `Succession` for each person who has both sides."""
    for agent in book.agents:
        entries = book.of(agent)
        earlier, later = tuple(filter(before, entries)), tuple(filter(after, entries))
        if earlier and later and earlier[0].day < later[-1].day:
            about = About(book.horizon.first, agent)
            yield Succession(about, earlier, later, apart, price=rule.price)


def _any(entry: Entry) -> bool:
    """Every duty on the premises: standby counts as rest unless somebody is called."""
    return not entry.standby


def _night(entry: Entry) -> bool:
    return entry.night


def _no_night(entry: Entry) -> bool:
    return not entry.night and not entry.standby
