"""What people do together: the covers as rows over teams, each with the convex price of its heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from constraints.book import Entry
from constraints.shapes import Cover, Entries
from scheduler.columns.judge import Judge
from scheduler.columns.rows import Row, row_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coupling:
    """All rows, and which teams they count."""

    rows: tuple[Row, ...]
    always: Ints
    """[row]: heads that history brings."""
    team_of: dict[Entry, tuple[int, ...]]
    team_ends: Ints
    team_rows: Ints
    team_signs: Ints


def couple(covers: Iterable[Cover], penalty: float) -> Coupling:
    """Join covers over the same teams to one row each; a hard unit is priced by the penalty."""
    teams = _Teams()
    alike: defaultdict[tuple[tuple[int, int], ...], list[Cover]] = defaultdict(list)
    for cover in covers:
        key = tuple(sorted((teams.number(team), sign) for team, sign in cover.counted))
        alike[key].append(cover)
    most = teams.sizes
    rows: list[Row] = []
    always: list[int] = []
    members: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, covers_of in alike.items():
        least = sum(min(0, sign) * most[team] for team, sign in key)
        largest = sum(max(0, sign) * most[team] for team, sign in key)
        always.append(sum(sign * teams.fixed[team] for team, sign in key))
        for team, sign in key:
            members[team].append((len(rows), sign))
        judges = tuple(Judge.of_heads(cover, always[-1]) for cover in covers_of)
        rows.append(row_of(judges, (least, largest), penalty))
    flat = [pair for team in range(len(most)) for pair in members[team]]
    ends = np.cumsum([0, *(len(members[team]) for team in range(len(most)))])
    return Coupling(
        tuple(rows),
        np.array(always, dtype=np.int64),
        {entry: tuple(found) for entry, found in teams.of.items()},
        ends.astype(np.int64),
        np.array([row for row, _ in flat], dtype=np.int64),
        np.array([sign for _, sign in flat], dtype=np.int64),
    )


class _Teams:
    """Teams numbered, each once."""

    def __init__(self) -> None:
        self._by_id: dict[int, int] = {}
        self._by_content: dict[Entries, int] = {}
        self._kept: list[Entries] = []
        self.sizes: list[int] = []
        self.fixed: list[int] = []
        self.of: defaultdict[Entry, list[int]] = defaultdict(list)

    def number(self, team: Entries) -> int:
        """The number of a team."""
        found = self._by_id.get(id(team))
        if found is None:
            found = self._by_content.get(team)
            if found is None:
                found = self._add(team)
            self._by_id[id(team)] = found
            self._kept.append(team)
        return found

    def _add(self, team: Entries) -> int:
        number = self._by_content[team] = len(self.sizes)
        self.sizes.append(len({entry.duty.agent for entry in team}))
        self.fixed.append(sum(entry.fixed for entry in team))
        for entry in team:
            self.of[entry].append(number)
        return number


class Tables:
    """The prices of all rows in one rectangle, to be read for all rows at once."""

    def __init__(self, coupling: Coupling) -> None:
        rows = coupling.rows
        width = max((len(row.prices) for row in rows), default=1)
        self._least = np.array([row.least for row in rows], dtype=np.int64) - coupling.always
        self._last = np.array([len(row.prices) - 1 for row in rows], dtype=np.int64)
        self._prices, self._hard, self._felt = (np.zeros((len(rows), width)) for _ in range(3))
        for number, row in enumerate(rows):
            for table, values in ((self._prices, row.prices), (self._hard, row.hard), (self._felt, row.felt)):
                table[number, : len(values)] = values
                table[number, len(values) :] = values[-1]
        self._rows = np.arange(len(rows))
        self.floor = np.array([row.floor for row in rows])
        self.least_dual = np.array([row.least_dual for row in rows])
        self.most_dual = np.array([row.most_dual for row in rows])
        capped = [(number, step) for number, row in enumerate(rows) for step in row.steps if np.isfinite(step.units)]
        self.step_row = np.array([number for number, _ in capped], dtype=np.int64)
        self.step_each = np.array([step.each for _, step in capped])
        self.step_side = np.array([float(step.side) for _, step in capped])
        self.step_units = np.array([step.units for _, step in capped])

    def _at(self, heads: Ints) -> Ints:
        return np.clip(heads - self._least, 0, self._last)

    @property
    def felt_table(self) -> tuple[Ints, Ints, Floats]:
        """[row]: the least heads and the last place of its prices; [row, place]: price and penalty."""
        return self._least, self._last, self._felt

    def price(self, heads: Ints) -> float:
        """The price of all rows at these heads."""
        return float(self._prices[self._rows, self._at(heads)].sum())

    def beyond(self, heads: Ints) -> Floats:
        """[row]: price and penalty at these heads beyond what must be."""
        found: Floats = self.felt(heads) - self.floor
        return found

    def hard_units(self, heads: Ints) -> float:
        """Hard units missing or too many at these heads."""
        return float(self._hard[self._rows, self._at(heads)].sum())

    def felt(self, heads: Ints) -> Floats:
        """[row]: price and penalty at these heads."""
        found: Floats = self._felt[self._rows, self._at(heads)]
        return found

    def worth(self, heads: Ints) -> tuple[Floats, Floats]:
        """[row]: what one head more saves, and what one head fewer costs."""
        here = self.felt(heads)
        return here - self.felt(heads + 1), self.felt(heads - 1) - here
