"""The shapes into which every rule is put: all that solvers, evaluator and explanations know of rules.

A shape speaks about entries of a book. Given the chosen entries it measures itself: the gap is what is missing or too
much, zero when the shape holds. A shape without a price is hard.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

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


@dataclass(frozen=True, slots=True)
class Forbid(Shape):
    """None of these entries may be chosen."""

    forbidden: Entries

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Count the forbidden entries that were chosen."""
        count = sum(entry in chosen for entry in self.forbidden)
        return Measure(count, 0, count)

    def entries(self) -> Iterator[Entry]:
        """All forbidden entries."""
        return iter(self.forbidden)


@dataclass(frozen=True, slots=True)
class Succession(Shape):
    """No entry of the later ones may be chosen together with one of the earlier ones."""

    earlier: Entries
    later: Entries
    apart: int
    """Minutes that should lie between the two, for the words."""

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Count the clashing pairs; the value is the shortest time between two of them."""
        before = [entry.end for entry in self.earlier if entry in chosen]
        after = [entry.start for entry in self.later if entry in chosen]
        between = min(after) - max(before) if before and after else self.apart
        return Measure(between, self.apart, len(before) * len(after))

    def entries(self) -> Iterator[Entry]:
        """Both sides."""
        return chain(self.earlier, self.later)


@dataclass(frozen=True, slots=True)
class Run(Shape):
    """Of these consecutive days at most `longest` in a row have a chosen entry."""

    days: tuple[Entries, ...]
    longest: int

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Find the longest run, and count the days beyond the bound over all runs."""
        runs = [end - start for start, end in self._runs(chosen)]
        return Measure(max(runs, default=0), self.longest, sum(max(0, run - self.longest) for run in runs))

    def faults(self, chosen: Set[Entry], history: Set[Entry]) -> Iterator[Fault]:
        """Name each run that is too long by days that are not history."""
        for start, end in self._runs(chosen):
            beyond = self.days[start + self.longest : end]
            gap = sum(not any(entry in history for entry in entries) for entries in beyond)
            if gap:
                culprits = tuple(entry for entries in self.days[start:end] for entry in entries if entry in chosen)
                about = replace(self.about, day=culprits[0].day, until=culprits[-1].day)
                yield Fault(about, Measure(end - start, self.longest, gap), culprits)

    def _runs(self, chosen: Set[Entry]) -> Iterator[tuple[int, int]]:
        """Where runs of days with a chosen entry begin and end."""
        start = None
        for place, entries in enumerate((*self.days, ())):
            worked = any(entry in chosen for entry in entries)
            if worked and start is None:
                start = place
            if not worked and start is not None:
                yield start, place
                start = None

    def entries(self) -> Iterator[Entry]:
        """All days' entries."""
        return chain.from_iterable(self.days)


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


@dataclass(frozen=True, slots=True)
class Cover(Shape):
    """At least `low` of the entries of these teams are chosen, over a span of `weight` minutes.

    A team is the tuple of all entries alike (same day, shift, work): solvers count it once for all spans.
    """

    teams: tuple[Entries, ...]
    low: int

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Count heads."""
        heads = sum(entry in chosen for entry in self.entries())
        return Measure(heads, self.low, max(0, self.low - heads))

    def entries(self) -> Iterator[Entry]:
        """All teams' entries."""
        return chain.from_iterable(self.teams)

    def inherited(self, history: Set[Entry]) -> int:  # noqa: ARG002 - a hole is never the past's fault
        """Nothing: who is missing can still be put there."""
        return 0


@dataclass(frozen=True, slots=True)
class AnyOf(Shape):
    """At least one of these bundles of entries stays wholly unchosen."""

    bundles: tuple[Entries, ...]

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Count the free bundles; one is enough."""
        free = sum(not any(entry in chosen for entry in bundle) for bundle in self.bundles)
        return Measure(free, 1, int(free == 0))

    def entries(self) -> Iterator[Entry]:
        """Every entry of a bundle, once."""
        return iter(dict.fromkeys(chain.from_iterable(self.bundles)))
