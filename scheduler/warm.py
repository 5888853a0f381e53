"""Compiles the solver's loops once, so that no first roster waits for it: `python -m scheduler.warm`."""

from __future__ import annotations

import time
from datetime import date, timedelta
from datetime import time as clock_time

import numpy as np

from constraints.policy import HOUSE_POLICY
from domain.language import plain
from domain.people import Agent, Certificate, Contract
from domain.shifts import ShiftType
from domain.site import Site, Work
from domain.situation import Situation
from domain.time import Days, Zone
from scheduler.columns.campaign import Campaign
from scheduler.columns.clock import Clock
from scheduler.columns.compile import Compiled
from scheduler.options import option_book
from scheduler.problem import Limits, Problem


def warm() -> None:
    """Run every compiled loop on a week of two people, by the way of few rows and that of many.

    The compiled code stays on disk beside the source.
    """
    first = date(2026, 1, 5)
    shift = ShiftType("D", plain("D"), clock_time(8), clock_time(16), ("emergency",))
    site = Site("warm", plain("warm"), Zone("UTC"), (Work("emergency", plain("emergency")),), (shift,))
    skills = Certificate("emergency"), Certificate("leader")
    people = tuple(Agent(code, code, Contract("full", plain("full")), skills) for code in ("A", "B"))
    problem = Problem(Situation(site, Days(first, first + timedelta(days=6)), people), HOUSE_POLICY)
    book = option_book(problem)
    shapes = [shape for rule in problem.policy.rules for shape in rule.over(book)]
    for many_rows in (10**9, 0):
        compiled = Compiled(book, shapes, Clock(Limits(seconds=600, work=0.5), time.monotonic()))
        Campaign(compiled, seed=1, many_rows=many_rows).run(workers=1)
    nothing = compiled.team_worth(np.zeros(len(compiled.coupling.rows)))
    for person in compiled.people:
        person.near(*person.cost_at(nothing, np.zeros(len(person.sums))), 0.0, 100)


if __name__ == "__main__":
    warm()
