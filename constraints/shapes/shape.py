"""What all shapes have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import date

from constraints.book import Entry
from constraints.price import Price
from domain.people import Agent

Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Whom, which day and which minutes a shape speaks of, for the words."""

    day: date
    agent: Agent | None = None
    until: date | None = None
    span: tuple[int, int] | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What a shape found: the value, the bound it should keep, and the units between them."""

    value: int
    bound: int
    gap: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a shape does not hold, and the chosen entries that make it so."""

    about: About
    measure: Measure
    culprits: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shape(ABC):
    """The common part: what it is about, its price (None: hard) and how often the price counts."""

    about: About
    price: Price | None = field(default=None, kw_only=True)
    weight: int = field(default=1, kw_only=True)

    @abstractmethod
    def measure(self, chosen: Set[Entry]) -> Measure:
        """Measure the shape over the chosen entries."""

    @abstractmethod
    def entries(self) -> Iterator[Entry]:
        """All entries the shape speaks of."""

    def inherited(self, history: Set[Entry]) -> int:
        """Measure the part of the gap that history alone makes: nobody's fault any more."""
        return self.measure(history).gap if history else 0

    def faults(self, chosen: Set[Entry], history: Set[Entry]) -> Iterator[Fault]:
        """Name the places where the shape does not hold, history's own part left out."""
        found = self.measure(chosen)
        gap = found.gap - self.inherited(history) if found.gap else 0
        if gap > 0:
            culprits = tuple(entry for entry in self.entries() if entry in chosen)
            yield Fault(self.about, Measure(found.value, found.bound, gap), culprits)

    def cost(self, gap: int) -> int:
        """Price a gap; a hard shape has no price."""
        return 0 if self.price is None else self.weight * self.price.of(gap)
