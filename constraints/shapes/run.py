"""How many days in a row."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from constraints.book import Entry
from constraints.shapes.shape import Entries, Fault, Measure, Shape


@dataclass(frozen=True, slots=True)
class Run(Shape):
    """Of these consecutive days at least `shortest` and at most `longest` in a row are of one class.

    A day is of the class when one of its entries is chosen or, for an `idle` run, when none is. The days begin at
    `about.day`. A run that touches the first or the last of them, or began in history, may be short: what lies
    beyond is not known or past mending.
    """

    days: tuple[Entries, ...]
    shortest: int = 1
    longest: int | None = None
    idle: bool = False
    known: int = 0
    """So many of the first days are history; what is wrong there is nobody's fault any more."""

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Count days missing or too many over all runs; the value is the run farthest from its bound."""
        worst, gap = Measure(0, self.longest or self.shortest, 0), 0
        for start, end in self._runs(chosen):
            found = self._judge(start, end)
            gap += found.gap
            worst = max(worst, found, key=lambda each: each.gap)
        return Measure(worst.value, worst.bound, gap)

    def inherited(self, history: Set[Entry]) -> int:  # noqa: ARG002 - each run leaves out its own past
        """Nothing: see `known`."""
        return 0

    def faults(self, chosen: Set[Entry], history: Set[Entry]) -> Iterator[Fault]:  # noqa: ARG002 - see `known`
        """Name each run that is too long or too short by days that are not history."""
        for start, end in self._runs(chosen):
            found = self._judge(start, end)
            if found.gap:
                culprits = tuple(entry for entries in self.days[start:end] for entry in entries if entry in chosen)
                first, last = self.about.day + timedelta(days=start), self.about.day + timedelta(days=end - 1)
                yield Fault(replace(self.about, day=first, until=last), found, culprits)

    def _judge(self, start: int, end: int) -> Measure:
        length = end - start
        if self.longest is not None and length > self.longest:
            return Measure(length, self.longest, max(0, end - max(start + self.longest, self.known)))
        inside = start > 0 and start >= self.known and end < len(self.days)
        return Measure(length, self.shortest, max(0, self.shortest - length) if inside else 0)

    def _runs(self, chosen: Set[Entry]) -> Iterator[tuple[int, int]]:
        """Where runs of days of the class begin and end."""
        start = None
        for place, entries in enumerate(self.days):
            of_class = any(entry in chosen for entry in entries) is not self.idle
            if of_class and start is None:
                start = place
            if not of_class and start is not None:
                yield start, place
                start = None
        if start is not None:
            yield start, len(self.days)

    def entries(self) -> Iterator[Entry]:
        """All days' entries."""
        return chain.from_iterable(self.days)
