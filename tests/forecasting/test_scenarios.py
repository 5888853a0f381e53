from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.band import Ties
from forecasting.forecast import Forecast
from forecasting.scenarios import scenarios
from tests.forecasting.series import SHANGHAI

START = datetime(2026, 12, 1, tzinfo=SHANGHAI.info)


def foreseen(mean: float, low: float, high: float, ties: Ties, days: int = 30) -> Forecast:
    starts = [START + timedelta(minutes=30 * step) for step in range(48 * days)]
    frame = pd.DataFrame({"queue": "service", "start": starts, "mean": mean, "p10": low, "p90": high})
    return Forecast(SHANGHAI, 30, frame, {"service": ties})


def test_four_of_five_values_lie_within_the_band() -> None:
    found = scenarios(foreseen(100, 70, 150, Ties(0.1, 0.3)), "service", 300, np.random.default_rng(1))
    assert np.mean((found >= 70) & (found <= 150)) == pytest.approx(0.8, abs=0.02)


def test_intervals_of_a_day_hang_together_as_they_should() -> None:
    loose, tied = (
        scenarios(foreseen(100, 80, 120, Ties(0.0, day)), "service", 200, np.random.default_rng(1)) for day in (0, 0.8)
    )
    sums = [found.reshape(200, 30, 48).sum(axis=2).std() for found in (loose, tied)]
    assert sums[1] > 4 * sums[0]


@given(st.floats(0, 50), st.floats(0, 1), st.floats(0, 5), st.floats(0, 0.4), st.floats(0, 0.5))
def test_calls_are_whole_and_never_negative(mean: float, below: float, above: float, month: float, day: float) -> None:
    queue = foreseen(mean, mean * below, mean * (1 + above), Ties(month, day), days=2)
    found = scenarios(queue, "service", 5, np.random.default_rng(2))
    assert found.shape == (5, 96)
    assert (found >= 0).all()
    assert (found == np.rint(found)).all()
    assert mean or not found.any()
