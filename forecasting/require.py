"""Forecast -> requirement: people per interval and kind of work."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.demand import Need, Requirement
from domain.language import Refusal, Text, plain
from domain.time import Span, later, minute
from forecasting.forecast import Forecast, points
from forecasting.staffing import Demand, Target, staff
from forecasting.worth import ANSWERED, Line, cheapest, worth

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Goal:
    """What one kind of work demands of its staffing."""

    target: Target
    demand: Demand
    minimum: int = 0
    """Heads at every interval of the day and night, whatever the calls."""
    shrinkage: float = 0.0
    """Share of rostered time lost to sickness, short pauses, talks; scheduled breaks are counted by the roster."""
    occupancy: float = 1.0
    """Share of their time that agents talk at most, on the mean of an interval."""
    handle_told: bool = True
    """Whether the handle time is told; otherwise that of the forecast comes first."""

    def __post_init__(self) -> None:
        if not 0 <= self.shrinkage < 0.9 or self.minimum < 0:
            raise Refusal(
                Text("损耗率应在0到0.9之间", "shrinkage lies between 0 and 0.9, minimum heads are zero or more")
            )
        if not 0 < self.occupancy <= 1:
            raise Refusal(Text("通话占比上限应在0到1之间", "the cap of occupancy lies between 0 and 1"))

    def on(self, forecast: Forecast, work: str) -> Goal:
        """The same goal for the calls foreseen, with the handle times of the forecast where none was told."""
        seconds = None if self.handle_told else forecast.handle_s(work)
        return self if seconds is None else replace(self, demand=replace(self.demand, handle_s=seconds))


def require(forecast: Forecast, goals: Mapping[str, Goal], beside: Mapping[str, Floats] | None = None) -> Requirement:
    """The needs of every queue that has a goal; a work without calls needs its minimum alone.

    `beside`: of a work, [interval], agents busy with work that is laid beside the calls (call-backs).
    """
    needs: list[Need] = []
    for queue in forecast.queues:
        if queue not in goals:
            words = Text(
                "来电队列“{queue}”没有对应的工作", "calls of the queue “{queue}” belong to no work of the site"
            )
            raise Refusal(words.filled(queue=plain(queue)))
    for work, goal in goals.items():
        needs += _needs(forecast, work, goal, (beside or {}).get(work))
    return Requirement(tuple(sorted(needs, key=lambda need: (minute(need.span.start), need.work))))


def _needs(forecast: Forecast, work: str, goal: Goal, beside: Floats | None) -> list[Need]:
    quiet = forecast.of(forecast.queues[0]).assign(mean=0.0, p10=0.0, p90=0.0)
    rows = forecast.of(work) if work in forecast.queues else quiet
    goal = goal.on(forecast, work)
    line = Line(points(rows), forecast.interval * 60.0, goal.demand, goal.shrinkage)
    people = _people(line, goal) + (0.0 if beside is None else beside / (1 - goal.shrinkage))
    starts: list[datetime] = [
        moment.to_pydatetime() if isinstance(moment, pd.Timestamp) else moment for moment in rows["start"]
    ]
    heads = [max(goal.minimum, math.ceil(exact - 1e-9)) for exact in people]
    gains = worth(line, heads, goal.target if goal.target.monthly else ANSWERED)
    return [
        Need(Span(start, later(start, forecast.interval)), work, head, float(exact), tuple(gain[:head].tolist()))
        for start, head, exact, gain in zip(starts, heads, people, gains, strict=True)
    ]


def _people(line: Line, goal: Goal) -> Floats:
    """Rostered people of each interval, in fractions: of the target in each, or of the month's where it is cheapest."""
    load = line.demand.load(line.calls[1], line.interval_s)
    talking: Floats = np.where(goal.occupancy < 1, load / goal.occupancy, 0.0) / (1 - line.shrinkage)
    if goal.target.monthly:
        wanted: Floats = cheapest(line, goal.target, goal.minimum).astype(float)
    else:
        wanted = staff(line.calls, line.interval_s, line.demand, goal.target).fractional / (1 - line.shrinkage)
    people: Floats = np.maximum(wanted, talking)
    return people
