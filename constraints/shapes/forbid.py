"""Entries that may not be."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from constraints.book import Entry
from constraints.shapes.shape import Entries, Measure, Shape


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
