"""What a process of its own is asked about a month: values go in, plain facts come out.

Words come out in both languages; rosters as rows (api/rosters/cells.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from api.cases import branch
from api.rosters.cells import to_rows
from domain.language import Text
from domain.roster import Roster
from scheduler.candidates import candidates
from scheduler.problem import Limits, Problem
from scheduler.result import Progress, Result
from scheduler.search import Stop
from scheduler.solve import solve
from scheduler.whatif import Branch, compare

Facts = dict[str, Any]
Tell = Callable[[Facts], None]


class Question(Protocol):
    """Something that takes its time."""

    def answer(self, tell: Tell, stop: Stop) -> Facts:
        """Work it out; `stop` is asked now and then, and obeyed with what there is."""


@dataclass(frozen=True, slots=True)
class Build:
    """The best roster of a month."""

    problem: Problem
    limits: Limits

    def answer(self, tell: Tell, stop: Stop) -> Facts:
        """The roster, after every better one as it came."""
        result = solve(self.problem, self.limits, report=lambda moment: tell(_progress(moment)), stop=stop)
        return {"status": result.status.value, "seconds": result.seconds, **_found(result)}


@dataclass(frozen=True, slots=True)
class Choose:
    """Several clearly different rosters of a month."""

    problem: Problem
    limits: Limits
    count: int

    def answer(self, tell: Tell, stop: Stop) -> Facts:  # noqa: ARG002 - it tells at its end
        """Rosters, each with what it leans to."""
        found = candidates(self.problem, self.limits, self.count, stop)
        return {"rosters": [{**named(one.name, one.roster), "differs": round(one.differs, 3)} for one in found]}


@dataclass(frozen=True, slots=True)
class Compare:
    """What if: the month as it is, and by each case (api/cases.py); the time is shared out among them."""

    problem: Problem
    draft: Roster
    limits: Limits
    cases: tuple[str, ...]

    def answer(self, tell: Tell, stop: Stop) -> Facts:  # noqa: ARG002 - it tells at its end
        """What became of each case, in figures as the case has them; no roster where none was found."""
        begun = replace(self.problem, start=self.draft) if self.draft.planned else self.problem
        branches = [Branch(Text("现状", "as it is"), begun), *(branch(self.problem, one) for one in self.cases)]
        found = compare(branches, replace(self.limits, seconds=self.limits.seconds / len(branches)), stop)
        return {
            "rosters": [
                {
                    **named(one.branch.name, one.result.roster),
                    "status": one.result.status.value,
                    "figures": asdict(one.figures) if one.figures else None,
                }
                for one in found
            ]
        }


def named(name: Text, roster: Roster | None) -> Facts:
    """A roster under a name."""
    return {"name": told(name), "rows": to_rows(roster.planned) if roster else None}


def told(text: Text) -> dict[str, str]:
    """Words in both languages."""
    return {"zh": text.zh, "en": text.en}


def _found(result: Result) -> Facts:
    rows = to_rows(result.roster.planned) if result.roster else None
    return {"rows": rows, "score": result.report.score if result.report else None, "bound": result.bound}


def _progress(moment: Progress) -> Facts:
    return {
        "seconds": round(moment.seconds, 3),
        "objective": moment.objective,
        "bound": moment.bound,
        "incumbents": moment.incumbents,
        "rows": to_rows(moment.roster.planned) if moment.roster else None,
    }
