"""All duties that may be: every person, day, shift and work, less what a hard rule forbids in the cell alone."""

from __future__ import annotations

from constraints.book import Book, Entry
from constraints.rule import CellRule
from domain.roster import Duty
from scheduler.problem import Problem


def option_book(problem: Problem) -> Book:
    """The book of all options of a problem."""
    everything = Book(problem.situation, all_duties(problem))
    rules = [rule for rule in problem.policy.rules if isinstance(rule, CellRule) and rule.price is None]

    def may_be(entry: Entry) -> bool:
        return entry.fixed or not any(rule.rejects(entry, everything.given) for rule in rules)

    return everything.only(may_be)


def all_duties(problem: Problem) -> list[Duty]:
    """Every duty that could be written into the horizon."""
    situation = problem.situation
    return [
        Duty(day, agent.id, shift.code, work)
        for day in situation.horizon
        for agent in situation.agents
        for shift in situation.site.shifts
        for work in shift.works
    ]
