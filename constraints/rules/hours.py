"""Working time: contract hours of the month, hours of a day and a week, numbers of shifts and nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from constraints.book import Book, Entry
from constraints.given import Given
from constraints.price import Price, rising
from constraints.rule import CellRule, Role, Rule, Scope
from constraints.shapes import About, Shape, Sum, Term
from domain.language import Text
from domain.people import Agent
from domain.requests import Leave
from domain.time import Days, monday


class ContractHours(Rule):
    """A month's paid hours lie within a band around the contract; leave on work days counts as worked."""

    title: ClassVar[Text] = Text("月度合同工时", "Contract hours of the month")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}工时{value_hours}, 与{bound_hours}相差{gap_hours}",
        "{who} has {value_hours} from {day} to {until}, {gap_hours} away from {bound_hours}",
    )
    source: ClassVar[Text] = Text(
        "内规 S4: 尽量满足当月合同工时; 国务院关于职工工作时间的规定(每日8小时, 每周40小时)",
        "House rule S4: as close to contract hours as possible; State Council decree 174 (8 h a day, 40 h a week)",
    )
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["contract-hours"] = "contract-hours"
    band_hours: int = Field(default=4, ge=0, description="hours above or below the contract that cost nothing")
    price: Price | None = rising((480, 1), (960, 3), (None, 6))
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of paid minutes for each person."""
        for agent in book.agents:
            target, band = owed(book, agent), self.band_hours * 60
            yield Sum(
                over(agent, book.horizon),
                paid(book, agent, book.horizon),
                low=max(0, target - band),
                high=target + band,
                price=self.price,
            )


class HoursRange(Rule):
    """The paid hours of the horizon lie between two numbers, whatever the contract says."""

    title: ClassVar[Text] = Text("工时范围", "Range of hours")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}工时{value_hours}, 界限{bound_hours}, 相差{gap_hours}",
        "{who} has {value_hours} from {day} to {until}; the bound is {bound_hours}, {gap_hours} away",
    )
    source: ClassVar[Text] = Text("站点约定", "Site agreement")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["hours-range"] = "hours-range"
    least_hours: float = Field(default=0, ge=0)
    most_hours: float = Field(default=744, ge=0)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of paid minutes for each person."""
        low, high = round(self.least_hours * 60), round(self.most_hours * 60)
        for agent in book.agents:
            minutes = paid(book, agent, book.horizon)
            yield Sum(over(agent, book.horizon), minutes, low=low, high=high, price=self.price)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.least_hours > self.most_hours:
            raise ValueError("least_hours must not exceed most_hours")
        return self


class ShiftLimit(Rule):
    """An agent has these shifts at least `least` and at most `most` times in the horizon."""

    title: ClassVar[Text] = Text("班次次数", "Number of a shift")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}有{value}个{codes}班, 界限{bound}个, 相差{gap}个",
        "{who} has {value} of {codes} from {day} to {until}; the bound is {bound}, {gap} away",
    )
    source: ClassVar[Text] = Text("站点约定", "Site agreement")
    scope: ClassVar[Scope] = Scope.AGENT

    example: ClassVar[Mapping[str, object]] = {"shifts": ("夜",)}

    kind: Literal["shift-limit"] = "shift-limit"
    shifts: tuple[str, ...] = Field(min_length=1, description="codes of the shifts that are counted together")
    least: int = Field(default=0, ge=0)
    most: int = Field(default=31, ge=0)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of these shifts for each person."""
        counted = set(self.shifts)
        for agent in book.agents:
            entries = (entry for entry in book.of(agent) if entry.duty.shift in counted and not entry.fixed)
            terms = tuple(Term((entry,)) for entry in entries)
            if self.least or len(terms) > self.most:
                yield Sum(over(agent, book.horizon), terms, low=self.least, high=self.most, price=self.price)

    def numbers(self) -> dict[str, object]:
        """The codes as one word."""
        return super().numbers() | {"codes": "、".join(self.shifts)}


class DailyHours(CellRule):
    """No duty has more than `hours` paid: the agreed day and the overtime that a day may have."""

    title: ClassVar[Text] = Text("每日工时上限", "Daily hours")
    words: ClassVar[Text] = Text(
        "{who} {day}的班({duties})超过每日{hours}小时: {value}个班, 允许{bound}个",
        "{who}: the duty of {day} ({duties}) is longer than {hours} h: {value} such, {bound} allowed",
    )
    source: ClassVar[Text] = Text(
        "劳动法第36条、第41条: 每日8小时, 加班不超过3小时",
        "Labour Law of China art. 36 and 41: 8 h a day and at most 3 h of overtime",
    )

    kind: Literal["daily-hours"] = "daily-hours"
    hours: int = Field(default=11, ge=1, le=24)

    def forbids(self, entry: Entry, given: Given) -> bool:
        """Longer than the limit, on a day that no emergency exempts."""
        return entry.paid > self.hours * 60 and not given.exempt(entry.agent.id, entry.day)


class NightLimit(Rule):
    """An agent works at most `most` nights in the horizon."""

    title: ClassVar[Text] = Text("夜班次数上限", "Number of nights")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}有{value}个夜班, 最多{bound}个",
        "{who} works {value} nights from {day} to {until}; at most {bound}",
    )
    source: ClassVar[Text] = Text("内规 S16; 德国 ArbZG 第6条(夜班工作者)", "House rule S16; ArbZG § 6 (night workers)")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["night-limit"] = "night-limit"
    most: int = Field(default=8, ge=0)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of nights for each person."""
        for agent in book.agents:
            terms = tuple(Term((entry,)) for entry in book.of(agent) if entry.night and not entry.fixed)
            if len(terms) > self.most:
                yield Sum(over(agent, book.horizon), terms, high=self.most, price=self.price)


