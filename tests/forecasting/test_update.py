from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.band import Ties
from forecasting.forecast import Forecast
from forecasting.history import History
from forecasting.update import updated
from tests.forecasting.series import SHANGHAI
from tests.forecasting.test_adjustments import MONDAY, at, foreseen

NOW = at(12, MONDAY + timedelta(days=1))


def plan(ties: Ties) -> Forecast:
    return replace(foreseen(40.0, ("service",)), ties={"service": ties})


def seen(factor: float, until: datetime = NOW) -> History:
    """Calls that came since Monday, so much more or fewer than foreseen."""
    rows = plan(Ties()).of("service")
    known = rows[rows["start"] < until]
    calls = pd.DataFrame({"service": 40.0 * factor}, index=pd.DatetimeIndex(known["start"]))
    return History(SHANGHAI, 30, calls, {}, {})


def day(found: Forecast, day_: date) -> float:
    rows = found.of("service")
    return float(rows[[moment.date() == day_ and moment >= NOW for moment in rows["start"]]]["mean"].sum())


def test_what_has_been_is_left_alone() -> None:
    ties = Ties(0.1, 0.3)
    before, after = plan(ties).of("service"), updated(plan(ties), seen(1.5), NOW).of("service")
    past = (before["start"] < NOW).to_numpy()
    pd.testing.assert_frame_equal(before[past], after[past])


def test_a_busy_day_goes_on_busy_and_fades_over_the_days_that_follow() -> None:
    after = updated(plan(Ties(0.05, 0.4)), seen(1.4), NOW)
    today, tomorrow, later = (day(after, MONDAY + timedelta(days=n)) for n in (1, 2, 5))
    assert 1.25 * 24 * 40 < today < 1.45 * 24 * 40
    assert 1.1 < tomorrow / (48 * 40) < today / (24 * 40)
    assert 1.0 < later / (48 * 40) < tomorrow / (48 * 40)


def test_where_days_do_not_hang_together_hardly_anything_is_learnt() -> None:
    after = updated(plan(Ties(0.0, 0.0)), seen(1.4), NOW)
    assert day(after, MONDAY + timedelta(days=1)) == pytest.approx(24 * 40, rel=0.01)


def test_the_band_is_narrower_and_in_order() -> None:
    before, after = plan(Ties(0.1, 0.5)), updated(plan(Ties(0.1, 0.5)), seen(0.8), NOW)
    ahead = (after.of("service")["start"] >= NOW).to_numpy()
    width = [(each.of("service")["p90"] - each.of("service")["p10"])[ahead].to_numpy() for each in (before, after)]
    assert (width[1] < width[0]).all()


def test_without_calls_since_or_without_the_queue_nothing_changes() -> None:
    ties = Ties(0.1, 0.3)
    nothing = seen(1.0, at(0))
    other = History(SHANGHAI, 30, seen(2.0).calls.rename(columns={"service": "sales"}), {}, {})
    for history in (nothing, other):
        pd.testing.assert_frame_equal(updated(plan(ties), history, NOW).frame, plan(ties).frame)


@given(st.floats(0, 4), st.floats(0, 0.5), st.floats(0, 0.45))
def test_quantiles_stay_ordered_and_never_negative(factor: float, month: float, day_: float) -> None:
    after = updated(plan(Ties(month, day_)), seen(factor), NOW).frame
    assert (after["p10"] >= 0).all()
    assert (after["p10"] <= after["mean"] + 1e-9).all()
    assert (after["mean"] <= after["p90"] + 1e-9).all()
    assert np.isfinite(after["mean"]).all()
