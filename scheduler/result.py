"""What a solve hands out: progress on the way, a judged roster at the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from constraints.check import Report
from domain.roster import Roster


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a solve."""

    seconds: float
    objective: float | None
    bound: float
    incumbents: int
    roster: Roster | None = None
    """The new incumbent, when this moment brought one."""


@dataclass(frozen=True, slots=True)
class Result:
    """The best roster found and the judge's report on it; the score is the judge's, not the solver's."""

    status: Status
    roster: Roster | None
    report: Report | None
    bound: float
    seconds: float
    incumbents: int

    @property
    def gap(self) -> float | None:
        """Proven distance to the best possible score, relative; None without a roster."""
        if self.report is None:
            return None
        return max(0.0, self.report.score - self.bound) / max(1.0, self.report.score)
