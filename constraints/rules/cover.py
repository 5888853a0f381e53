"""Enough people at every minute: the requirement, the emergency floor, the shift leader; and not too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.given import Line
from constraints.price import Price, flat, rising
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Cover, Entries, Shape
from constraints.timeline import Demand, Spans, available, demanded, present, stretches
from constraints.timetable import Placed
from domain.demand import Need
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
    call: int = Field(
        default=0, ge=0, description="price of a call that is not answered, where needs tell the worth of each head"
    )
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of a need; the price is per head and minute, or what the calls are worth."""
        for work, wanted in needed(book):
            watch = Watch(serving(work), available, work)
            if self.call and self.price is not None and book.given.valued.get(work):
                for need in book.given.valued[work]:
                    price = worth(need, self.call)
                    line = Line([(minute(need.span.start), minute(need.span.end), need.heads)])
                    yield from watch.at_least(self, book, line, price)
            else:
                yield from watch.at_least(self, book, wanted)


class Surplus(Rule):
    """No more people than an interval needs, where somebody would only wait."""

    title: ClassVar[Text] = Text("人力富余", "More people than needed")
    words: ClassVar[Text] = Text(
        "{span} {work}: 需要{bound}人, 排了{value}人, 多{gap}人",
        "{span} {work}: {bound} needed, {value} rostered, {gap} more",
    )
    source: ClassVar[Text] = Text("内规 S4: 按话务量排班", "House rule S4: the roster follows the calls")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["surplus"] = "surplus"
    price: Price | None = flat(1)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of a need; the price is per head and minute."""
        for work, wanted in needed(book):
            yield from Watch(serving(work), available, work).at_most(self, book, wanted)


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
        return Watch(certified(self.skill), available).throughout(self, book, self.people)


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
        return Watch(certified(self.skill), present).throughout(self, book, self.people)


def worth(need: Need, call: int) -> Price:
    """The price of a minute of each head missing, the one that answers least first: what its calls are worth."""
    length = need.span.minutes
    eaches = sorted(max(1, round(calls * call / length)) for calls in need.worth[: need.heads])
    return rising(*((1, each) for each in eaches[:-1]), (None, eaches[-1]))


def serving(work: str) -> Callable[[Entry], bool]:
    """Count the duties that serve a work."""
    return lambda entry: entry.duty.work == work


def certified(skill: str) -> Callable[[Entry], bool]:
    """Count the duties of people who hold a certificate, whatever they serve."""
    return lambda entry: skill in entry.skills


def needed(book: Book) -> Iterator[tuple[str, Line]]:
    """The needs of each work that has any."""
    for work in book.situation.site.works:
        if work.id in book.given.needs:
            yield work.id, book.given.needs[work.id]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who counts for a cover, and when: while available, or while present."""

    counts: Callable[[Entry], bool]
    when: Callable[[Placed], Spans]
    work: str | None = None

    def at_least(self, rule: Rule, book: Book, wanted: Line, price: Price | None = None) -> Iterator[Shape]:
        """One `Cover` from below for each stretch of what is wanted, at the rule's price unless another is told."""
        for demand, teams, about in self._stretches(book, wanted):
            yield Cover(about, teams, demand.heads, price=price or rule.price, weight=demand.end - demand.start)

    def at_most(self, rule: Rule, book: Book, wanted: Line) -> Iterator[Shape]:
        """One `Cover` from above for each stretch of what is wanted at which anybody could be."""
        for demand, teams, about in self._stretches(book, wanted):
            if sum(map(len, teams)) > demand.heads:
                yield Cover(about, teams, None, demand.heads, price=rule.price, weight=demand.end - demand.start)

    def throughout(self, rule: Rule, book: Book, heads: int) -> Iterator[Shape]:
        """One `Cover` for each stretch of all the minutes the roster answers for."""
        return self.at_least(rule, book, Line([(*reach(book, self.when), heads)]))

    def _stretches(self, book: Book, wanted: Line) -> Iterator[tuple[Demand, tuple[Entries, ...], About]]:
        start, end = reach(book, self.when)
        for window in book.windows or ((start, end),):
            begin, stop = max(start, window[0]), min(end, window[1])
            near = [Demand(*want) for want in wanted.between(begin, stop)]
            for demand, teams in demanded(stretches(book, self.counts, self.when, begin, stop), near):
                span = demand.start, demand.end
                day = book.timetable.day_of(demand.start)
                yield demand, teams, About(day, span=span, work=self.work)


def seen(book: Book, start: int, end: int) -> bool:
    """Whether the rules of the site look at any of these minutes."""
    return book.windows is None or any(start < stop and begin < end for begin, stop in book.windows)


def reach(book: Book, when: Callable[[Placed], Spans]) -> tuple[int, int]:
    """The minutes a roster answers for: from the first that a duty of its horizon can cover to the next roster's first.

    The hours before belong to the night that began on the eve: history, good or bad, that no new roster can mend. The
    last night belongs to this roster to its end, though that lies in the next month.
    """
    first, after = book.horizon.first, book.horizon.last + timedelta(days=1)
    return book.given.once((when, first), lambda: (_first(book, when, first), _first(book, when, after)))


def _first(book: Book, when: Callable[[Placed], Spans], day: date) -> int:
    spans = [when(book.timetable.placed(code, day)) for code in book.timetable.shifts]
    midnight = book.timetable.day(day)[0]
    return max(midnight, min((there[0][0] for there in spans if there), default=midnight))
