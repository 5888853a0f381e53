from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from domain.calendar import Calendar
from domain.time import Zone
from forecasting.backtest import YARDSTICK, Score, backtest
from forecasting.history import clean
from forecasting.models import ENSEMBLE, MODELS
from forecasting.records import understand
from forecasting.trials import calendar_months, latest, trials
from tests.forecasting.series import SHANGHAI, table


def scores(first: date = date(2026, 2, 1), months: int = 3) -> list[Score]:
    known = clean(understand(table(first, length=60), SHANGHAI), SHANGHAI, Calendar())
    return backtest(known, Calendar(), months)


def test_every_model_is_judged_on_the_last_whole_months() -> None:
    found = scores()
    assert {score.month for score in found} == {date(2026, 10, 1), date(2026, 9, 1), date(2026, 8, 1)}
    assert {score.model for score in found} == {ENSEMBLE, *MODELS}
    assert len(found) == 3 * (1 + len(MODELS))


def test_the_ensemble_beats_the_yardstick_and_chance_leaves_a_rest() -> None:
    found = scores()
    ours, theirs = (sum(each.error for each in found if each.model == name) for name in (ENSEMBLE, YARDSTICK))
    floor = sum(each.floor for each in found if each.model == ENSEMBLE)
    assert floor * 0.95 < ours < theirs


def test_four_of_five_intervals_lie_within_the_band() -> None:
    found = [score for score in scores() if score.model == ENSEMBLE]
    assert sum(score.inside for score in found) / sum(score.intervals for score in found) == pytest.approx(
        0.8, abs=0.06
    )


def test_a_young_line_is_judged_on_what_there_is() -> None:
    assert {score.month for score in scores(date(2026, 8, 1))} == {date(2026, 10, 1)}
    assert scores(date(2026, 10, 20)) == []


def test_a_month_is_seen_from_the_25th_before_also_across_a_clock_change() -> None:
    zone = Zone("Europe/Berlin")
    index = pd.date_range("2026-01-01", "2026-05-01", freq="30min", tz=zone.key, inclusive="left")
    found = calendar_months(index, 3)
    assert [(str(each.origin), str(each.begin), str(each.end)) for each in found] == [
        ("2026-03-26 00:00:00+01:00", "2026-04-01 00:00:00+02:00", "2026-05-01 00:00:00+02:00"),
        ("2026-02-26 00:00:00+01:00", "2026-03-01 00:00:00+01:00", "2026-04-01 00:00:00+02:00"),
        ("2026-01-26 00:00:00+01:00", "2026-02-01 00:00:00+01:00", "2026-03-01 00:00:00+01:00"),
    ]


def test_nothing_from_the_origin_on_is_known() -> None:
    index = pd.date_range("2026-01-01", "2026-06-01", freq="1h", tz="UTC")
    calls = pd.Series(np.ones(len(index)), index=index)
    seen: list[pd.Timestamp] = []

    def watching(past: pd.Series[float], future: pd.DatetimeIndex, _: Calendar, __: int) -> np.ndarray:
        seen.append(past.index[-1])
        return np.ones(len(future))

    windows = latest(index)
    found = trials(calls, Calendar(), 60, {"watching": watching}, windows)
    assert all(last < window.origin < window.begin for last, window in zip(seen, windows, strict=False))
    assert [trial.window for trial in found] == windows[: len(found)]
    assert len(found) == 3
