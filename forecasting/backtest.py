"""How good forecasts of earlier months would have been: every model on the same months, seen from the 25th before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from domain.calendar import Calendar
from forecasting import band
from forecasting.ensemble import mixed, weights
from forecasting.errors import error_sums
from forecasting.history import History
from forecasting.intervals import in_slots, stamps
from forecasting.models import ENSEMBLE, MODELS, USUAL_WEIGHTS
from forecasting.trials import Trial, calendar_months, trials

Floats = npt.NDArray[np.floating]

YARDSTICK: Final = "eight-week-mean"
CALIBRATING: Final = 6
"""Older months by which weights and band of a month are found; they are not judged themselves."""


@dataclass(frozen=True, slots=True)
class Score:
    """One queue's calls of one month by one model; sums over intervals, so that months can be added up."""

    queue: str
    month: date
    model: str
    calls: float
    error: float
    """Sum of absolute errors of intervals."""
    day_error: float
    """Sum of absolute errors of day totals."""
    bias: float
    """Sum of errors: positive where too many were forecast."""
    inside: float
    """Intervals within the 80 % band; NaN for models without one."""
    intervals: int
    floor: float
    """The error that chance alone would leave if the forecast were the true mean (Poisson)."""

    def __add__(self, other: Score) -> Score:
        """Both months as one; the earlier one names it."""
        mine, theirs = astuple(self), astuple(other)
        sums = (one + another for one, another in zip(mine[3:], theirs[3:], strict=True))
        return Score(self.queue, min(self.month, other.month), self.model, *sums)


def backtest(history: History, calendar: Calendar, months: int = 6) -> list[Score]:
    """The scores of the last whole calendar months of every queue, each seen only from what was known then."""
    return [score for queue in history.queues for score in _queue(history, queue, calendar, months)]


def _queue(history: History, queue: str, calendar: Calendar, months: int) -> Iterator[Score]:
    calls = history.calls[queue]
    calls = calls.mask(in_slots(stamps(calls), history.closed.get(queue, frozenset())))
    windows = calendar_months(stamps(calls), months + CALIBRATING)
    found = trials(calls, calendar, history.interval, MODELS, windows)
    for place, trial in enumerate(found[:months]):
        yield from _scores(queue, trial, found[place + 1 : place + 1 + CALIBRATING])


def _scores(queue: str, trial: Trial, older: Sequence[Trial]) -> Iterator[Score]:
    weight = weights([_members(each) for each in older])
    mean = mixed(trial.means, weight)
    errors = [band.Errors(mixed(each.means, weight), each.actual, each.index) for each in older]
    low, high = band.quantiles(mean, errors)
    inside = float(((trial.actual >= low) & (trial.actual <= high)).sum())
    yield _score(queue, trial, ENSEMBLE, mean, inside)
    for name, said in trial.means.items():
        yield _score(queue, trial, name, said, float("nan"))


def _members(trial: Trial) -> Trial:
    return Trial(trial.window, trial.index, {name: trial.means[name] for name in USUAL_WEIGHTS}, trial.actual)


def _score(queue: str, trial: Trial, model: str, mean: Floats, inside: float) -> Score:
    sums = error_sums(mean, trial.actual, trial.index)
    return Score(
        queue,
        trial.window.begin.date(),
        model,
        sums.calls,
        sums.error,
        sums.day_error,
        sums.bias,
        inside,
        len(mean),
        sums.floor,
    )
