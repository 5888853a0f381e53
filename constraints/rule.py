"""What a rule is: declared numbers, shapes for the machines, words for the people."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from constraints.book import Book, Entry
from constraints.breach import Breach
from constraints.given import Given
from constraints.price import Price
from constraints.shapes import About, Forbid, Shape
from domain.language import Language, Text
from domain.people import Agent


class Role(StrEnum):
    """Who may waive a rule, with a reason."""

    SCHEDULER = "scheduler"
    MANAGER = "manager"


class Scope(StrEnum):
    """How far a rule looks: one cell, one person's days, or the whole site."""

    CELL = "cell"
    AGENT = "agent"
    SITE = "site"


class Only(BaseModel):
    """Some of the people: of these contracts, of these teams, or named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contracts: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()

    def names(self, agent: Agent) -> bool:
        """Whether a person is among them."""
        return agent.contract.id in self.contracts or agent.team in self.teams or agent.id in self.agents


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

    near: ClassVar[int | None] = None
    """Only entries within so many days of a change decide whether the change breaks it; None: any may."""

    example: ClassVar[Mapping[str, object]] = {}
    """Numbers without which the rule cannot be, as the documentation shows them."""

    kind: str
    price: Price | None = Field(default=None, description="None: hard; otherwise the price of each unit of the gap")
    waivable_by: Role | None = Field(default=None, description="who may waive it, with a reason; None: nobody")
    only: Only | None = Field(default=None, description="the people it holds for; None: everybody")

    @abstractmethod
    def shapes(self, book: Book) -> Iterator[Shape]:
        """Yield the rule's shapes over the entries of a book."""

    def over(self, book: Book) -> Iterator[Shape]:
        """The shapes for the people the rule holds for: what every reader asks."""
        if self.only is None:
            return self.shapes(book)
        return self.shapes(book.watching({agent.id for agent in book.agents if self.only.names(agent)}))

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
    near: ClassVar[int | None] = 0

    @abstractmethod
    def forbids(self, entry: Entry, given: Given) -> bool:
        """Whether this entry may not be."""

    def rejects(self, entry: Entry, given: Given) -> bool:
        """Whether this entry may not be, if the rule holds for its person."""
        return (self.only is None or self.only.names(entry.agent)) and self.forbids(entry, given)

    def shapes(self, book: Book) -> Iterator[Shape]:
        """One `Forbid` for each entry that may not be."""
        for agent in book.agents:
            for entry in book.of(agent):
                if not entry.fixed and self.forbids(entry, book.given):
                    yield Forbid(about_entry(entry), (entry,), price=self.price)


def about_entry(entry: Entry) -> About:
    """A shape about one person's duty."""
    return About(entry.day, entry.agent)
