"""Who is there together: experience, mentors, pairs, seats, and never all at rest at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.given import Line
from constraints.price import Price
from constraints.rule import Role, Rule, Scope
from constraints.rules.cover import Watch, reach, seen
from constraints.shapes import About, Cover, Entries, Shape
from constraints.timeline import present, stretches
from domain.language import Text


class SkillMix(Rule):
    """Of the people there at any minute, one who holds the skill is enough for so many others, and no more."""

    title: ClassVar[Text] = Text("技能搭配", "Skill mix")
    words: ClassVar[Text] = Text(
        "{span}: 每{others}人至少配1名“{skill}”, 平衡值{value}, 至少{bound}, 缺{gap}",
        "{span}: one “{skill}” for each {others} others; the balance is {value}, at least {bound}, {gap} short",
    )
    source: ClassVar[Text] = Text("内规 S13、S15: 新老搭配", "House rules S13, S15: the experienced beside the new")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["skill-mix"] = "skill-mix"
    skill: str = Field(default="leader", description="the certificate of the experienced")
    others: int = Field(default=5, ge=1, description="others whom one of them can stand by")
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One signed `Cover` for each stretch: the experienced count for their others, the others against."""
        return _balance(self, book, lambda entry: self.others if entry.may(self.skill) else -1)


class Mentored(Rule):
    """A trainee is there only beside a mentor; one mentor can stand by so many trainees."""

    title: ClassVar[Text] = Text("师徒同班", "Mentor beside trainee")
    words: ClassVar[Text] = Text(
        "{span}: 学员必须有师傅在岗(每名师傅带{trainees}名), 平衡值{value}, 至少{bound}, 缺{gap}",
        "{span}: trainees need a mentor (one for {trainees}); the balance is {value}, at least {bound}, {gap} short",
    )
    source: ClassVar[Text] = Text("内规 S15: 学员须有师傅陪同", "House rule S15: trainees only beside a mentor")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["mentored"] = "mentored"
    trainee: str = Field(default="trainee", description="the certificate of a trainee")
    mentor: str = Field(default="mentor", description="the certificate of a mentor")
    trainees: int = Field(default=1, ge=1, description="trainees whom one mentor can stand by")
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One signed `Cover` for each stretch: mentors count for their trainees, trainees against."""

        def sign(entry: Entry) -> int:
            if entry.may(self.mentor):
                return self.trainees
            return -1 if entry.may(self.trainee) else 0

        return _balance(self, book, sign)


class Seats(Rule):
    """No more people are there than there are seats."""

    title: ClassVar[Text] = Text("座席数量", "Seats")
    words: ClassVar[Text] = Text(
        "{span}: 只有{bound}个座席, 排了{value}人, 多{gap}人", "{span}: {bound} seats, {value} people, {gap} too many"
    )
    source: ClassVar[Text] = Text("站点座席数", "Seats of the site")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["seats"] = "seats"
    seats: int = Field(default=20, ge=1)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` from above for each stretch of presence."""
        whole = Line([(*reach(book, present), self.seats)])
        return Watch(lambda _: True, present).at_most(self, book, whole)


class TwoPeople(Rule):
    """The common part: a rule about two people."""

    scope: ClassVar[Scope] = Scope.SITE
    example: ClassVar[Mapping[str, object]] = {"people": ("A001", "A002")}

    people: tuple[str, str] = Field(description="ids of the two")

    def numbers(self) -> dict[str, object]:
        """The two as one word."""
        return super().numbers() | {"names": "、".join(self.people)}


