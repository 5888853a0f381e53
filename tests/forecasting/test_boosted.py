from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from domain.calendar import Calendar
from domain.language import Refusal
from domain.time import Days
from forecasting.history import clean
from forecasting.intervals import intervals
from forecasting.models import boosted
from forecasting.models.yardsticks import mean_of_eight_weeks
from forecasting.records import understand
from tests.forecasting.series import SHANGHAI, rates, table

AHEAD = intervals(SHANGHAI, Days(date(2026, 12, 1), date(2026, 12, 31)), 60)


def calls(first: date) -> pd.Series[float]:
    known = clean(understand(table(first, length=60), SHANGHAI), SHANGHAI, Calendar())
    return known.calls[""]


def test_without_its_library_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boosted, "AVAILABLE", False)
    with pytest.raises(Refusal, match=r"paiban\[boost\]"):
        boosted.forecast(calls(date(2026, 9, 1)), AHEAD, Calendar(), 60)


@pytest.mark.skipif(not boosted.AVAILABLE, reason="LightGBM, an extra, is not installed")
def test_trees_learn_the_law_about_as_well_as_the_mean_and_the_same_each_time() -> None:
    known = calls(date(2026, 1, 5))
    found, again = (boosted.forecast(known, AHEAD, Calendar(), 60) for _ in range(2))
    truth = rates(AHEAD) * 2
    ours, theirs = (
        float(np.abs(each - truth).sum()) for each in (found, mean_of_eight_weeks(known, AHEAD, Calendar(), 60))
    )
    assert (found == again).all()
    assert ours < 1.1 * theirs


@pytest.mark.skipif(not boosted.AVAILABLE, reason="LightGBM, an extra, is not installed")
def test_a_short_past_gives_the_mean_of_eight_weeks() -> None:
    known = calls(date(2026, 10, 1))
    found = boosted.forecast(known, AHEAD, Calendar(), 60)
    assert found == pytest.approx(mean_of_eight_weeks(known, AHEAD, Calendar(), 60))
