"""Who is reachable, and when: service hours, standby behind the desk, spare people, the duty of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.given import Line
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.rules.cover import Watch, certified, seen, serving
from constraints.shapes import About, Cover, Shape
from constraints.timeline import available, standing_by
from domain.language import Text
from domain.time import minute, wall_minutes

TIERS = ((1_000, 8), (100_000, 10))
"""Below so many households, so many hours of service a day (house rule S9)."""
LARGEST_TIER = 12


class ServiceHours(Rule):
    """Every day somebody serves the work for so many hours in one piece, by the number of households."""

    title: ClassVar[Text] = Text("服务时间", "Service hours")
    words: ClassVar[Text] = Text(
        "{span} {work}: 服务时间内至少{bound}人, 只有{value}人",
        "{span} {work}: at least {bound} during service hours, {value} are",
    )
    source: ClassVar[Text] = Text(
        "内规 S9: 不足1000户8小时; 运营中至少10小时不间断; 10万户起至少12小时",
        "House rule S9: under 1,000 households 8 h; in operation 10 h without a break; from 100,000 12 h",
    )
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["service-hours"] = "service-hours"
    serves: str = Field(default="service", description="the work of enquiries")
    opens: time = Field(default=time(8), description="local time at which service begins")
    hours: int | None = Field(default=None, ge=1, le=24, description="hours in one piece; None: by households (S9)")
    people: int = Field(default=1, ge=1)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of the service hours of each day."""
        opens = wall_minutes(self.opens)
        length = 60 * (self.hours or tier(book.situation.site.households))
        at = book.timetable.zone.at
        spans = [(minute(at(day, opens)), minute(at(day, opens + length)), self.people) for day in book.horizon]
        return Watch(serving(self.serves), available, self.serves).at_least(self, book, Line(spans))


class Standby(Rule):
    """At every minute a second line behind the desk is on standby and can come in time."""

    title: ClassVar[Text] = Text("二线备勤", "Standby")
    words: ClassVar[Text] = Text(
        "{span}: 需要{bound}人备勤({response}分钟内到岗), 只有{value}人, 缺{gap}人",
        "{span}: {bound} on standby needed (there within {response} minutes), {value} are, {gap} missing",
    )
    source: ClassVar[Text] = Text("内规 S24: 24小时备勤", "House rule S24: an on-call person is reachable 24 h")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["standby"] = "standby"
    skill: str = Field(default="emergency", description="the certificate of the second line")
    people: int = Field(default=1, ge=1)
    response: int = Field(default=60, ge=0, description="minutes within which the person must be there")
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of the horizon over the standby duties that are quick enough."""

        def counts(entry: Entry) -> bool:
            response = entry.placed.response
            return response is not None and response <= self.response and entry.may(self.skill)

        return Watch(counts, standing_by).throughout(self, book, self.people)


class Reserve(Rule):
    """Every minute survives the absence of any one: so many more emergency people than the floor demands."""

    title: ClassVar[Text] = Text("缺一不失(N-1)", "Survives one absence (N-1)")
    words: ClassVar[Text] = Text(
        "{span}: 任一人缺勤后仍需达到底线, 应有{bound}人, 有{value}人",
        "{span}: to survive an absence {bound} emergency people are wished for, {value} are there",
    )
    source: ClassVar[Text] = Text("内规 S8、S24: 应急值守不因一人缺勤中断", "House rules S8, S24: no single absence")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["reserve"] = "reserve"
    skill: str = Field(default="emergency", description="the certificate that counts")
    floor: int = Field(default=2, ge=0, description="people at every minute, as the emergency floor has it")
    spare: int = Field(default=1, ge=1, description="absences to be survived")
    price: Price | None = flat(1)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each stretch of the horizon; the price is per head and minute."""
        return Watch(certified(self.skill), available).throughout(self, book, self.floor + self.spare)


class DutyRota(Rule):
    """On every day so many people, no more and no fewer, have the duty of the day: they come earlier and open up."""

    title: ClassVar[Text] = Text("值日轮值", "Daily duty rota")
    words: ClassVar[Text] = Text(
        "{day}: 值日班({codes})应有{bound}人, 排了{value}人",
        "{day}: {bound} should have the duty of the day ({codes}), {value} have",
    )
    source: ClassVar[Text] = Text(
        "内规 S16: 每日值日, 提前20分钟到岗", "House rule S16: a daily duty rota that comes 20 minutes earlier"
    )
    scope: ClassVar[Scope] = Scope.SITE
    example: ClassVar[Mapping[str, object]] = {"shifts": ("值",)}

    kind: Literal["duty-rota"] = "duty-rota"
    shifts: tuple[str, ...] = Field(min_length=1, description="codes of the shifts that begin 20 minutes earlier")
    people: int = Field(default=1, ge=1)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` from both sides for each day."""
        days: defaultdict[date, list[Entry]] = defaultdict(list)
        for entry in book.entries:
            if entry.duty.shift in self.shifts:
                days[entry.day].append(entry)
        for day in book.horizon:
            if seen(book, *book.timetable.day(day)):
                yield Cover(About(day), (tuple(days[day]),), self.people, self.people, price=self.price)

    def numbers(self) -> dict[str, object]:
        """The codes as one word."""
        return super().numbers() | {"codes": "、".join(self.shifts)}


def tier(households: int) -> int:
    """Hours of service a day that so many households demand (house rule S9)."""
    return next((hours for below, hours in TIERS if households < below), LARGEST_TIER)