class Apart(TwoPeople):
    """Two people are never there at the same minute."""

    title: ClassVar[Text] = Text("不同班", "Apart")
    words: ClassVar[Text] = Text(
        "{span}: {names}不得同时在岗, 有{value}人, 最多{bound}人",
        "{span}: {names} must not be there together; {value} are, at most {bound}",
    )
    source: ClassVar[Text] = Text("站点约定(亲属回避等)", "Site agreement (relatives and the like)")

    kind: Literal["apart"] = "apart"
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` from above for each stretch at which both could be there."""
        whole = Line([(*reach(book, present), 1)])
        return Watch(lambda entry: entry.duty.agent in self.people, present).at_most(self, book, whole)


class Together(TwoPeople):
    """Two people always have the same shift on the same day, or are both off."""

    title: ClassVar[Text] = Text("同班", "Together")
    words: ClassVar[Text] = Text(
        "{day}: {names}应同班, 相差{value}, 应为{bound}",
        "{day}: {names} should have the same shift; they differ by {value}, should by {bound}",
    )
    source: ClassVar[Text] = Text("站点约定(拼车等)", "Site agreement (sharing a car and the like)")

    kind: Literal["together"] = "together"
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One signed `Cover` for each shift and day: one counts for, the other against."""
        cells: defaultdict[tuple[date, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in book.entries:
            if entry.duty.agent in self.people and not entry.fixed and seen(book, entry.start, entry.end):
                cells[entry.day, entry.duty.shift][entry.duty.agent].append(entry)
        for (day, _), sides in cells.items():
            teams = tuple(tuple(sides[agent]) for agent in self.people if sides[agent])
            signs = tuple(1 if agent == self.people[0] else -1 for agent in self.people if sides[agent])
            yield Cover(About(day), teams, 0, 0, signs, price=self.price)


class RestInTurns(Rule):
    """On every day at least so many of the people begin a duty: never all at rest at once."""

    title: ClassVar[Text] = Text("轮休不空岗", "Rest in turns")
    words: ClassVar[Text] = Text(
        "{day}: 至少{bound}人上班, 只有{value}人, 缺{gap}人",
        "{day}: at least {bound} must come, {value} do, {gap} missing",
    )
    source: ClassVar[Text] = Text("内规 S16: 轮休, 不得同时休息", "House rule S16: rest in turns, never all at once")
    scope: ClassVar[Scope] = Scope.SITE

    kind: Literal["rest-in-turns"] = "rest-in-turns"
    people: int = Field(default=1, ge=1)
    price: Price | None = None
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Cover` for each day; who has two duties on it counts twice, which other rules rule out."""
        by_day: defaultdict[date, list[Entry]] = defaultdict(list)
        for entry in book.entries:
            by_day[entry.day].append(entry)
        for day in book.horizon:
            if seen(book, *book.timetable.day(day)):
                yield Cover(About(day), (tuple(by_day[day]),), self.people, price=self.price)


def _balance(rule: Rule, book: Book, sign: Callable[[Entry], int]) -> Iterator[Shape]:
    """One signed `Cover` for each stretch: what is counted for is at least what is counted against."""
    start, end = reach(book, present)
    for window in book.windows or ((start, end),):
        line = stretches(book, lambda entry: sign(entry) != 0, present, max(start, window[0]), min(end, window[1]))
        for stretch in line:
            teams, signs = _signed(stretch.teams, sign)
            if min(signs, default=0) < 0:
                about = About(book.timetable.day_of(stretch.start), span=(stretch.start, stretch.end))
                weight = stretch.end - stretch.start
                yield Cover(about, teams, 0, None, signs, price=rule.price, weight=weight)


def _signed(teams: tuple[Entries, ...], sign: Callable[[Entry], int]) -> tuple[tuple[Entries, ...], tuple[int, ...]]:
    """The teams parted by what their members count."""
    parts: list[tuple[Entries, int]] = []
    for team in teams:
        by_sign: defaultdict[int, list[Entry]] = defaultdict(list)
        for entry in team:
            by_sign[sign(entry)].append(entry)
        parts += [(tuple(members), number) for number, members in sorted(by_sign.items())]
    return tuple(team for team, _ in parts), tuple(number for _, number in parts)
