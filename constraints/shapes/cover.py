"""How many people at once."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain

from constraints.book import Entry
from constraints.shapes.shape import Entries, Measure, Shape


@dataclass(frozen=True, slots=True)
class Cover(Shape):
    """Of the entries of these teams at least `low` and at most `high` are chosen, over a span of `weight` minutes.

    A team is the tuple of all entries alike (same day, shift, work): solvers count it once for all spans. With `signs`
    each team counts so often, or as often against the others: mentors may outnumber trainees.
    """

    teams: tuple[Entries, ...]
    low: int | None = None
    high: int | None = None
    signs: tuple[int, ...] = ()

    @property
    def counted(self) -> Iterator[tuple[Entries, int]]:
        """Each team with how often one of it counts."""
        return zip(self.teams, self.signs or (1,) * len(self.teams), strict=True)

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Count heads."""
        heads = sum(sign * sum(entry in chosen for entry in team) for team, sign in self.counted)
        if self.low is not None and heads < self.low:
            return Measure(heads, self.low, self.low - heads)
        if self.high is not None and heads > self.high:
            return Measure(heads, self.high, heads - self.high)
        return Measure(heads, self.low if self.high is None else self.high, 0)  # type: ignore[arg-type]

    def entries(self) -> Iterator[Entry]:
        """All teams' entries."""
        return chain.from_iterable(self.teams)

    def inherited(self, history: Set[Entry]) -> int:
        """What the past has too many, or counts against; who is missing can still be put there."""
        if not history:
            return 0
        heads = self.measure(history).value
        return max(0, -heads, heads - self.high if self.high is not None else 0)
