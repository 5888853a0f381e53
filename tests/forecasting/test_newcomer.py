from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from forecasting.newcomer import Similar, newcomer
from tests.forecasting.test_adjustments import foreseen


def test_a_site_of_the_same_size_as_its_only_model_is_forecast_like_it() -> None:
    model = foreseen(10.0, ("service",))
    found = newcomer([Similar(model, 50_000)], 50_000).frame
    assert found[["mean", "p10", "p90"]].to_numpy() == pytest.approx(model.frame[["mean", "p10", "p90"]].to_numpy())


def test_calls_go_by_households_and_the_nearest_site_weighs_most() -> None:
    small, large = Similar(foreseen(2.0), 10_000), Similar(foreseen(100.0), 200_000)
    mean = float(newcomer([small, large], 20_000).frame["mean"].iloc[0])
    assert 4.0 < mean < 5.5
    assert mean < (4.0 + 10.0) / 2


def test_sites_that_differ_make_the_band_wider() -> None:
    alike = newcomer([Similar(foreseen(10.0), 1000), Similar(foreseen(10.0), 1000)], 1000).frame
    apart = newcomer([Similar(foreseen(5.0), 1000), Similar(foreseen(15.0), 1000)], 1000).frame
    assert apart["mean"].iloc[0] == pytest.approx(alike["mean"].iloc[0])
    assert (apart["p90"] - apart["p10"]).iloc[0] > (alike["p90"] - alike["p10"]).iloc[0]


def test_a_queue_that_one_site_alone_has_comes_from_it() -> None:
    found = newcomer([Similar(foreseen(10.0, ("service",)), 1000), Similar(foreseen(10.0), 1000)], 500)
    assert set(found.queues) == {"service", "emergency"}


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(Refusal, match="similar"):
        newcomer([], 1000)
    with pytest.raises(Refusal, match="positive"):
        newcomer([Similar(foreseen(), 0)], 1000)
    other = replace(foreseen(), frame=foreseen().frame.iloc[:-1])
    with pytest.raises(Refusal, match="not the same"):
        newcomer([Similar(foreseen(), 1000), Similar(other, 1000)], 1000)


@given(st.lists(st.tuples(st.floats(0, 200), st.integers(1, 10**6)), min_size=1, max_size=4), st.integers(1, 10**6))
def test_quantiles_stay_ordered(sites: list[tuple[float, int]], households: int) -> None:
    frame = newcomer([Similar(foreseen(mean, ("service",)), size) for mean, size in sites], households).frame
    assert ((frame["p10"] >= 0) & (frame["p10"] <= frame["mean"]) & (frame["mean"] <= frame["p90"])).all()
