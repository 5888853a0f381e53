from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from forecasting.staffing import Demand, Target, staff

CALLS = np.array([2, 5, 10, 20, 40, 60, 100, 200.0])
DEMAND = Demand(handle_s=240, patience_s=120)


@pytest.mark.parametrize(
    ("target", "heads"),
    [
        ("sl:0.80/20", [2, 2, 3, 5, 7, 10, 16, 29]),
        ("answered:0.85", [2, 2, 3, 4, 6, 9, 13, 24]),
        ("answered:0.90", [2, 2, 3, 5, 7, 10, 15, 27]),
        ("answered:0.98", [2, 3, 4, 6, 10, 13, 19, 33]),
        ("answered:0.995", [3, 4, 5, 7, 11, 15, 21, 37]),
    ],
)
def test_heads_are_those_of_the_reference_table(target: str, heads: list[int]) -> None:
    assert staff(CALLS, 1800, DEMAND, Target.parse(target)).whole.tolist() == heads


def test_no_calls_need_nobody() -> None:
    found = staff([0.0, 0.0], 1800, DEMAND, Target(0.9))
    assert (found.whole.tolist(), found.fractional.tolist()) == ([0, 0], [0, 0])


def test_the_fraction_lies_within_the_last_head() -> None:
    found = staff(CALLS, 1800, DEMAND, Target(0.9, 20))
    assert (found.fractional <= found.whole).all()
    assert (found.fractional > found.whole - 1).all()


def test_a_wide_forecast_needs_more_than_its_mean() -> None:
    narrow = staff([60.0], 1800, DEMAND, Target(0.9)).fractional
    wide = staff([[30.0], [60.0], [95.0]], 1800, DEMAND, Target(0.9)).fractional
    assert wide[0] > narrow[0]


loads = st.floats(0.1, 2000.0)
shares = st.floats(0.5, 0.995)


@given(loads, loads, shares)
def test_more_calls_never_need_fewer_heads(one: float, other: float, share: float) -> None:
    low, high = sorted((one, other))
    found = staff([low, high], 1800, DEMAND, Target(share))
    assert found.fractional[0] <= found.fractional[1] + 1e-6


@given(loads, shares, shares)
def test_a_higher_target_never_needs_fewer_heads(calls: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert staff([calls], 1800, DEMAND, Target(low)).whole <= staff([calls], 1800, DEMAND, Target(high)).whole


@given(loads, shares)
def test_the_heads_keep_the_target_and_one_less_does_not(calls: float, share: float) -> None:
    target = Target(share, 20)
    heads = staff([calls], 1800, DEMAND, target).whole
    met, less = (target.met(np.array([calls]), 1800, DEMAND, agents)[0] for agents in (heads, heads - 1))
    assert met >= share > less


@pytest.mark.parametrize("words", ["answered:90", "sl:0.8", "sl:1.2/20", "", "answered:0"])
def test_a_target_that_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(Refusal):
        Target.parse(words)


def test_negative_calls_are_refused() -> None:
    with pytest.raises(Refusal):
        staff([-1.0], 1800, DEMAND, Target(0.9))


def test_more_work_than_any_centre_has_is_a_mistake_and_said_so() -> None:
    with pytest.raises(Refusal, match="check the numbers"):
        staff([1e9], 1800, DEMAND, Target(0.9))


@given(loads, st.floats(20, 2000), st.floats(20, 2000), shares)
def test_callers_with_more_patience_never_need_more_heads_to_be_answered(
    calls: float, one: float, other: float, share: float
) -> None:
    short, long = sorted((one, other))
    found = [staff([calls], 1800, Demand(240, patience), Target(share)).fractional[0] for patience in (short, long)]
    assert found[1] <= found[0] + 1e-6


def test_an_agent_who_serves_three_chats_at_once_is_three_servers() -> None:
    chats, target = [90.0], Target(0.9, 60)
    alone = staff(chats, 1800, Demand(600, 300), target).whole[0]
    together = staff(chats, 1800, Demand(600, 300, concurrent=3), target).whole[0]
    assert together == np.ceil(alone / 3)
    with pytest.raises(Refusal, match="one contact"):
        Demand(600, 300, concurrent=0)
