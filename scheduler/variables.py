"""The unknowns of the constraint programme: one literal an entry, and what is counted over them."""

from __future__ import annotations

from collections.abc import Iterable

from ortools.sat.python import cp_model

from constraints.book import Book, Entry
from constraints.shapes import Entries, Shape
from scheduler.exclusion import is_exclusion

Expression = cp_model.LinearExprT
ALWAYS = 1
"""The literal of a fixed entry: history has happened."""


class Variables:
    """Literals of entries, presence of any of several, heads of a team; each made once."""

    def __init__(self, book: Book) -> None:
        self.model = cp_model.CpModel()
        self.literals: dict[Entry, cp_model.IntVar] = {
            entry: self.model.new_bool_var("") for entry in book.entries if not entry.fixed
        }
        self._exclusive: dict[Entry, int] = {}
        self._presence: dict[Entries, Expression] = {}
        self._heads: dict[Entries, Expression] = {}

    def exclude(self, shapes: Iterable[Shape]) -> None:
        """Post the shapes that say “at most one of these”, and remember them: they make all else tighter."""
        for number, shape in enumerate(shapes):
            if is_exclusion(shape):
                entries = tuple(shape.entries())
                self._exclusive.update(dict.fromkeys(entries, number))
                self.model.add_at_most_one(self.literals[entry] for entry in entries)

    def exclusive(self, entries: Entries) -> bool:
        """Whether at most one of the entries can be chosen."""
        groups = {self._exclusive.get(entry) for entry in entries}
        return len(entries) == 1 or (len(groups) == 1 and None not in groups)

    def total(self, entries: Entries) -> Expression:
        """How many of the entries are chosen."""
        fixed = sum(entry.fixed for entry in entries)
        return cp_model.LinearExpr.sum([self.literals[entry] for entry in entries if not entry.fixed]) + fixed

    def presence(self, entries: Entries) -> Expression:
        """Zero or one: whether any of the entries is chosen."""
        if any(entry.fixed for entry in entries):
            return ALWAYS
        if len(entries) <= 1:
            return self.total(entries)
        if entries not in self._presence:
            literal = self.model.new_bool_var("")
            if self.exclusive(entries):
                self.model.add(self.total(entries) == literal)
            else:
                self.model.add_max_equality(literal, [self.literals[entry] for entry in entries])
            self._presence[entries] = literal
        return self._presence[entries]

    def heads(self, team: Entries) -> Expression:
        """How many of a team are chosen, as one variable for all the stretches that count it."""
        if len(team) <= 1:
            return self.total(team)
        if team not in self._heads:
            count = self.model.new_int_var(0, len(team), "")
            self.model.add(self.total(team) == count)
            self._heads[team] = count
        return self._heads[team]
