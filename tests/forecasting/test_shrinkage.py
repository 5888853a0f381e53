from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from forecasting.shrinkage import USUAL, seen, shrinkage


def test_activities_take_their_share_of_what_the_others_leave() -> None:
    assert shrinkage({"sickness": 0.1, "training": 0.1}) == pytest.approx(0.19)
    assert shrinkage(0.12) == 0.12
    assert shrinkage({}) == 0


@pytest.mark.parametrize("told", [-0.1, 0.95, {"sickness": 1.0}, {"a": 0.8, "b": 0.8}])
def test_shares_that_cannot_be_are_refused(told: float | dict[str, float]) -> None:
    with pytest.raises(Refusal, match=r"between 0 and 0\.9"):
        shrinkage(told)


def test_what_was_seen_counts_the_more_the_more_hours_there_are() -> None:
    few, many = (seen({"sickness": 0.10 * hours}, hours)["sickness"] for hours in (100.0, 50_000.0))
    assert USUAL["sickness"] < few < many
    assert many == pytest.approx(0.10, rel=0.01)
    assert seen({}, 0.0) == pytest.approx(USUAL)


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 0.3), max_size=4))
def test_no_order_of_activities_matters(told: dict[str, float]) -> None:
    assert shrinkage(told) == pytest.approx(shrinkage(dict(reversed(told.items()))))
