from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.band import Errors, Ties, quantiles, ties

INDEX = pd.date_range("2026-10-01", periods=30 * 48, freq="30min", tz="Asia/Shanghai")
DAY = np.repeat(np.arange(30), 48)


def errors(month: float, day: float, own: float, seed: int = 1, months: int = 6) -> list[Errors]:
    """Errors whose shares of variance are known."""
    chance = np.random.default_rng(seed)
    mean = np.full(len(INDEX), 400.0)
    found = []
    for _ in range(months):
        score = month * chance.standard_normal() + day * chance.standard_normal(30)[DAY]
        found.append(Errors(mean, mean * (1 + score + own * chance.standard_normal(len(INDEX))), INDEX))
    return found


def test_errors_of_whole_days_are_told_from_errors_of_intervals() -> None:
    assert ties(errors(0.0, 0.1, 0.1)).day == pytest.approx(0.5, abs=0.12)
    assert ties(errors(0.0, 0.0, 0.1)).day < 0.05
    assert ties(errors(0.2, 0.0, 0.1, months=30)).month > 0.6


def test_without_earlier_errors_the_usual_ties_and_a_wide_band_hold() -> None:
    low, high = quantiles(np.array([0.0, 20.0]), [])
    assert ties([]) == Ties()
    assert (low[0], high[0]) == (0, 0)
    assert low[1] < 20 < high[1]


@given(st.lists(st.floats(0, 500), min_size=1, max_size=20), st.floats(0, 0.3))
def test_quantiles_are_ordered_and_never_negative(mean: list[float], spread: float) -> None:
    low, high = quantiles(np.array(mean), errors(spread, 0.1, 0.2, months=2))
    assert (low >= 0).all()
    assert (low <= mean).all()
    assert (high >= mean).all()
