"""What one person can do on each day: nothing, or one duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from constraints.book import Book, Entry
from constraints.shapes import Entries, Shape
from domain.people import Agent
from scheduler.exclusion import is_exclusion

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
    places: dict[Entry, tuple[int, int]]
    """The day of each entry, and the choice that holds it."""

    @property
    def width(self) -> int:
        """The most choices of any day."""
        return max(map(len, self.cells))


def choices_of(book: Book, agent: Agent, shapes: Iterable[Shape], known: int) -> Choices:
    """All choices of a person; `shapes` must say that a day holds one duty at most."""
    single = {tuple(shape.entries()) for shape in shapes if is_exclusion(shape)}
    first = book.horizon.first - timedelta(days=known)
    days = [first + timedelta(days=place) for place in range(known + len(book.horizon))]
    cells = tuple(
        (book.cell(agent, day),) if place < known else _choices(book.cell(agent, day), single)
        for place, day in enumerate(days)
    )
    places = {
        entry: (place, number)
        for place, cell in enumerate(cells)
        for number, entries in enumerate(cell)
        for entry in entries
    }
    return Choices(agent, first, known, cells, places)


def _choices(cell: Entries, single: set[Entries]) -> tuple[Entries, ...]:
    if len(cell) > 1 and cell not in single:
        raise TooWide("no rule limits the duties of a day to one")
    if len(cell) >= MOST_CHOICES:
        raise TooWide("too many choices on a day")
    return (), *((entry,) for entry in cell)
