"""Why no roster can be: the least that must be missing, by rule, day and number."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final

from constraints.breach import Breach
from constraints.check import check
from constraints.price import flat
from constraints.shapes import Cover, Forbid, Shape
from domain.roster import Roster
from scheduler.exclusion import is_exclusion
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Status
from scheduler.search import Search

A_MONTH_OF_COVER: Final = 1_000_000
"""The price of one unit of a person's limit beside one head missing for a minute: a month and more of it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The roster that breaks the least, the hard rules it breaks, and whether less is proven impossible."""

    roster: Roster | None
    breaches: tuple[Breach, ...]
    least: bool


def explain(problem: Problem, limits: Limits) -> Explanation:
    """Relax the cover alone first; only if people's own limits clash break the fewest of these, then the cover."""
    book = option_book(problem)
    hard = [shape for rule in problem.policy.rules for shape in rule.over(book) if shape.price is None]
    half = replace(limits, seconds=limits.seconds / 2)
    for relax in (_cover_only, relaxed):
        search = Search(book, [relax(shape) for shape in hard], began=time.monotonic())
        status = search.run(half)
        if search.best is not None:
            found = check(search.best, problem.situation, problem.policy).hard
            return Explanation(search.best, found, least=status is Status.OPTIMAL)
    return Explanation(None, (), least=False)


def _cover_only(shape: Shape) -> Shape:
    return replace(shape, price=flat(1)) if isinstance(shape, Cover) else shape


def relaxed(shape: Shape) -> Shape:
    """A hard shape at a price: people's own limits dearer than any cover; what a cell alone forbids stays forbidden."""
    if isinstance(shape, Forbid) or is_exclusion(shape):
        return shape
    return _cover_only(shape) if isinstance(shape, Cover) else replace(shape, price=flat(A_MONTH_OF_COVER))
