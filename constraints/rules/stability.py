"""What was published stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from constraints.book import Book
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Entries, Shape, Sum, Term
from domain.language import Text
from domain.people import Agent
from domain.roster import Duty
from domain.time import Days


class Stability(Rule):
    """Each cell that differs from the published version costs: people have planned their lives by it."""

    title: ClassVar[Text] = Text("与已发布版本一致", "Stability against the published version")
    words: ClassVar[Text] = Text(
        "{who} {day}与已发布的排班不同({duties}): {value}个班, 应为{bound}个",
        "{who}: {day} differs from what was published ({duties}): {value} duties where {bound} should be",
    )
    source: ClassVar[Text] = Text("内规 S3、S5: 已发布的排班少改动", "House rules S3, S5: what is published stays")
    scope: ClassVar[Scope] = Scope.AGENT

    kind: Literal["stability"] = "stability"
    price: Price | None = flat(480)
    waivable_by: Role | None = Role.SCHEDULER

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Sum` for each cell once something was published: the published duty is kept, or the rest is."""
        published = book.given.published
        if not published:
            return
        for cell in published_cells(book, book.horizon, published):
            about = About(cell.day, cell.agent)
            if cell.kept:
                yield Sum(about, (Term(cell.entries),), low=1, price=self.price)
            else:
                yield Sum(about, (Term(cell.entries),), high=0, price=self.price)


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """A cell as it was published: the entries that keep its duty or, where it was rest, those that would change it.

    Breaks may lie elsewhere: a duty with its breaks moved is kept.
    """

    agent: Agent
    day: date
    entries: Entries
    kept: bool


def published_cells(book: Book, days: Days, published: Mapping[tuple[str, date], Duty]) -> Iterator[PublishedCell]:
    """The cells of these days beside what was published, by person and day."""
    for agent in book.agents:
        for day in days:
            cell, duty = book.cell(agent, day), published.get((agent.id, day))
            if duty is None:
                yield PublishedCell(agent, day, cell, kept=False)
            else:
                yield PublishedCell(agent, day, tuple(entry for entry in cell if entry.duty.alike(duty)), kept=True)
