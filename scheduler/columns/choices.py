"""What one person can do on each day: nothing, or one duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from constraints.book import Book, Entry
from constraints.shapes import AnyOf, Entries, Forbid, Run, Shape, Succession, Sum
from domain.people import Agent
from scheduler.exclusion import is_exclusion

MOST_CHOICES = 64
"""A set of kinds of a day is a word of so many bits."""


class TooWide(Exception):
    """A day has more kinds of choices than the machine can hold, or no limit of duties: another solver must do it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A person's choices by day, history's one choice a day first; the first choice of a planned day is no duty.

    Choices that no rule of the person can tell apart, one duty with its breaks laid in several ways, are one *kind*:
    the machine knows kinds alone.
    """

    agent: Agent
    first: date
    known: int
    """Days of history before the horizon."""
    cells: tuple[tuple[Entries, ...], ...]
    kind: NDArray[np.int64]
    """[day, choice]: its kind; the kinds of a day are numbered in the order of their first choices."""
    kinds: tuple[int, ...]
    """[day]: how many kinds there are."""
    places: dict[Entry, tuple[int, int]]
    """The day and the kind of each entry that stands for its kind: the first of it."""

    @property
    def width(self) -> int:
        """The most choices of any day."""
        return max(map(len, self.cells))

    @property
    def kinds_width(self) -> int:
        """The most kinds of any day."""
        return max(self.kinds)


def choices_of(book: Book, agent: Agent, shapes: Sequence[Shape], known: int) -> Choices:
    """All choices of a person; `shapes` must say that a day holds one duty at most."""
    single = {tuple(shape.entries()) for shape in shapes if is_exclusion(shape)}
    first = book.horizon.first - timedelta(days=known)
    days = [first + timedelta(days=place) for place in range(known + len(book.horizon))]
    cells = tuple(
        (book.cell(agent, day),) if place < known else _choices(book.cell(agent, day), single)
        for place, day in enumerate(days)
    )
    kind, places = _sorted_out(cells, shapes)
    kinds = tuple(int(kind[day, : len(cell)].max()) + 1 for day, cell in enumerate(cells))
    if max(kinds) > MOST_CHOICES:
        raise TooWide("too many choices on a day")
    return Choices(agent, first, known, cells, kind, kinds, places)


def _sorted_out(
    cells: tuple[tuple[Entries, ...], ...], shapes: Sequence[Shape]
) -> tuple[NDArray[np.int64], dict[Entry, tuple[int, int]]]:
    """The kind of each choice, and the places of the entries that stand for their kinds."""
    several = any(len(entries) == 1 and entries[0].duty.breaks for cell in cells for entries in cell)
    roles = _roles(shapes) if several else {}
    kind = np.zeros((len(cells), max(map(len, cells))), dtype=np.int64)
    places: dict[Entry, tuple[int, int]] = {}
    for day, cell in enumerate(cells):
        found: dict[object, int] = {}
        for number, entries in enumerate(cell):
            looks = _looks(entries[0], roles) if several and len(entries) == 1 else number
            fresh = looks not in found
            kind[day, number] = found.setdefault(looks, len(found))
            if fresh:
                places.update(dict.fromkeys(entries, (day, found[looks])))
    return kind, places


def _looks(entry: Entry, roles: dict[Entry, list[object]]) -> object:
    """All that the rules of a person can know of an entry."""
    return entry.start, entry.end, tuple(roles.get(entry, ()))


def _roles(shapes: Sequence[Shape]) -> dict[Entry, list[object]]:
    """What each entry is in each shape."""
    roles: defaultdict[Entry, list[object]] = defaultdict(list)
    for number, shape in enumerate(shapes):
        for role, entries in _parts(shape):
            for entry in entries:
                roles[entry].append((number, role))
    return roles


def _parts(shape: Shape) -> Iterator[tuple[object, Entries]]:
    """The parts of a shape of one person: entries of one part are the same to it."""
    match shape:
        case Forbid():
            yield "forbidden", shape.forbidden
        case Succession():
            yield "earlier", shape.earlier
            yield "later", shape.later
        case Run():
            yield from enumerate(shape.days)
        case Sum():
            for place, term in enumerate(shape.terms):
                alone = len(term.entries) == 1
                yield ("alone", term.weight) if alone else (place, term.weight), term.entries
        case AnyOf():
            yield from enumerate(shape.bundles)


def _choices(cell: Entries, single: set[Entries]) -> tuple[Entries, ...]:
    if len(cell) > 1 and cell not in single:
        raise TooWide("no rule limits the duties of a day to one")
    return (), *((entry,) for entry in cell)
