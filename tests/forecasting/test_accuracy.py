from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from domain.time import Days
from forecasting.accuracy import accuracy
from forecasting.history import History
from forecasting.intervals import intervals
from tests.forecasting.series import SHANGHAI
from tests.forecasting.test_adjustments import MONDAY, foreseen


def came(calls: float, days: int = 3) -> History:
    index = intervals(SHANGHAI, Days(MONDAY, MONDAY.replace(day=MONDAY.day + days - 1)), 30)
    return History(SHANGHAI, 30, pd.DataFrame({"service": np.full(len(index), calls)}, index=index), {}, {})


def test_versions_are_judged_on_the_days_that_came() -> None:
    found = accuracy({"25 Nov": foreseen(10.0), "1 Dec": foreseen(12.0)}, came(12.0))
    assert [(each.name, each.queue, each.intervals) for each in found] == [
        ("25 Nov", "service", 144),
        ("1 Dec", "service", 144),
    ]
    first, second = found
    assert (first.wape, first.day_wape, first.bias) == pytest.approx((1 / 6, 1 / 6, -1 / 6))
    assert (second.wape, second.held) == (0, 1)


def test_what_was_left_out_of_the_history_is_not_judged() -> None:
    history = came(12.0)
    history.calls.iloc[:10] = np.nan
    assert accuracy({"x": foreseen(10.0)}, history)[0].intervals == 134


def test_a_version_of_days_that_have_not_come_has_no_figures() -> None:
    later = came(12.0)
    moved = History(SHANGHAI, 30, later.calls.shift(freq="100D"), {}, {})
    assert accuracy({"x": foreseen(10.0)}, moved) == []
