"""Agents who serve several queues: how many are needed, by an approximation that a simulation checks.

All calls as one queue, with the mean of handle times and patience, tell how many are needed where everybody can do
everything (Wallace and Whitt, M&SOM 7, 2005: a little cross-training is nearly as good). The simulation then asks
whether each queue meets its own target, and heads grow by a few per cent until each does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from domain.language import Refusal, Text
from forecasting.measures import study
from forecasting.require import Goal
from forecasting.simulate import Callers, Centre, Group
from forecasting.staffing import Demand, staff
from forecasting.worth import Line, cheapest

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

GROWTH: Final = 0.03
ROUNDS: Final = 30


@dataclass(frozen=True, slots=True)
class Pool:
    """Heads of a pool, and what each queue meets with them."""

    heads: Ints
    """[interval], shrinkage left out: agents at work."""
    met: Mapping[str, float]
    """Of each queue, the share that its target counts, in the simulation."""
    apart: Ints
    """[interval]: heads if each queue had agents of its own."""


def pool(
    calls: Mapping[str, Floats], paths: Mapping[str, Floats], interval_s: float, goals: Mapping[str, Goal]
) -> Pool:
    """The heads that meet every target together.

    `calls`: of each queue, [3, interval], the 10 % quantile, the mean and the 90 % quantile; `paths`: [path, interval],
    calls as they may come. Queues earlier in `goals` are served first.
    """
    if not goals or any(queue not in calls or queue not in paths for queue in goals):
        raise Refusal(Text("每个队列都需要来电预测", "every queue of a pool needs its calls"))
    if len({goal.demand.concurrent for goal in goals.values()}) > 1:
        raise Refusal(Text("电话与在线会话不能合并", "calls and chats cannot be pooled: agents serve several at once"))
    heads = _merged(calls, interval_s, goals)
    for _ in range(ROUNDS):
        met = _met(paths, interval_s, goals, heads)
        if all(met[queue] >= goal.target.share for queue, goal in goals.items()):
            break
        heads = np.ceil(heads * (1 + GROWTH)).astype(np.int64)
    apart = [_alone(calls[queue], interval_s, goal) for queue, goal in goals.items()]
    return Pool(heads, met, np.sum(apart, axis=0))


def _merged(calls: Mapping[str, Floats], interval_s: float, goals: Mapping[str, Goal]) -> Ints:
    """All queues as one: its target the strictest, its callers the mean ones."""
    total = np.sum([calls[queue] for queue in goals], axis=0)
    means = np.stack([calls[queue][1] for queue in goals])
    handle = _mean([goal.demand.handle_s for goal in goals.values()], means)
    patience = float(_mean([goal.demand.patience_s for goal in goals.values()], means.sum(axis=1, keepdims=True))[0])
    strictest = max(goals.values(), key=lambda goal: goal.target.share)
    minimum = max(goal.minimum for goal in goals.values())
    return _alone(
        total,
        interval_s,
        replace(strictest, demand=Demand(handle, patience, strictest.demand.concurrent), minimum=minimum),
    )


def _mean(told: Sequence[float | npt.NDArray[np.floating]], calls: Floats) -> Floats:
    """[interval]: the mean over queues of what is told of each, by their calls [queue, interval]."""
    values = np.stack([np.broadcast_to(np.asarray(each, dtype=float), calls.shape[1:]) for each in told])
    weights = np.where(calls.sum(axis=0) > 0, calls, 1.0)
    found: Floats = (weights * values).sum(axis=0) / weights.sum(axis=0)
    return found


def _alone(calls: Floats, interval_s: float, goal: Goal) -> Ints:
    if goal.target.monthly:
        return cheapest(Line(calls, interval_s, goal.demand), goal.target, goal.minimum)
    return np.maximum(staff(calls, interval_s, goal.demand, goal.target).whole, goal.minimum).astype(np.int64)


def _met(paths: Mapping[str, Floats], interval_s: float, goals: Mapping[str, Goal], heads: Ints) -> dict[str, float]:
    """What each queue meets, always with the same callers."""
    minutes = heads.repeat(round(interval_s / 60))
    callers = {queue: _callers(goal) for queue, goal in goals.items()}
    at = Centre(datetime(2000, 1, 3, tzinfo=UTC), callers, [Group(tuple(goals), minutes)])
    found = study({queue: paths[queue] for queue in goals}, interval_s, at, np.random.default_rng(1))
    names = {queue: "answered" if goal.target.within_s is None else "in time" for queue, goal in goals.items()}
    return {queue: found.of[queue][name].mean for queue, name in names.items()}


def _callers(goal: Goal) -> Callers:
    within = goal.target.within_s
    demand, seconds = goal.demand, 20.0 if within is None else within
    return Callers(demand.handle_s, demand.patience_s, within_s=seconds, concurrent=demand.concurrent)
