from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.ensemble import mixed, weights
from forecasting.models import USUAL_WEIGHTS
from forecasting.trials import Trial, Window

INDEX = pd.date_range("2026-11-01", periods=96, freq="30min", tz="Asia/Shanghai")


def trial(**off: float) -> Trial:
    actual = np.full(len(INDEX), 10.0)
    return Trial(
        Window(INDEX[0], INDEX[0], INDEX[-1]),
        INDEX,
        {name: actual + off.get(name, 0.0) for name in USUAL_WEIGHTS},
        actual,
    )


def test_without_trials_the_usual_weights_hold() -> None:
    assert weights([]) == dict(USUAL_WEIGHTS)


def test_the_better_model_gains_weight_with_each_month_it_was_better() -> None:
    shares = [weights([trial(regression=3.0)] * months)["daily"] for months in (1, 3, 6)]
    assert USUAL_WEIGHTS["daily"] < shares[0] < shares[1] < shares[2] <= 1


def test_models_that_err_to_both_sides_are_mixed() -> None:
    assert 0.4 < weights([trial(regression=2.0, daily=-2.0)] * 6)["regression"] < 0.6


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=6))
def test_weights_are_shares_of_one(errors: list[tuple[float, float]]) -> None:
    found = weights([trial(regression=one, daily=other) for one, other in errors])
    assert sum(found.values()) == pytest.approx(1)
    assert min(found.values()) >= 0


def test_a_mixture_lies_between_its_models() -> None:
    means = {"regression": np.array([1.0, 4.0]), "daily": np.array([3.0, 0.0])}
    assert mixed(means, {"regression": 0.25, "daily": 0.75}).tolist() == [2.5, 1.0]
