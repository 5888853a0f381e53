"""Site-months of all sizes: first clean roster, gap to the bound on the way, unmet need, times of check and repair.

Beside each, in the same run and time, one monolithic CP-SAT model and the peers that are installed.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from statistics import median

from benchmarks.peers import beside
from benchmarks.site_months import SIZES, Size, site_month
from benchmarks.table import arguments, show
from constraints.check import check
from constraints.figures import cover, shortfall
from constraints.verdict import Standing
from domain.requests import Leave
from domain.roster import Change, Roster
from domain.time import Days
from scheduler.options import option_book
from scheduler.problem import Limits, Problem
from scheduler.repair import repair
from scheduler.result import Progress, Result
from scheduler.search import Search
from scheduler.solve import solve

CHECKPOINTS = (10, 15, 60, 120, 300)


def main() -> None:
    """Measure the sizes that a site has."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[size.people for size in SIZES], help="people")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="without the plain model and the peers beside it")
    options = parser.parse_args()
    sizes = [size for size in SIZES if size.people in options.sizes]
    limits = Limits(seconds=options.seconds, threads=options.threads)
    show("Site-months", [_measure(size, options.seed, limits, alone=options.alone) for size in sizes], options)


def _measure(size: Size, seed: int, limits: Limits, *, alone: bool) -> dict[str, object]:
    problem = site_month(size, seed)
    began = time.perf_counter()
    book = option_book(problem)
    shapes = sum(1 for rule in problem.policy.rules for _ in rule.over(book))
    row: dict[str, object] = {
        "site": size.label,
        "options": len(book.entries),
        "shapes": shapes,
        "book and shapes, s": time.perf_counter() - began,
    }
    seen: list[Progress] = []
    result = solve(problem, limits, report=seen.append)
    row["first clean roster, s"] = next((moment.seconds for moment in seen if moment.roster), None)
    row |= {f"gap at {seconds} s": _gap_at(seen, seconds) for seconds in CHECKPOINTS if seconds < limits.seconds}
    row |= {f"gap at {limits.seconds:.0f} s": result.gap, "status": result.status.value, "bound": result.bound}
    if result.roster is None or result.report is None:
        return row
    row |= {"score": result.report.score, "hard": len(result.report.hard), **_need(problem, result)}
    row |= _speeds(problem, result.roster)
    if not alone:
        plain = _plain(problem, limits)
        row |= {"plain CP-SAT": plain, "ratio": None if plain is None else plain / max(1, result.report.score)}
        row |= beside(problem, limits.seconds, result.report.score)
    return row


def _gap_at(seen: list[Progress], seconds: float) -> float | None:
    """The proven gap after so many seconds; none without a roster."""
    until = [moment for moment in seen if moment.seconds <= seconds]
    scores = [moment.objective for moment in until if moment.objective is not None]
    bound = max((moment.bound for moment in until), default=0.0)
    return max(0.0, min(scores) - bound) / max(1.0, min(scores)) if scores else None


def _need(problem: Problem, result: Result) -> dict[str, object]:
    """What of the need is not met, and what cannot be: the need beyond all the hours that law lets people work."""
    assert result.roster is not None  # noqa: S101 - asked only with a roster
    short = shortfall(cover(result.roster, problem.situation))
    situation = problem.situation
    most = sum(agent.contract.minutes(situation.horizon, situation.calendar) + 36 * 60 for agent in situation.agents)
    return {
        "need covered": short.covered_share,
        "unmet, person-hours": short.person_minutes / 60,
        "cannot be met, person-hours": max(0.0, situation.requirement.person_minutes - most) / 60,
    }


def _speeds(problem: Problem, roster: Roster) -> dict[str, object]:
    began = time.perf_counter()
    check(roster, problem.situation, problem.policy)
    judged = time.perf_counter() - began
    repairs = [_repair_seconds(problem, roster, number) for number in (3, 11, 19)]
    return {
        "check, s": judged,
        "verdict, ms": 1000 * _verdict_seconds(roster, problem),
        "fewest changes known, s": median(repairs),
    }


def _verdict_seconds(roster: Roster, problem: Problem) -> float:
    duty = roster.planned[len(roster.planned) // 2]
    standing, change = Standing(roster, problem.situation, problem.policy), [Change(duty.agent, duty.day, duty, None)]
    standing.verdict(change)
    began = time.perf_counter()
    for _ in range(20):
        standing.verdict(change)
    return (time.perf_counter() - began) / 20


def _repair_seconds(problem: Problem, roster: Roster, number: int) -> float:
    """Until the fewest changes are known after five days of sickness in the middle of the month."""
    given = problem.situation
    agent = given.agents[number % len(given.agents)]
    first = given.horizon.first + timedelta(days=9)
    sick = replace(given, leaves=(*given.leaves, Leave(agent.id, Days(first, first + timedelta(days=4)), "sick")))
    return repair(replace(problem, situation=sick), roster, Limits(seconds=20)).fewest_seconds


def _plain(problem: Problem, limits: Limits) -> float | None:
    """The score that one monolithic constraint programme reaches in the same time."""
    search = Search.over(problem, began=time.monotonic())
    search.run(limits)
    return None if search.best is None else float(check(search.best, problem.situation, problem.policy).score)


if __name__ == "__main__":
    main()
