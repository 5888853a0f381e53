from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from domain.calendar import Calendar, DayKind
from domain.language import plain
from forecasting.standstill import standing_still, still_days

NEW_YEAR, MAY_DAY, NEXT_MAY_DAY = date(2026, 1, 1), date(2026, 5, 1), date(2027, 5, 1)
CALENDAR = Calendar(
    dict.fromkeys([NEW_YEAR, MAY_DAY, NEXT_MAY_DAY, date(2026, 10, 1)], DayKind.STATUTORY),
    {MAY_DAY: plain("Labour Day"), NEXT_MAY_DAY: plain("Labour Day"), NEW_YEAR: plain("New Year")},
)


def counts(silent: list[date]) -> pd.Series[float]:
    index = pd.date_range("2026-01-01", "2026-05-31", freq="6h", tz="Asia/Shanghai")
    calls = pd.Series(5.0, index=index)
    masked: pd.Series[float] = calls.mask(np.array([day in silent for day in index.date]))
    return masked


def test_holidays_without_a_row_stand_still_and_other_days_are_gaps() -> None:
    assert still_days(counts([MAY_DAY, date(2026, 5, 6)]), CALENDAR) == {MAY_DAY}


def test_a_weekday_that_never_has_calls_is_closed_anyway() -> None:
    calls = counts([MAY_DAY])
    fridays = pd.DatetimeIndex(calls.index).day_of_week == 4
    assert still_days(calls.mask(fridays), CALENDAR) == frozenset()


def test_the_same_feast_tells_more_than_other_holidays() -> None:
    seen = [NEW_YEAR, MAY_DAY]
    assert standing_still([NEXT_MAY_DAY], {MAY_DAY}, seen, CALENDAR) == {NEXT_MAY_DAY}
    assert standing_still([NEXT_MAY_DAY], {NEW_YEAR}, seen, CALENDAR) == frozenset()
    assert standing_still([date(2026, 10, 1)], {NEW_YEAR}, seen, CALENDAR) == frozenset()
    assert standing_still([date(2026, 10, 1)], {NEW_YEAR, MAY_DAY}, seen, CALENDAR) == {date(2026, 10, 1)}
    assert standing_still([date(2026, 10, 2)], {NEW_YEAR, MAY_DAY}, seen, CALENDAR) == frozenset()
