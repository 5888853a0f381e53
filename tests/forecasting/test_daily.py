from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from forecasting.band import Ties
from forecasting.daily import days_of
from forecasting.scenarios import scenarios
from tests.forecasting.test_scenarios import START, foreseen


def test_the_days_of_a_forecast_sum_up_its_intervals() -> None:
    found = list(days_of(foreseen(100, 80, 120, Ties(0.0, 0.3), days=3), "service"))
    assert [each.day for each in found] == [(START + timedelta(days=day)).date() for day in range(3)]
    assert [each.mean for each in found] == [4800, 4800, 4800]


def test_eight_of_ten_days_drawn_anew_lie_within_the_band() -> None:
    forecast = foreseen(100, 70, 140, Ties(0.1, 0.3))
    band = list(days_of(forecast, "service"))
    drawn = scenarios(forecast, "service", 300, np.random.default_rng(7)).reshape(300, 30, 48).sum(axis=2)
    low, high = (np.array([getattr(each, name) for each in band]) for name in ("p10", "p90"))
    assert np.mean((drawn >= low) & (drawn <= high)) == pytest.approx(0.8, abs=0.04)


def test_the_band_is_wider_where_errors_of_a_day_hang_together() -> None:
    loose, tied = (next(days_of(foreseen(100, 80, 120, Ties(0.0, day)), "service")) for day in (0.0, 0.8))
    assert tied.p90 - tied.p10 > 3 * (loose.p90 - loose.p10)
