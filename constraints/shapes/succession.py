"""What may not follow what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, groupby

from constraints.book import Entry
from constraints.shapes.shape import Entries, Fault, Measure, Shape


@dataclass(frozen=True, slots=True)
class Succession(Shape):
    """After one of the earlier entries, none of the later ones on a following day that is too near.

    Too near is a beginning sooner than `apart` minutes after the earlier one's end, or a day among the `days` that
    follow the earlier one's day. The duties of one day do not succeed one another here.
    """

    earlier: Entries
    later: Entries
    apart: int = 0
    days: int = 0

    def clash(self, before: Entry, after: Entry) -> bool:
        """Whether the second is too near to the first."""
        between = (after.day - before.day).days
        return between > 0 and (after.start < before.end + self.apart or between <= self.days)

    def measure(self, chosen: Set[Entry]) -> Measure:
        """Count the clashing pairs that are not both history; the value is the shortest time between two of them."""
        pairs = list(self._pairs(chosen))
        between = min((after.start - before.end for before, after in pairs), default=self.apart)
        return Measure(between, self.apart, len(pairs))

    def faults(self, chosen: Set[Entry], history: Set[Entry]) -> Iterator[Fault]:  # noqa: ARG002 - see `measure`
        """Name each two days with clashing entries."""
        days = groupby(self._pairs(chosen), key=lambda pair: (pair[0].day, pair[1].day))
        for (_, day), clashing in days:
            pairs = list(clashing)
            between = min(after.start - before.end for before, after in pairs)
            culprits = tuple(dict.fromkeys(chain.from_iterable(pairs)))
            yield Fault(replace(self.about, day=day), Measure(between, self.apart, len(pairs)), culprits)

    def _pairs(self, chosen: Set[Entry]) -> Iterator[tuple[Entry, Entry]]:
        before, after = (_by_day(entry for entry in side if entry in chosen) for side in (self.earlier, self.later))
        begin = 0
        for _, day in groupby(before, key=lambda entry: entry.day):
            of_day = list(day)
            until = max(first.end for first in of_day) + self.apart
            last = of_day[0].day + timedelta(days=self.days)
            while begin < len(after) and after[begin].day <= of_day[0].day:
                begin += 1
            for second in after[begin:]:
                if second.start >= until and second.day > last:
                    break
                for first in of_day:
                    if self.clash(first, second) and not (first.fixed and second.fixed):
                        yield first, second

    def entries(self) -> Iterator[Entry]:
        """Both sides, each entry once."""
        return iter(dict.fromkeys(chain(self.earlier, self.later)))


def _by_day(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.day, entry.start))
