from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.erlang import erlang_a
from forecasting.staffing import Demand, Target, staff
from forecasting.worth import Line, cheapest, worth

DEMAND = Demand(240.0, 120.0)


def line(*calls: float, away: float = 0.0) -> Line:
    """Calls that are certain."""
    return Line(np.tile(np.array(calls), (3, 1)), 1800.0, DEMAND, away)


def answered(calls: tuple[float, ...], heads: np.ndarray) -> float:
    lost = erlang_a(np.array(calls) / 1800, 240.0, 120.0, heads.astype(float), 0.0).abandoned
    return float((np.array(calls) * (1 - lost)).sum())


def test_the_worth_of_all_heads_together_is_the_calls_they_answer() -> None:
    found = worth(line(40.0), [6])
    lost = erlang_a(np.array([40.0 / 1800]), 240.0, 120.0, np.array([6.0]), 0.0).abandoned
    assert found[0].sum() == pytest.approx(40.0 * (1 - float(lost[0])))


def test_each_further_head_answers_no_more_than_the_one_before() -> None:
    found = worth(line(5.0, 40.0, 90.0, away=0.12), [4, 9, 15])
    assert (np.diff(found, axis=1) <= 1e-9).all()
    assert [int((row > 0).sum()) for row in found] == [4, 9, 15]


def test_nobody_calls_and_nothing_is_worth_anything() -> None:
    assert worth(line(0.0), [2]).sum() == 0
    assert worth(line(3.0), [0]).shape == (1, 0)


@pytest.mark.parametrize("share", [0.5, 0.85, 0.9, 0.98])
def test_no_other_spread_meets_the_months_target_with_fewer_heads(share: float) -> None:
    calls = (2.0, 9.0, 20.0, 5.0)
    heads = cheapest(line(*calls), Target(share, monthly=True))
    assert answered(calls, heads) >= share * sum(calls) - 1e-9
    fewer = (each for each in product(range(9), repeat=4) if sum(each) < int(heads.sum()))
    assert max((answered(calls, np.array(each)) for each in fewer), default=0.0) < share * sum(calls)


@given(st.lists(st.floats(0, 60), min_size=2, max_size=12), st.floats(0.5, 0.98), st.integers(0, 2))
def test_the_months_target_needs_no_more_than_the_same_in_every_interval(
    calls: list[float], share: float, minimum: int
) -> None:
    heads = cheapest(line(*calls), Target(share, monthly=True), minimum)
    each = np.maximum(staff(np.array(calls), 1800.0, DEMAND, Target(share)).whole, minimum)
    assert heads.sum() <= each.sum()
    assert heads.min() >= minimum
    assert answered(tuple(calls), heads) >= share * sum(calls) - 1e-6


def test_in_time_can_be_the_months_target_too() -> None:
    loose, tight = (cheapest(line(10.0, 30.0), Target(0.8, within, monthly=True)).sum() for within in (60.0, 5.0))
    assert loose <= tight
