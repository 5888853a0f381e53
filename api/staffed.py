"""A roster as the agents of a simulated centre: who can take which calls at each minute."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from constraints.check import worked_book
from constraints.timeline import available
from domain.demand import Requirement
from domain.roster import Roster
from domain.situation import Situation
from domain.time import Span, minute
from forecasting.simulate import Group

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """The minutes that are simulated."""

    start: int
    end: int

    @classmethod
    def of(cls, span: Span) -> Window:
        """From the start of a span to its end."""
        return cls(minute(span.start), minute(span.end))

    def empty(self) -> Ints:
        """Nobody there, at each minute."""
        return np.zeros(self.end - self.start, dtype=np.int64)

    def inside(self, start: int, end: int) -> slice:
        """The places of some minutes, those outside left out."""
        return slice(max(0, start - self.start), max(0, min(end, self.end) - self.start))


def groups_of(roster: Roster, situation: Situation, window: Window, *, pooled: bool = False) -> list[Group]:
    """The agents by the work of their duty; pooled, they help out in whatever else they are certified for."""
    heads: defaultdict[tuple[str, ...], Ints] = defaultdict(window.empty)
    works = [work.id for work in situation.site.works]
    book = worked_book(roster, situation)
    for entry in book.entries:
        if entry.placed.response is not None:
            continue
        duty = entry.duty
        others = [work for work in works if work != duty.work and work in entry.skills]
        queues = (duty.work, *(others if pooled else ()))
        for start, end in available(entry.placed):
            heads[queues][window.inside(start, end)] += 1
    return [Group(queues, there) for queues, there in sorted(heads.items())]


def groups_wanted(requirement: Requirement, window: Window) -> list[Group]:
    """The requirement itself as staffing: what callers would meet if the need were covered exactly."""
    heads: defaultdict[str, Ints] = defaultdict(window.empty)
    for need in requirement.needs:
        heads[need.work][window.inside(minute(need.span.start), minute(need.span.end))] += need.heads
    return [Group((work,), there) for work, there in sorted(heads.items())]
