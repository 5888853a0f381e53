"""What was published stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from constraints.book import Book
from constraints.price import Price, flat
from constraints.rule import Role, Rule, Scope
from constraints.shapes import About, Shape, Sum, Term
from domain.language import Text


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
        for agent in book.agents:
            for day in book.horizon:
                cell = tuple(entry for entry in book.cell(agent, day) if not entry.fixed)
                duty = published.get((agent.id, day))
                if duty is None:
                    yield Sum(About(day, agent), (Term(cell),), high=0, price=self.price)
                else:
                    kept = tuple(entry for entry in cell if entry.duty == duty)
                    yield Sum(About(day, agent), (Term(kept),), low=1, price=self.price)
