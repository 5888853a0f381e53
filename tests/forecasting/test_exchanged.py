from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.exchanged import looks_exchanged


def calls(*, exchanged: bool, days: int = 720, weekend: float = 0.4) -> pd.Series[float]:
    """Daily calls; exchanged, the first twelve days of each month are told as another date."""
    index = pd.date_range("2025-01-01", periods=days, tz="UTC")
    rate = np.where(index.day_of_week < 5, 1000.0, 1000.0 * weekend)
    found = pd.Series(np.random.default_rng(1).poisson(rate).astype(float), index=index)
    if exchanged:
        told = [pd.Timestamp(date(day.year, day.day, day.month), tz="UTC") if day.day <= 12 else day for day in index]
        found = found.set_axis(pd.DatetimeIndex(told)).sort_index()
    return found


@pytest.mark.parametrize("exchanged", [True, False])
def test_exchanged_dates_are_told_by_the_pattern_of_the_week(exchanged: bool) -> None:  # noqa: FBT001
    assert looks_exchanged(calls(exchanged=exchanged)) is exchanged


def test_without_a_pattern_of_the_week_or_with_few_days_nothing_can_be_told() -> None:
    assert not looks_exchanged(calls(exchanged=True, weekend=1.0))
    assert not looks_exchanged(calls(exchanged=True, days=200))
