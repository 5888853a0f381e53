"""What may not follow what: forbidden successions, forward rotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Shape, Succession
from domain.language import Text


class ForbiddenSuccession(Rule):
    """After one of these shifts none of those on the `days` days that follow."""

    title: ClassVar[Text] = Text("禁止的班次衔接", "Forbidden succession")
    words: ClassVar[Text] = Text(
        "{who} {day}: {duties}不得相接; 相隔{value_hours}, 其后{days}天内不可",
        "{who} {day}: {duties} must not follow one another; {value_hours} apart, not within {days} days",
    )
    source: ClassVar[Text] = Text("内规 S16: 班次衔接", "House rule S16: what may follow what")
    scope: ClassVar[Scope] = Scope.AGENT
    near: ClassVar[int | None] = 8

    example: ClassVar[Mapping[str, object]] = {"after": ("夜",), "never": ("早",)}

    kind: Literal["forbidden-succession"] = "forbidden-succession"
    after: tuple[str, ...] = Field(min_length=1, description="codes of the shifts that come first")
    never: tuple[str, ...] = Field(min_length=1, description="codes that may not follow")
    days: int = Field(default=1, ge=1, le=6)
    waivable_by: Role | None = Role.MANAGER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Succession` for each person who has both sides."""
        first, then = set(self.after), set(self.never)
        for agent in book.agents:
            entries = book.of(agent)
            earlier = tuple(entry for entry in entries if entry.duty.shift in first)
            later = tuple(entry for entry in entries if entry.duty.shift in then)
            if earlier and later:
                yield Succession(About(book.horizon.first, agent), earlier, later, days=self.days, price=self.price)


class ForwardRotation(Rule):
    """On the day after a duty nobody begins earlier by the clock: early, late, night, never backwards."""

    title: ClassVar[Text] = Text("向前轮转", "Forward rotation")
    words: ClassVar[Text] = Text(
        "{who} {day}: {duties}向后轮转, 相隔{value_hours}; 次日上班应不早于前一天{tolerance}分钟以上",
        "{who} {day}: {duties} rotate backwards, {value_hours} apart; begin at most {tolerance} minutes earlier",
    )
    source: ClassVar[Text] = Text(
        "德国 ArbZG 第6条第1款(劳动科学): 向前轮转; 内规 S16", "ArbZG § 6 (1), findings of ergonomics; house rule S16"
    )
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["forward-rotation"] = "forward-rotation"
    tolerance: int = Field(default=120, ge=0, le=720, description="minutes by which the next day may begin earlier")
    price: Price | None = flat(120)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Succession` for each person and clock time of a first duty."""
        for agent in book.agents:
            entries = book.of(agent)
            by_clock: defaultdict[int, list[Entry]] = defaultdict(list)
            for entry in entries:
                by_clock[entry.placed.clock].append(entry)
            for clock, earlier in by_clock.items():
                later = tuple(entry for entry in entries if entry.placed.clock < clock - self.tolerance)
                if later:
                    about = About(book.horizon.first, agent)
                    yield Succession(about, tuple(earlier), later, days=1, price=self.price)
