"""All duties that may be: every person, day, shift, work and layout of breaks, less what a cell alone forbids."""

from __future__ import annotations

from collections.abc import Iterable

from constraints.book import Book, Entry
from constraints.rule import CellRule
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


def all_duties(problem: Problem, days: Days | None = None) -> list[Duty]:
    """Every duty that could be written into the horizon, or into these of its days."""
    situation = problem.situation
    kinds = [
        (shift.code, work, layout)
        for shift in situation.site.shifts
        for work in shift.works
        for layout in shift.layouts
    ]
    return [
        Duty(day, agent.id, *kind) for day in days or situation.horizon for agent in situation.agents for kind in kinds
    ]