class WeeklyHours(Rule):
    """An agent is paid for at most `hours` in a calendar week, overtime included."""

    title: ClassVar[Text] = Text("每周工时上限", "Weekly hours")
    words: ClassVar[Text] = Text(
        "{who} {day}至{until}这一周{value_hours}, 上限{bound_hours}, 超出{gap_hours}",
        "{who} has {value_hours} in the week {day} to {until}; at most {bound_hours}, {gap_hours} too many",
    )
    source: ClassVar[Text] = Text(
        "欧盟指令 2003/88/EC 第6条(48小时); 劳动法第41条(每日加班不超过3小时)",
        "Directive 2003/88/EC art. 6 (48 h); Labour Law of China art. 41 (overtime at most 3 h a day)",
    )
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["weekly-hours"] = "weekly-hours"
    hours: int = Field(default=48, ge=1, le=168)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` of paid minutes for each person and week that touches the horizon."""
        for agent in book.agents:
            week = monday(book.horizon.first)
            while week <= book.horizon.last:
                days = Days(week, week + timedelta(days=6))
                yield Sum(over(agent, days), paid(book, agent, days), high=self.hours * 60, price=self.price)
                week += timedelta(days=7)


def owed_minutes(given: Given, agent: Agent) -> int:
    """Minutes the contract owes in the horizon, less the work days on leave."""
    calendar, horizon = given.situation.calendar, given.situation.horizon
    whole = given.once((agent.contract.id, "owed"), lambda: agent.contract.minutes(horizon, calendar))
    away = leave_halves(given.leaves.get(agent.id, ()), horizon)
    off = sum(halves for day, halves in away.items() if calendar.kind(day).works)
    work_days = given.once("work days", lambda: calendar.work_days(horizon))
    return whole - round(whole * off / (2 * work_days)) if work_days else whole


def leave_halves(leaves: Iterable[Leave], days: Days) -> dict[date, int]:
    """The days that are on leave, each with its halves: 1 or 2."""
    found: dict[date, int] = {}
    for leave in leaves:
        for day in leave.days:
            if day in days:
                found[day] = min(2, found.get(day, 0) + leave.halves(day))
    return found


def owed(book: Book, agent: Agent) -> int:
    """The minutes owed, worked out once for many books."""
    return book.given.once(("owed", agent.id), lambda: owed_minutes(book.given, agent))


def slack_minutes(book: Book, agent: Agent) -> int:
    """Minutes that a person's month lies below what the contract owes; negative: above it."""
    return owed(book, agent) - sum(entry.paid for entry in book.of(agent) if not entry.fixed)


def paid(book: Book, agent: Agent, days: Days) -> tuple[Term, ...]:
    """The paid minutes of each duty of a person on these days."""
    first, last = days.first, days.last
    return tuple(Term((entry,), entry.paid) for entry in book.of(agent) if first <= entry.duty.day <= last)


def over(agent: Agent, days: Days) -> About:
    """A shape about a person over these days."""
    return About(days.first, agent, days.last)
