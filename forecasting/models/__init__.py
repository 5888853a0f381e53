"""Forecasters: each takes a queue's past and the intervals to come, and gives the mean of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar
from forecasting.models import boosted, daily, regression, yardsticks

Model = Callable[["pd.Series[float]", pd.DatetimeIndex, Calendar, int], npt.NDArray[np.floating]]
"""Known calls (NaN: unknown), future intervals, calendar, minutes of an interval -> mean calls of each interval."""

MODELS: Final[Mapping[str, Model]] = {
    "regression": regression.forecast,
    "daily": daily.forecast,
    "eight-week-median": yardsticks.median_of_eight_weeks,
    "eight-week-mean": yardsticks.mean_of_eight_weeks,
    "seasonal-naive": yardsticks.seasonal_naive,
}
"""The forecasters, and the yardsticks that they have to beat."""

EXTRAS: Final[Mapping[str, Model]] = {"boosted": boosted.forecast}
"""Forecasters that need a library of their own."""

USUAL_WEIGHTS: Final[Mapping[str, float]] = {"regression": 0.6, "daily": 0.4}
"""What the members of the ensemble weigh before anything is known of a line."""
ENSEMBLE: Final = "ensemble"
ENSEMBLES: Final[Mapping[str, Mapping[str, float]]] = {
    ENSEMBLE: USUAL_WEIGHTS,
    "boosted-ensemble": {"regression": 0.45, "daily": 0.3, "boosted": 0.25},
}
"""Forecasters of several members; the second is better on long, irregular histories and needs the extra."""
