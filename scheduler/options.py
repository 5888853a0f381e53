"""All duties that may be: every person, day, shift, work and layout of breaks, less what a cell alone forbids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

from constraints.book import Book, Entry
from constraints.rule import CellRule
from constraints.rules.cells import FixedCells
from constraints.shapes import Shape
from domain.roster import Duty
from domain.time import Days
from scheduler.problem import Problem


def option_book(problem: Problem, days: Days | None = None, only: Iterable[Duty] | None = None) -> Book:
    """The book of all options of a problem, or of some of its days, with these other duties.

    With `only` and no days these duties alone are looked at; what a hard rule forbids in a cell alone is left out.
    """
    duties = [*(all_duties(problem, days) if days or only is None else ()), *(only or ())]
    everything = Book(problem.situation, duties)
    rules = [rule for rule in problem.policy.rules if isinstance(rule, CellRule) and rule.price is None]

    def may_be(entry: Entry) -> bool:
        return entry.fixed or not any(rule.rejects(entry, everything.given) for rule in rules)

    return everything.only(may_be)


def shapes_over(problem: Problem, book: Book) -> list[Shape]:
    """What the policy demands of these options; what only held cells have a say in is as it is."""
    held = problem.held
    return [
        shape
        for rule in problem.policy.rules
        for shape in rule.over(book)
        if not held or isinstance(rule, FixedCells) or any(_open(entry, problem) for entry in shape.entries())
    ]


def _open(entry: Entry, problem: Problem) -> bool:
    return not entry.fixed and (entry.agent.id, entry.day) not in problem.held


def all_duties(problem: Problem, days: Days | None = None) -> list[Duty]:
    """Every duty that could be written into the horizon, or into these of its days; held cells have theirs alone."""
    within = days or problem.situation.horizon
    kept = problem.start.planned if problem.held and problem.start else ()
    return [
        *(duty for duty in kept if (duty.agent, duty.day) in problem.held and duty.day in within),
        *(duty for day in within for agent in problem.situation.agents for duty in _duties(problem, agent.id, day)),
    ]


def _duties(problem: Problem, agent: str, day: date) -> Iterator[Duty]:
    """Every duty that could be written into a cell."""
    if (agent, day) in problem.held:
        return
    for shift in problem.situation.site.shifts:
        for work, layout in product(shift.works, shift.layouts):
            yield Duty(day, agent, shift.code, work, layout)
