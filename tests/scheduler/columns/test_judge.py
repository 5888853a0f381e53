from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from constraints.price import Price, flat, rising
from scheduler.columns.judge import Judge

bounds = st.none() | st.integers(-5, 30)
prices = st.sampled_from([None, flat(7), rising((2, 3), (None, 9))])


@given(bounds, bounds, st.integers(-3, 9), prices, st.integers(1, 4))
def test_many_totals_at_once_cost_what_each_does_alone(
    low: int | None, high: int | None, constant: int, price: Price | None, weight: int
) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    judge = Judge(low, high, constant, price, weight)
    values = np.arange(-10, 40)
    assert judge.gaps(values).tolist() == [judge.gap(value) for value in range(-10, 40)]
    assert judge.costs(values).tolist() == [judge.cost(value) for value in range(-10, 40)]
