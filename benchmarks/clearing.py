"""Clearing of posted wishes to change: `python -m benchmarks.clearing [--people 120] [--posts 60] [--json FILE]`.

A generated site-month with a solved roster; people post a duty each and some days off that they would work for it. One
solve over all of them against what first come, first served makes of the same wishes, in the same run.
"""

from __future__ import annotations

import random
import time
from typing import Final

from benchmarks.site_months import Size, site_month
from benchmarks.table import arguments, show
from domain.roster import Roster
from domain.situation import Situation
from scheduler.clearing import Posted, clear, pairwise
from scheduler.problem import Limits
from scheduler.solve import solve

SECONDS: Final = 10.0


def main() -> None:
    """Solve a month, post, clear."""
    parser = arguments("Clearing of posted wishes to change")
    parser.add_argument("--people", type=int, default=120)
    parser.add_argument("--posts", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    problem = site_month(Size(given.people, 12))
    roster = solve(problem, Limits(seconds=20, seed=1)).roster
    if roster is None:
        raise SystemExit("no roster was found")
    rows: list[dict[str, object]] = []
    for days in (2, 4, 8):
        for seed in range(given.seeds):
            posts = posted(roster, problem.situation, given.posts, days, seed)
            began = time.perf_counter()
            found = clear(roster, problem.situation, problem.policy, posts, SECONDS)
            took = time.perf_counter() - began
            pairs = pairwise(roster, problem.situation, problem.policy, posts)
            by_pairs = 2 * len(pairs)
            rows.append(
                {
                    "wanted days": days,
                    "seed": seed,
                    "posts": len(posts),
                    "met": found.met,
                    "bound": found.bound,
                    "proved": found.proved,
                    "cuts": found.rounds,
                    "rings": len(found.rings),
                    "longest": max((len(ring) for ring in found.rings), default=0),
                    "pairwise": by_pairs,
                    "ratio": round(found.met / by_pairs, 2) if by_pairs else None,
                    "s": round(took, 2),
                }
            )
    show("clearing", rows, given)


def posted(roster: Roster, situation: Situation, count: int, days: int, seed: int) -> list[Posted]:
    """So many people, each with one duty to give and some of his days off to work for it."""
    chance = random.Random(seed)  # noqa: S311
    found = []
    for agent in chance.sample(situation.agents, count):
        own = [duty for duty in roster.planned if duty.agent == agent.id]
        free = sorted(set(situation.horizon) - {duty.day for duty in own})
        if own and free:
            wanted = chance.sample(free, min(days, len(free)))
            found.append(Posted(chance.choice(own), frozenset(wanted)))
    return found


if __name__ == "__main__":
    main()
