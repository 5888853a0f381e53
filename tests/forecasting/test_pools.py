from __future__ import annotations

import numpy as np
import pytest

from domain.language import Refusal
from forecasting.pools import pool
from forecasting.require import Goal
from forecasting.staffing import Demand, Target

RATES = {"service": 24.0, "repair": 9.0, "emergency": 3.0}
GOALS = {
    "emergency": Goal(Target(0.95), Demand(240, 180), minimum=2),
    "service": Goal(Target(0.85), Demand(200, 120)),
    "repair": Goal(Target(0.8, 20), Demand(300, 120)),
}
CALLS = {queue: np.full((3, 48), rate) for queue, rate in RATES.items()}
PATHS = {queue: np.random.default_rng(1).poisson(rate, (6, 48)).astype(float) for queue, rate in RATES.items()}


def test_a_pool_meets_every_target_with_fewer_people_than_apart() -> None:
    found = pool(CALLS, PATHS, 1800.0, GOALS)
    assert all(found.met[queue] >= goal.target.share for queue, goal in GOALS.items())
    assert found.heads.sum() < found.apart.sum()
    assert found.heads.min() >= 2


def test_one_queue_alone_needs_what_erlang_says_or_a_little_more() -> None:
    found = pool(CALLS, PATHS, 1800.0, {"service": GOALS["service"]})
    assert found.apart.sum() <= found.heads.sum() <= 1.2 * found.apart.sum()


def test_a_queue_without_calls_foreseen_is_refused() -> None:
    with pytest.raises(Refusal, match="needs its calls"):
        pool({"service": CALLS["service"]}, PATHS, 1800.0, GOALS)


def test_a_pool_knows_when_the_calls_of_a_queue_are_long() -> None:
    night = np.arange(48) < 16
    longer = Demand(np.where(night, 100.0, 400.0), 120)
    found = pool(CALLS, PATHS, 1800.0, {**GOALS, "service": Goal(Target(0.85), longer)})
    assert found.heads[night].max() < found.heads[~night].min()
