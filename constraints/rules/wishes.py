"""What people asked for, granted where it is cheap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from constraints.book import Book, Entry
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Forbid, Shape, Sum, Term
from domain.language import Text
from domain.people import Agent
from domain.requests import Wish, WishKind


class Wishes(Rule):
    """Days off, shifts wanted and shifts to be spared; a refused wish costs its weight."""

    title: ClassVar[Text] = Text("个人意愿", "Wishes")
    words: ClassVar[Text] = Text(
        "{who} {day}的意愿未满足: {value}个班({duties}), 希望{bound}个",
        "{who}: the wish for {day} is not met: {value} duties ({duties}) where {bound} was wished",
    )
    source: ClassVar[Text] = Text("内规 S3: 每月23日17:30前提出意愿", "House rule S3: wishes until the 23rd at 17:30")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["wishes"] = "wishes"
    price: Price | None = flat(240)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """A `Forbid` for a day off or a shift to be spared, a `Sum` for a shift wanted."""
        for agent in book.agents:
            for wish in book.given.wishes.get(agent.id, ()):
                if wish.day in book.horizon:
                    yield self.shape(book, agent, wish)

    def shape(self, book: Book, agent: Agent, wish: Wish) -> Shape:
        """One wish: its duties must not be, or one of them must."""
        about = About(wish.day, agent)
        named = tuple(against(book, agent, wish) if wish.kind is not WishKind.ON else _wanted(book, agent, wish))
        if wish.kind is WishKind.OFF:
            return Sum(about, (Term(named),), high=0, price=self.price, weight=wish.weight)
        if wish.kind is WishKind.AVOID:
            return Forbid(about, named, price=self.price, weight=wish.weight)
        return Sum(about, (Term(named),), low=1, price=self.price, weight=wish.weight)


def against(book: Book, agent: Agent, wish: Wish) -> Iterator[Entry]:
    """A person's duties that stand against a wish: any in the hours of a day off, those of a shift to be spared."""
    if wish.kind is WishKind.OFF:
        start, end = book.timetable.day(wish.day)
        yield from (entry for entry in book.of(agent) if not entry.fixed and entry.overlaps(start, end))
    elif wish.kind is WishKind.AVOID:
        yield from _wanted(book, agent, wish)
    else:
        yield from (entry for entry in book.cell(agent, wish.day) if entry.duty.shift != wish.shift)


def met(book: Book, agent: Agent, wish: Wish) -> bool:
    """Whether the duties of a book meet a wish."""
    if wish.kind is WishKind.ON:
        return any(_wanted(book, agent, wish))
    return not any(against(book, agent, wish))


def _wanted(book: Book, agent: Agent, wish: Wish) -> Iterator[Entry]:
    return (entry for entry in book.cell(agent, wish.day) if entry.duty.shift == wish.shift)
