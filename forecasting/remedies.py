"""Where a target is missed: how many more lines, people at which hours, or people all day would meet it (S11).

Each remedy is grown step by step until the simulation says that the target is met, on the same paths of calls, so that
what differs is the remedy alone (common random numbers; Law, Simulation Modeling and Analysis, ch. 11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from forecasting.measures import study
from forecasting.simulate import Centre, Group
from forecasting.staffing import Target

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DAY: Final = 24 * 60
BLOCK: Final = 4 * 60
"""Minutes of the stretch of a day in which a further seat is tried."""
TRACE: Final = 1e-4
"""What helps less than this does not help: something else is missing."""
MOST: Final = 60
"""Steps after which a remedy is given up."""


class Kind(StrEnum):
    """What is added."""

    LINES = "lines"
    SEATS = "seats"
    """At certain hours of every day."""
    PEOPLE = "people"
    """Through the whole day."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a month of a line, and an hour of a person, costs; any unit."""

    line: float = 200.0
    hour: float = 40.0


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would meet the target, or come nearest to it."""

    kind: Kind
    added: int
    """Lines, or people at the hours told."""
    hours: tuple[tuple[int, int, int], ...]
    """Hour of the day from which, to which, and how many more; empty for lines."""
    met: float
    """The share that the target counts, afterwards."""
    cost: float
    enough: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A queue under a target: its centre, and the calls that may come."""

    paths: Mapping[str, Floats]
    """Of each queue, [path, interval]."""
    interval_s: float
    at: Centre
    queue: str
    target: Target
    seed: int = 1

    def met(self, at: Centre) -> float:
        """The share served as the target says, by the same callers as ever."""
        found = study(self.paths, self.interval_s, at, np.random.default_rng(self.seed))
        return found.of[self.queue]["answered" if self.target.within_s is None else "in time"].mean


def remedies(case: Case, prices: Prices | None = None) -> list[Remedy]:
    """What would meet the target, the cheapest first; none if it is met as it is."""
    prices = prices or Prices()
    case = replace(case, at=_timed(case))
    met = case.met(case.at)
    if met >= case.target.share:
        return []
    found = [_lines(case, prices, met), _seats(case, prices, met), _people(case, prices, met)]
    return sorted((each for each in found if each), key=lambda remedy: (not remedy.enough, remedy.cost))


def _timed(case: Case) -> Centre:
    """The centre, in time meaning what the target says."""
    if case.target.within_s is None:
        return case.at
    callers = dict(case.at.callers)
    callers[case.queue] = replace(callers[case.queue], within_s=case.target.within_s)
    return replace(case.at, callers=callers)


def _lines(case: Case, prices: Prices, before: float) -> Remedy | None:
    """More lines, doubling the step while it helps; None where lines are not what is missing."""
    if case.at.lines is None:
        return None
    met, added, step = before, 0, 1
    for _ in range(MOST):
        now = case.met(replace(case.at, lines=case.at.lines + added + step))
        if now <= met + TRACE and added:
            break
        added, met, step = added + step, now, step + 1
        if met >= case.target.share:
            break
    if met <= before + TRACE:
        return None
    return Remedy(Kind.LINES, added, (), met, added * prices.line, met >= case.target.share)


def _people(case: Case, prices: Prices, met: float) -> Remedy:
    """More people all day long."""
    return _grown(case, prices, (Kind.PEOPLE, met), [(0, DAY)])


def _seats(case: Case, prices: Prices, met: float) -> Remedy:
    """More people at the hours where one more helps most, an hour of work for an hour."""
    return _grown(case, prices, (Kind.SEATS, met), [(start, start + BLOCK) for start in range(0, DAY, BLOCK)])


def _grown(case: Case, prices: Prices, start: tuple[Kind, float], blocks: list[tuple[int, int]]) -> Remedy:
    """One more person at a time, each in the stretch of the day where it serves most."""
    counts = dict.fromkeys(blocks, 0)
    (kind, met), at = start, case.at
    for _ in range(MOST):
        tried = [(case.met(staffed), block, staffed) for block, staffed in _steps(at, case.queue, blocks)]
        now, best, staffed = max(tried, key=lambda each: (each[0], -each[1][0]))
        if now <= met + TRACE:
            break
        met, at = now, staffed
        counts[best] += 1
        if met >= case.target.share:
            break
    days = len(case.at.groups[0].heads) / DAY
    hours = sum(count * (block[1] - block[0]) / 60 for block, count in counts.items()) * days
    told = tuple((block[0] // 60, block[1] // 60, count) for block, count in counts.items() if count)
    return Remedy(kind, sum(counts.values()), told, met, hours * prices.hour, met >= case.target.share)


def _steps(at: Centre, queue: str, blocks: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Centre]]:
    """The centre with one more person for the queue, in each stretch of every day."""
    minutes = len(at.groups[0].heads)
    offset = at.start.hour * 60 + at.start.minute
    clock = (np.arange(minutes) + offset) % DAY
    for block in blocks:
        more = ((clock >= block[0]) & (clock < block[1])).astype(np.int64)
        yield block, replace(at, groups=_with(at.groups, queue, more))


def _with(groups: Sequence[Group], queue: str, more: Ints) -> list[Group]:
    known = list(groups)
    place = next((number for number, group in enumerate(known) if group.queues[0] == queue), None)
    if place is None:
        return [*known, Group((queue,), more)]
    known[place] = replace(known[place], heads=known[place].heads + more)
    return known
