"""One free stretch at least."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain

from constraints.book import Entry
from constraints.shapes.shape import Entries, Measure, Shape


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
