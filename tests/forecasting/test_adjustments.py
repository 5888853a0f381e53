from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from domain.time import Span
from forecasting.adjustments import DayTotal, Uplift, adjusted, without
from forecasting.forecast import Forecast
from tests.forecasting.series import SHANGHAI

MONDAY = date(2026, 12, 7)


def at(hour: int, day: date = MONDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI.info)


def foreseen(mean: float = 10.0, queues: tuple[str, ...] = ("service", "emergency")) -> Forecast:
    starts = [at(0) + timedelta(minutes=30 * step) for step in range(48 * 7)]
    tables = [
        pd.DataFrame({"queue": queue, "start": starts, "mean": mean, "p10": mean / 2, "p90": mean * 2})
        for queue in queues
    ]
    return Forecast(SHANGHAI, 30, pd.concat(tables, ignore_index=True))


SNAP = Uplift("cold snap", Span(at(8), at(12)), 1.5, "service")
BILLS = DayTotal("bill run", MONDAY + timedelta(days=2), 960.0)


def test_an_uplift_moves_the_mean_and_the_band_of_its_span_and_queue_alone() -> None:
    before, after = foreseen(), adjusted(foreseen(), [SNAP])
    changed = after.of("service")[after.of("service")["mean"] != 10.0]
    assert [moment.hour for moment in changed["start"]] == [8, 8, 9, 9, 10, 10, 11, 11]
    assert changed[["mean", "p10", "p90"]].to_numpy().tolist() == [[15.0, 7.5, 30.0]] * 8
    pd.testing.assert_frame_equal(
        after.of("emergency").reset_index(drop=True), before.of("emergency").reset_index(drop=True)
    )


def test_a_days_total_is_kept_to_the_call_and_the_shape_of_the_day_stays() -> None:
    after = adjusted(adjusted(foreseen(), [SNAP]), [DayTotal("told", MONDAY, 600.0, "service")]).of("service")
    day = after[[moment.date() == MONDAY for moment in after["start"]]]
    assert day["mean"].sum() == pytest.approx(600)
    assert day["mean"].max() / day["mean"].min() == pytest.approx(1.5)


def test_a_day_without_calls_gets_them_evenly() -> None:
    after = adjusted(foreseen(0.0), [BILLS]).of("service")
    assert after["mean"].sum() == pytest.approx(960)
    assert after["mean"].max() == pytest.approx(20)


def test_taking_a_layer_away_gives_back_what_was() -> None:
    layers = (SNAP, BILLS)
    left = without(layers, "cold snap")
    assert left == (BILLS,)
    pd.testing.assert_frame_equal(adjusted(foreseen(), left).frame, adjusted(foreseen(), [BILLS]).frame)
    pd.testing.assert_frame_equal(adjusted(foreseen(), without(left, "bill run")).frame, foreseen().frame)


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (Uplift("x", Span(at(8), at(9)), 2.0, "sales"), "not forecast"),
        (Uplift("x", Span(at(8, date(2027, 1, 1)), at(9, date(2027, 1, 1))), 2.0), "outside the days"),
        (DayTotal("x", date(2026, 11, 1), 5.0), "outside the days"),
    ],
)
def test_a_layer_that_fits_nowhere_is_refused(layer: Uplift | DayTotal, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        adjusted(foreseen(), [layer])


def test_numbers_that_cannot_be_are_refused() -> None:
    with pytest.raises(Refusal, match="zero or more"):
        Uplift("x", SNAP.span, -0.1)
    with pytest.raises(Refusal, match="zero or more"):
        DayTotal("x", MONDAY, float("nan"))


@given(st.lists(st.tuples(st.integers(0, 22), st.floats(0, 5)), max_size=4))
def test_quantiles_stay_in_order(layers: list[tuple[int, float]]) -> None:
    after = adjusted(foreseen(), [Uplift("x", Span(at(hour), at(hour + 1)), factor) for hour, factor in layers]).frame
    assert ((after["p10"] >= 0) & (after["p10"] <= after["mean"]) & (after["mean"] <= after["p90"])).all()
