"""What one person can do on each day: nothing, one duty or, where the rules allow it, two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from constraints.book import Book, Entry
from constraints.shapes import Entries, Shape, Sum
from domain.people import Agent

MOST_CHOICES = 64
"""A set of choices of a day is a word of so many bits."""


class TooWide(Exception):
    """A day has more choices than the machine can hold, or no limit of duties: another solver must do it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A person's choices by day, history's one choice a day first; the first choice of a planned day is no duty."""

    agent: Agent
    first: date
    known: int
    """Days of history before the horizon."""
    cells: tuple[tuple[Entries, ...], ...]
    places: dict[Entry, tuple[int, tuple[int, ...]]]
    """The day of each entry, and the choices that hold it."""

    @property
    def width(self) -> int:
        """The most choices of any day."""
        return max(map(len, self.cells))


def choices_of(book: Book, agent: Agent, shapes: Iterable[Shape], known: int) -> Choices:
    """All choices of a person; `shapes` tell how many duties a day may hold."""
    limits = _limits(shapes)
    first = book.horizon.first - timedelta(days=known)
    days = [first + timedelta(days=place) for place in range(known + len(book.horizon))]
    cells = tuple(
        (book.cell(agent, day),) if place < known else _choices(book.cell(agent, day), limits)
        for place, day in enumerate(days)
    )
    found: dict[Entry, tuple[int, list[int]]] = {}
    for place, cell in enumerate(cells):
        for number, entries in enumerate(cell):
            for entry in entries:
                found.setdefault(entry, (place, []))[1].append(number)
    places = {entry: (place, tuple(numbers)) for entry, (place, numbers) in found.items()}
    return Choices(agent, first, known, cells, places)


def _limits(shapes: Iterable[Shape]) -> dict[Entry, int]:
    """How many of the entries of its cell an entry may share the day with, itself counted."""
    limits: dict[Entry, int] = {}
    for shape in shapes:
        if isinstance(shape, Sum) and shape.price is None and shape.high is not None and _plain(shape):
            entries = [term.entries[0] for term in shape.terms]
            if len({entry.day for entry in entries}) == 1:
                for entry in entries:
                    limits[entry] = min(shape.high, limits.get(entry, shape.high))
    return limits


def _plain(shape: Sum) -> bool:
    return all(term.weight == 1 and len(term.entries) == 1 for term in shape.terms)


def _choices(cell: Entries, limits: dict[Entry, int]) -> tuple[Entries, ...]:
    most = max((limits.get(entry, len(cell)) for entry in cell), default=0)
    if len(cell) > 1 and most > 2:
        raise TooWide("no rule limits the duties of a day")
    found: list[Entries] = [(), *((entry,) for entry in cell)]
    if most > 1:
        found += [pair for pair in combinations(cell, 2) if not pair[0].overlaps(pair[1].start, pair[1].end)]
    if len(found) > MOST_CHOICES:
        raise TooWide("too many choices on a day")
    return tuple(found)
