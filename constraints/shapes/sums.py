"""How much of something over a span."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain

from constraints.book import Entry
from constraints.shapes.shape import Entries, Measure, Shape


@dataclass(frozen=True, slots=True)
class Term:
    """A weight that counts once when any of its entries is chosen."""

    entries: Entries
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Sum(Shape):
    """The weights of the chosen terms add up to at least `low` and at most `high`."""

    terms: tuple[Term, ...]
    low: int | None = None
    high: int | None = None

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Add up and compare with the bounds."""
        value = sum(term.weight for term in self.terms if any(entry in chosen for entry in term.entries))
        if self.low is not None and value < self.low:
            return Measure(value, self.low, self.low - value)
        if self.high is not None and value > self.high:
            return Measure(value, self.high, value - self.high)
        return Measure(value, self.low if self.high is None else self.high, 0)  # type: ignore[arg-type]

    def entries(self) -> Iterator[Entry]:
        """All terms' entries."""
        return chain.from_iterable(term.entries for term in self.terms)

    def inherited(self, history: Set[Entry]) -> int:
        """What history already has too much; what it lacks can still be made up."""
        if not history or self.high is None:
            return 0
        return max(0, self.measure(history).value - self.high)
