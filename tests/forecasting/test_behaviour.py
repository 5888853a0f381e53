from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from domain.calendar import Calendar
from forecasting.behaviour import USUAL_PATIENCE_S, handle_times, patience


def waits(mean: float, count: int = 4000, seed: int = 1) -> pd.DataFrame:
    """Callers with a known patience, some of whom are answered before it ends."""
    chance = np.random.default_rng(seed)
    willing, offered = mean * chance.standard_exponential(count), 150 * chance.standard_exponential(count)
    return pd.DataFrame({"queue": "service", "wait_s": np.minimum(willing, offered), "answered": offered <= willing})


@pytest.mark.parametrize("mean", [60.0, 180.0, 400.0])
def test_patience_is_found_though_the_patient_are_answered_first(mean: float) -> None:
    assert patience(waits(mean))["service"].mean_s == pytest.approx(mean, rel=0.08)


def test_few_calls_are_drawn_to_what_is_usual_and_those_without_a_wait_say_nothing() -> None:
    few = patience(waits(600.0, count=4))["service"].mean_s
    assert abs(few - USUAL_PATIENCE_S) < 150
    served = pd.DataFrame({"queue": ["service"] * 9, "wait_s": [0.0] * 9, "answered": [True] * 9})
    assert patience(served) == {}


def test_handle_times_differ_by_part_of_the_day_and_odd_clocks_are_left_out() -> None:
    start = pd.date_range("2026-12-07", periods=14 * 48, freq="30min", tz="Asia/Shanghai")
    handle = np.where(start.hour < 8, 100.0, 300.0)
    calls = pd.DataFrame({"queue": "service", "start": start, "handle_s": handle})
    calls.loc[5, "handle_s"] = 90_000.0
    found = handle_times(calls.assign(calls=1.0), Calendar())["service"]
    assert 100 < found.cells[1, 0] < 130
    assert 280 < found.cells[1, 1] < 300
    assert found.calls.sum() == len(calls) - 1
    assert found.at(start[14:18], Calendar()).tolist() == [*found.cells[[1, 1], 0], *found.cells[[1, 1], 1]]


def test_rows_that_stand_for_many_calls_weigh_as_many() -> None:
    start = pd.DatetimeIndex(["2026-12-07 09:00", "2026-12-07 09:30"], tz="Asia/Shanghai")
    rows = pd.DataFrame({"queue": "", "start": start, "handle_s": [100.0, 400.0], "calls": [300.0, 100.0]})
    assert handle_times(rows, Calendar())[""].mean_s == 175.0
    assert handle_times(rows.assign(handle_s=float("nan")), Calendar()) == {}
