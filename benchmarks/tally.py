"""How good a forecast was, added up over months; and what callers would have met had it been staffed."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecasting.erlang import erlang_a
from forecasting.errors import error_sums
from forecasting.forecast import points, spread
from forecasting.staffing import Demand, Target, staff

DEMAND, TARGET, WITHIN = Demand(240, 120), Target(0.8, 20), 20.0
HOUR = 60
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over intervals, so that months can be added up."""

    calls: float = 0.0
    error: float = 0.0
    day_error: float = 0.0
    bias: float = 0.0
    inside: float = 0.0
    intervals: float = 0.0
    """Those in which the line is open: no band is needed to know that nobody calls a closed one."""
    seconds: float = 0.0
    floor: float = 0.0
    in_time: float = 0.0
    """Calls answered within 20 s by people planned over the distribution for 80 %."""
    in_time_by_point: float = 0.0
    agents: float = 0.0
    agents_by_point: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        """Both as one."""
        return Tally(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    def row(self, beside: Tally) -> dict[str, object]:
        """The figures, the errors beside those of a yardstick."""
        found: dict[str, object] = {
            "WAPE %": 100 * self.error / self.calls,
            "relative": self.error / beside.error,
            "day WAPE %": 100 * self.day_error / self.calls,
            "day relative": self.day_error / beside.day_error,
            "bias %": 100 * self.bias / self.calls,
            "80 % band holds %": 100 * self.inside / self.intervals,
            "floor %": 100 * self.floor / self.calls,
        }
        if self.agents:
            found["SL met % (80/20)"] = 100 * self.in_time / self.calls
            found["from the point %"] = 100 * self.in_time_by_point / self.calls
            found["more agents %"] = 100 * (self.agents / self.agents_by_point - 1)
        return found


def tally(frame: pd.DataFrame, actual: pd.Series[float], seconds: float, *, staffed: bool) -> Tally:
    """One month: `frame` has mean, p10 and p90 by start; staffed where intervals are an hour long at most."""
    there = actual.notna()
    came = actual[there]
    low, mean, high = (numbers[there.to_numpy()] for numbers in spread(frame))
    open_ = (high > 0) | (came > 0)
    held = (came >= low) & (came <= high) & open_
    sums = error_sums(mean, came.to_numpy(dtype=float), pd.DatetimeIndex(came.index))
    found = Tally(
        sums.calls,
        sums.error,
        sums.day_error,
        sums.bias,
        float(held.sum()),
        float(open_.sum()),
        seconds,
        sums.floor,
    )
    return found + _met(frame[there], came.to_numpy(dtype=float)) if staffed else found


def _met(frame: pd.DataFrame, came: Floats) -> Tally:
    interval_s = float(np.diff(pd.DatetimeIndex(frame.index).asi8).min()) * _second(frame)
    plans = points(frame)
    heads = [staff(plan, interval_s, DEMAND, TARGET).whole for plan in (plans, plans[1])]
    served = [
        float(
            (came * erlang_a(came / interval_s, DEMAND.handle_s, DEMAND.patience_s, plan, WITHIN).service_level).sum()
        )
        for plan in heads
    ]
    return Tally(
        in_time=served[0],
        in_time_by_point=served[1],
        agents=float(heads[0].sum()),
        agents_by_point=float(heads[1].sum()),
    )


def _second(frame: pd.DataFrame) -> float:
    """How many seconds a unit of the index is."""
    return pd.Timedelta(1, unit=pd.DatetimeIndex(frame.index).unit).total_seconds()
