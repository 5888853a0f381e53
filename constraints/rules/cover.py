"""Enough people at every minute: the requirement, the emergency floor, the shift leader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.price import Price, rising
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Cover, Shape
from constraints.timeline import Demand, Spans, available, demanded, present, stretches
from constraints.timetable import Placed
from domain.language import Text
from domain.time import minute


class Requirement(Rule):
    """People needed per interval and kind of work, from the forecast."""

    title: ClassVar[Text] = Text("时段人力需求", "Requirement per interval")
    words: ClassVar[Text] = Text(
        "{span} {work}: 需要{bound}人, 排了{value}人, 缺{gap}人",
        "{span} {work}: {bound} needed, {value} rostered, {gap} short",
    )
    source: ClassVar[Text] = Text(
        "内规 S1、S2、S4: 按话务量排班", "House rules S1, S2, S4: the roster follows the calls"
    )
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["requirement"] = "requirement"
    price: Price | None = rising((1, 4), (1, 8), (None, 12))
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of a need; the price is per head and minute."""
        situation = book.situation
        for work in situation.site.works:
            demands = [
                Demand(minute(need.span.start), minute(need.span.end), need.heads)
                for need in situation.requirement.needs
                if need.work == work.id and need.heads
            ]
            yield from _Watch(serving(work.id), available, work.id).covers(self, book, demands)


class EmergencyFloor(Rule):
    """At every minute so many emergency-qualified people are available; breaks and hand-overs do not count."""

    title: ClassVar[Text] = Text("应急在岗底线", "Emergency floor")
    words: ClassVar[Text] = Text(
        "{span}: 应急在岗至少{bound}人, 只有{value}人, 缺{gap}人",
        "{span}: at least {bound} emergency people must be available, {value} are, {gap} missing",
    )
    source: ClassVar[Text] = Text("内规 S8: 全天24小时应急值守", "House rule S8: emergency cover at every minute")
    scope: ClassVar[Scope] = Scope.SITE
    binding: ClassVar[bool] = True

    kind: Literal["emergency-floor"] = "emergency-floor"
    skill: str = Field(default="emergency", description="the certificate that counts")
    people: int = Field(default=2, ge=1, description="people at every minute")

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of the horizon, none left out."""
        return _Watch(certified(self.skill), available).throughout(self, book, self.people)


class ShiftLeader(Rule):
    """A shift leader is on the premises at every minute and keeps the log."""

    title: ClassVar[Text] = Text("值班长在岗", "Shift leader on duty")
    words: ClassVar[Text] = Text(
        "{span}: 需要{bound}名值班长, 只有{value}名, 缺{gap}名",
        "{span}: {bound} shift leader needed, {value} on duty, {gap} missing",
    )
    source: ClassVar[Text] = Text("内规 S13: 每班设值班长", "House rule S13: every shift has one on duty")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["shift-leader"] = "shift-leader"
    skill: str = Field(default="leader", description="the certificate of a shift leader")
    people: int = Field(default=1, ge=1)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of presence."""
        return _Watch(certified(self.skill), present).throughout(self, book, self.people)


def serving(work: str) -> Callable[[Entry], bool]:
    """Count the duties that serve a work."""
    return lambda entry: entry.duty.work == work


def certified(skill: str) -> Callable[[Entry], bool]:
    """Count the duties of people who hold a certificate, whatever they serve."""
    return lambda entry: entry.may(skill)


@dataclass(frozen=True, slots=True)
class _Watch:
    """Who counts for a cover, and when: while available, or while present."""

    counts: Callable[[Entry], bool]
    when: Callable[[Placed], Spans]
    work: str | None = None

    def covers(self, rule: Rule, book: Book, demands: Iterable[Demand]) -> Iterator[Shape]:
        """One `Cover` for each stretch of the demands."""
        start, end = reach(book, self.when)
        demands = [Demand(max(start, each.start), each.end, each.heads) for each in demands if each.end > start]
        for demand, teams in demanded(stretches(book, self.counts, self.when, start, end), demands):
            span = demand.start, demand.end
            about = About(book.timetable.zone.from_minute(demand.start).date(), span=span, work=self.work)
            yield Cover(about, teams, demand.heads, price=rule.price, weight=demand.end - demand.start)

    def throughout(self, rule: Rule, book: Book, heads: int) -> Iterator[Shape]:
        """One `Cover` for each stretch of all the minutes the roster answers for."""
        return self.covers(rule, book, [Demand(*reach(book, self.when), heads)])


def reach(book: Book, when: Callable[[Placed], Spans]) -> tuple[int, int]:
    """The minutes a roster answers for: from the first that a duty of its horizon can cover to the next roster's first.

    The hours before belong to the night that began on the eve: history, good or bad, that no new roster can mend. The
    last night belongs to this roster to its end, though that lies in the next month.
    """
    return _first(book, when, book.horizon.first), _first(book, when, book.horizon.last + timedelta(days=1))


def _first(book: Book, when: Callable[[Placed], Spans], day: date) -> int:
    earliest = min(when(book.timetable.placed(code, day))[0][0] for code in book.timetable.shifts)
    return max(book.timetable.day(day)[0], earliest)
