"""What a rule is: declared numbers, shapes for the machines, words for the people."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from constraints.book import Book, Entry
from constraints.breach import Breach
from constraints.price import Price
from constraints.shapes import About, Forbid, Shape
from domain.language import Language, Text


class Role(StrEnum):
    """Who may waive a rule, with a reason."""

    SCHEDULER = "scheduler"
    MANAGER = "manager"


class Scope(StrEnum):
    """How far a rule looks: one cell, one person's days, or the whole site."""

    CELL = "cell"
    AGENT = "agent"
    SITE = "site"


class Rule(BaseModel, ABC):
    """One house rule or law article.

    Class variables say what it is, fields hold its numbers, `shapes` gives it to the machines and `words`, filled
    with the facts of a breach, to the people.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ClassVar[Text]
    words: ClassVar[Text]
    source: ClassVar[Text]
    scope: ClassVar[Scope]
    binding: ClassVar[bool] = False
    """Law, certificate or emergency floor: always hard, and nobody may waive it."""

    kind: str
    price: Price | None = Field(default=None, description="None: hard; otherwise the price of each unit of the gap")
    waivable_by: Role | None = Field(default=None, description="who may waive it, with a reason; None: nobody")

    @abstractmethod
    def shapes(self, book: Book) -> Iterator[Shape]:
        """Yield the rule's shapes over the entries of a book."""

    def say(self, breach: Breach, language: Language) -> str:
        """A breach in words: who, when, the number and its bound."""
        return self.words.filled(**self.numbers(), **breach.facts()).said(language)

    def numbers(self) -> dict[str, object]:
        """The rule's own numbers, for its words."""
        return {name: value for name, value in self if isinstance(value, int | str)}

    @model_validator(mode="after")
    def _waiver(self) -> Self:
        if self.binding and self.waivable_by is not None:
            raise ValueError(f"nobody may waive “{self.kind}”")
        if self.binding and self.price is not None:
            raise ValueError(f"“{self.kind}” has no price: it is always hard")
        return self


class CellRule(Rule):
    """A rule that judges each cell alone; solvers prune their options by it."""

    scope: ClassVar[Scope] = Scope.CELL

    @abstractmethod
    def forbids(self, entry: Entry, book: Book) -> bool:
        """Whether this entry may not be."""

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Forbid` for each entry that may not be."""
        for agent in book.agents:
            for entry in book.of(agent):
                if not entry.fixed and self.forbids(entry, book):
                    yield Forbid(about_entry(entry), (entry,), price=self.price)


def about_entry(entry: Entry) -> About:
    """A shape about one person's duty."""
    return About(entry.day, entry.agent)
