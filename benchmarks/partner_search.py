"""How long it takes to find who could take a duty: `python -m benchmarks.partner_search [--people 200] [--json FILE]`.

A generated site-month with a solved roster; each asked duty is given by somebody, on top or in exchange, on its own day
and on two further days. The bound is what one verdict over the whole site costs, in the same run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from benchmarks.site_months import Size, site_month
from benchmarks.table import arguments, show
from constraints.verdict import Standing
from domain.roster import Change, Duty
from scheduler.partners import partners
from scheduler.problem import Limits
from scheduler.solve import solve


def main() -> None:
    """Solve, then ask."""
    parser = arguments("Who could take a duty")
    parser.add_argument("--people", type=int, nargs="+", default=[40, 120, 200])
    parser.add_argument("--asked", type=int, default=20)
    given = parser.parse_args()
    show("partner search", [row for people in given.people for row in _rows(people, given.asked)], given)


def _rows(people: int, asked: int) -> list[dict[str, object]]:
    problem = site_month(Size(people, 12))
    situation, policy = problem.situation, problem.policy
    roster = solve(problem, Limits(seconds=20, seed=1)).roster
    if roster is None:
        raise SystemExit("no roster was found")
    duties = [duty for duty in roster.planned if duty.day.day >= 8][:: len(roster.planned) // (2 * asked)][:asked]
    standing = Standing(roster, situation, policy)

    def on_days(days: int) -> Callable[[Duty], object]:
        ahead = [timedelta(days=n) for n in range(1, days + 1)]
        return lambda duty: partners(roster, situation, policy, duty, [duty.day + step for step in ahead])

    return [
        _row(f"partners of a duty, {people} people, its own day", on_days(0), duties),
        _row(f"partners of a duty, {people} people, two days more", on_days(2), duties),
        _row(f"one verdict, {people} people", lambda d: standing.verdict([Change(d.agent, d.day, d, None)]), duties),
    ]


def _row(what: str, ask: Callable[[Duty], object], duties: Sequence[Duty]) -> dict[str, object]:
    ask(duties[0])
    took = sorted(_seconds(ask, duty) for duty in duties)
    p50, p95 = (1000 * found for found in (statistics.median(took), took[int(0.95 * (len(took) - 1))]))
    return {"what": what, "asked": len(duties), "p50, ms": round(p50, 1), "p95, ms": round(p95, 1)}


def _seconds(ask: Callable[[Duty], object], duty: Duty) -> float:
    began = time.perf_counter()
    ask(duty)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
