from __future__ import annotations

import numpy as np
import pytest

from forecasting.erlang import erlang_a
from forecasting.staffing import Demand
from forecasting.worth import worth

DEMAND = Demand(240.0, 120.0)


def certain(*calls: float) -> np.ndarray:
    return np.tile(np.array(calls), (3, 1))


def test_the_worth_of_all_heads_together_is_the_calls_they_answer() -> None:
    found = worth(certain(40.0), 1800.0, DEMAND, [6])
    lost = erlang_a(np.array([40.0 / 1800]), 240.0, 120.0, np.array([6.0]), 0.0).abandoned
    assert found[0].sum() == pytest.approx(40.0 * (1 - float(lost[0])))


def test_each_further_head_answers_no_more_than_the_one_before() -> None:
    found = worth(certain(5.0, 40.0, 90.0), 1800.0, DEMAND, [4, 9, 15], shrinkage=0.12)
    assert (np.diff(found, axis=1) <= 1e-9).all()
    assert [int((row > 0).sum()) for row in found] == [4, 9, 15]


def test_nobody_calls_and_nothing_is_worth_anything() -> None:
    assert worth(certain(0.0), 1800.0, DEMAND, [2]).sum() == 0
    assert worth(certain(3.0), 1800.0, DEMAND, [0]).shape == (1, 0)
