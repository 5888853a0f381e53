from __future__ import annotations

import pytest
from pydantic import ValidationError

from constraints.price import Price, flat, rising


@pytest.mark.parametrize(("gap", "cost"), [(0, 0), (1, 4), (2, 12), (3, 24), (5, 48)])
def test_each_unit_costs_what_its_step_says(gap: int, cost: int) -> None:
    assert rising((1, 4), (1, 8), (None, 12)).of(gap) == cost


def test_a_plain_number_is_one_step_without_end() -> None:
    assert Price.model_validate(7) == flat(7)


@pytest.mark.parametrize(
    "steps",
    [
        [{"units": 1, "each": 8}, {"each": 4}],
        [{"each": 4}, {"each": 8}],
        [{"units": 2, "each": 4}],
        [],
    ],
)
def test_prices_that_fall_or_do_not_end_are_refused(steps: list[dict[str, int]]) -> None:
    with pytest.raises(ValidationError):
        Price.model_validate({"steps": steps})
