"""Other libraries on the same site-month, where they are installed (`pip install -r benchmarks/peers.txt`).

Each gets as much of the month as it can express, and the same time; its roster is judged by the same evaluator, so what
it cannot express shows as broken rules.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Final

from constraints.check import check
from domain.roster import Roster
from scheduler.problem import Problem

PEERS: Final = {"pyworkforce": 300, "timefold": 60}
"""And the most people they are asked for: handing a larger month over to Java takes minutes."""


def beside(problem: Problem, seconds: float, score: float) -> dict[str, object]:
    """What each peer reaches: its score, the hard rules it breaks, and its score in parts of the product's."""
    row: dict[str, object] = {}
    for name, most in PEERS.items():
        if len(problem.situation.agents) <= most:
            row |= {f"{name} {head}": found for head, found in _judged(name, problem, seconds, score).items()}
    return row


def _judged(name: str, problem: Problem, seconds: float, score: float) -> dict[str, object]:
    if find_spec(name) is None:
        return {"score": "not installed"}
    found: Roster | None = import_module(f"benchmarks.peer_{name}").roster(problem, seconds)
    if found is None:
        return {"score": None}
    report = check(found, problem.situation, problem.policy)
    return {"score": report.score, "hard": len(report.hard), "ratio": report.score / max(1.0, score)}
