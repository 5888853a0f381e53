"""Who may be there at each minute: teams of like entries over the stretches between their comings and goings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from constraints.book import Book, Entry
from constraints.shapes import Entries
from constraints.timetable import Placed

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes over which the same teams are there."""

    start: int
    end: int
    teams: tuple[Entries, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """Heads wanted over minutes of the absolute clock."""

    start: int
    end: int
    heads: int


def available(placed: Placed) -> Spans:
    """When a duty can take calls: hand-over and breaks left out."""
    return placed.available


def present(placed: Placed) -> Spans:
    """When a duty is on the premises: hand-over and breaks included."""
    return ((placed.start, placed.end),) if placed.response is None else ()


def standing_by(placed: Placed) -> Spans:
    """When a duty is on standby."""
    return ((placed.start, placed.end),) if placed.response is not None else ()


def stretches(
    book: Book, counts: Callable[[Entry], bool], when: Callable[[Placed], Spans], start: int, end: int
) -> Iterator[Stretch]:
    """Cut the minutes from start to end wherever a team comes or goes; no minute is left out."""
    moves: defaultdict[int, list[tuple[bool, int]]] = defaultdict(list)
    teams = _teams(book, counts)
    for number, team in enumerate(teams):
        for come, go in when(team[0].placed):
            if come < end and start < go:
                moves[max(come, start)].append((True, number))
                moves[min(go, end)].append((False, number))
    there: dict[int, None] = {}
    moment = start
    for after in sorted({*moves, end}):
        if after > moment:
            yield Stretch(moment, after, tuple(teams[number] for number in sorted(there)))
        for comes, number in sorted(moves[after]):
            if comes:
                there[number] = None
            else:
                del there[number]
        moment = after


def demanded(line: Iterable[Stretch], demands: Iterable[Demand]) -> Iterator[tuple[Demand, tuple[Entries, ...]]]:
    """The demands over the stretches, cut where either changes and joined where both go on."""
    held: tuple[Demand, tuple[Entries, ...]] | None = None
    for demand, teams in _cut(list(line), demands):
        if held and held[0].end == demand.start and held[0].heads == demand.heads and held[1] == teams:
            held = Demand(held[0].start, demand.end, demand.heads), teams
            continue
        if held:
            yield held
        held = demand, teams
    if held:
        yield held


def meeting(line: Sequence[Stretch], spans: Iterable[tuple[int, int]]) -> Iterator[Sequence[Stretch]]:
    """For each span, in order of their starts, the stretches that share a minute with it."""
    place = 0
    for start, end in spans:
        while place < len(line) and line[place].end <= start:
            place += 1
        after = place
        while after < len(line) and line[after].start < end:
            after += 1
        yield line[place:after]


def _cut(line: Sequence[Stretch], demands: Iterable[Demand]) -> Iterator[tuple[Demand, tuple[Entries, ...]]]:
    demands = sorted(demands, key=lambda demand: demand.start)
    spans = ((demand.start, demand.end) for demand in demands)
    for demand, met in zip(demands, meeting(line, spans), strict=True):
        for stretch in met:
            cut = Demand(max(stretch.start, demand.start), min(stretch.end, demand.end), demand.heads)
            yield cut, stretch.teams


def _teams(book: Book, counts: Callable[[Entry], bool]) -> list[Entries]:
    teams: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in book.entries:
        if counts(entry):
            teams[id(entry.placed)].append(entry)  # made once for all who have the same times: fast as a key
    return [tuple(team) for team in teams.values()]
