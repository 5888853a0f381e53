"""Site-months made from the example: first clean roster, score and bound, beside plain CP-SAT in the same time.

The people of the example are repeated or cut to the size, the calls scaled with them.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from api.example import MONTH, write_example
from api.plan import Inputs, prepare
from benchmarks.table import arguments, show
from constraints.check import check
from constraints.figures import cover, shortfall
from constraints.verdict import Standing
from domain.demand import Requirement
from domain.people import Agent
from domain.roster import Change, Roster
from domain.situation import Situation
from domain.time import Month
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.result import Progress
from scheduler.search import Search
from scheduler.solve import solve


def main() -> None:
    """Measure the sizes that a site has."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[12, 30, 60, 120, 200])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_example(Path(folder))
        one = Path(folder)
        problem = prepare(
            Inputs(one / "site.yaml", one / "calls.csv.gz", one / "people.csv", Month.parse(MONTH))
        ).problem
    limits = Limits(seconds=options.seconds, threads=options.threads)
    show("Site-months", [_measure(sized(problem, size), limits) for size in options.sizes], options)


def _measure(problem: Problem, limits: Limits) -> dict[str, object]:
    began = time.perf_counter()
    book = option_book(problem)
    shapes = sum(1 for rule in problem.policy.rules for _ in rule.over(book))
    written = time.perf_counter() - began
    seen: list[Progress] = []
    result = solve(problem, limits, report=seen.append)
    row: dict[str, object] = {
        "people": len(problem.situation.agents),
        "options": len(book.entries),
        "shapes": shapes,
        "book and shapes, s": written,
        "first roster, s": next((moment.seconds for moment in seen if moment.roster), None),
        "limit, s": limits.seconds,
    }
    if result.roster is None or result.report is None:
        return {**row, "hard": "no roster"}
    began = time.perf_counter()
    check(result.roster, problem.situation, problem.policy)
    judged = time.perf_counter() - began
    plain = _plain(problem, limits)
    return {
        **row,
        "hard": len(result.report.hard),
        "score": result.report.score,
        "bound": result.bound,
        "need covered": shortfall(cover(result.roster, problem.situation)).covered_share,
        "plain CP-SAT": plain,
        "ratio": None if plain is None else plain / max(1, result.report.score),
        "check, s": judged,
        "verdict, ms": 1000 * _verdict_seconds(result.roster, problem),
    }


def _plain(problem: Problem, limits: Limits) -> float | None:
    """The score that one monolithic constraint programme reaches in the same time."""
    search = Search.over(problem, began=time.monotonic())
    search.run(limits)
    return None if search.best is None else float(check(search.best, problem.situation, problem.policy).score)


def _verdict_seconds(roster: Roster, problem: Problem) -> float:
    duty = roster.planned[len(roster.planned) // 2]
    standing, change = Standing(roster, problem.situation, problem.policy), [Change(duty.agent, duty.day, duty, None)]
    standing.verdict(change)
    began = time.perf_counter()
    for _ in range(20):
        standing.verdict(change)
    return (time.perf_counter() - began) / 20


def sized(problem: Problem, size: int) -> Problem:
    """The example cut or repeated to so many people, its needs scaled with them."""
    given = problem.situation
    share = size / len(given.agents)
    agents = tuple(_copy(given.agents[place % len(given.agents)], place // len(given.agents)) for place in range(size))
    ids = {agent.id for agent in agents}
    needs = tuple(
        replace(
            need,
            heads=max(2 if need.work == "emergency" else 0, round(need.heads * share)),
            fractional=need.fractional * share,
        )
        for need in given.requirement.needs
    )
    situation = Situation(
        given.site,
        given.horizon,
        agents,
        Requirement(needs),
        given.calendar,
        tuple(duty for duty in given.history if duty.agent in ids),
        tuple(leave for leave in given.leaves if leave.agent in ids),
        (),
        tuple(wish for wish in given.wishes if wish.agent in ids),
    )
    return Problem(situation, problem.policy)


def _copy(agent: Agent, number: int) -> Agent:
    return agent if number == 0 else replace(agent, id=f"{agent.id}-{number}", name=f"{agent.name}{number}")


if __name__ == "__main__":
    main()
