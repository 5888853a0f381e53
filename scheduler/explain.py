"""Why no roster can be: the least that must be missing, by rule, day and number."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from constraints.breach import Breach
from constraints.check import check
from constraints.price import flat
from constraints.shapes import Cover, Forbid, Shape
from domain.roster import Roster
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.solve import Search
from scheduler.variables import is_exclusion


@dataclass(frozen=True, slots=True)
class Explanation:
    """The roster that breaks the least, the hard rules it breaks, and whether less is proven impossible."""

    roster: Roster | None
    breaches: tuple[Breach, ...]
    least: bool


def explain(problem: Problem, limits: Limits) -> Explanation:
    """Relax the cover first; only if people's own limits clash as well, relax these too."""
    book = option_book(problem)
    hard = [shape for rule in problem.policy.rules for shape in rule.shapes(book) if shape.price is None]
    for relaxed in (_cover, _all_but_cells):
        search = Search(book, [_soften(shape, relaxed) for shape in hard], began=time.monotonic())
        status = search.run(limits)
        if search.best is not None:
            found = check(search.best, problem.situation, problem.policy).hard
            return Explanation(search.best, found, least=status is Status.OPTIMAL)
    return Explanation(None, (), least=False)


def _soften(shape: Shape, relaxed: Callable[[Shape], bool]) -> Shape:
    return replace(shape, price=flat(1)) if relaxed(shape) else shape


def _cover(shape: Shape) -> bool:
    return isinstance(shape, Cover)


def _all_but_cells(shape: Shape) -> bool:
    return not isinstance(shape, Forbid) and not is_exclusion(shape)
