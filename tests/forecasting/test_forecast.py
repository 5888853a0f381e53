from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from domain.calendar import Calendar, DayKind
from domain.faults import BadInput
from domain.time import Days, Month, Zone
from forecasting.forecast import Forecast, forecast
from forecasting.history import History, clean
from forecasting.records import understand
from tests.forecasting.series import SHANGHAI, numbered, rates, table

DECEMBER = Month(2026, 12).days


def history(raw: pd.DataFrame, zone: Zone = SHANGHAI, calendar: Calendar | None = None) -> History:
    return clean(understand(raw, zone), zone, calendar or Calendar())


def error(found: Forecast, peak: float = 40.0) -> float:
    truth = rates(pd.DatetimeIndex(found.frame["start"]), peak)
    return float(np.abs(found.frame["mean"] - truth).sum() / truth.sum())


@pytest.mark.parametrize("model", ["ensemble", "regression", "daily"])
def test_the_law_behind_the_noise_is_found_better_than_by_the_yardsticks(model: str) -> None:
    known = history(table())
    models = model, "eight-week-mean", "seasonal-naive"
    own, eight, naive = (error(forecast(known, DECEMBER, Calendar(), model=name)) for name in models)
    assert own < 0.06
    assert own < eight < naive


def test_the_band_holds_four_of_five_and_is_ordered() -> None:
    found = forecast(history(table()), DECEMBER, Calendar()).frame
    came = np.random.default_rng(9).poisson(rates(pd.DatetimeIndex(found["start"])))
    assert ((found["p10"] >= 0) & (found["p10"] <= found["mean"]) & (found["mean"] <= found["p90"])).all()
    assert 0.74 <= ((came >= found["p10"]) & (came <= found["p90"])).mean() <= 0.9


def test_a_month_has_one_row_an_interval_with_its_offset() -> None:
    zone = Zone("Europe/Berlin")
    known = history(table(date(2026, 5, 1), date(2026, 9, 25), zone=zone), zone)
    frame = forecast(known, Month(2026, 10).days, Calendar()).frame
    assert len(frame) == 31 * 48 + 2
    assert (frame["start"].iloc[0].isoformat(), frame["start"].iloc[-1].isoformat()) == (
        "2026-10-01T00:00:00+02:00",
        "2026-10-31T23:30:00+01:00",
    )


def test_a_holiday_is_learnt_from_earlier_holidays() -> None:
    feasts = [date(2026, 7, 15), date(2026, 9, 2), date(2026, 10, 7)]
    rows = table()
    quiet = rows["timestamp"].str[:10].isin([str(day) for day in feasts])
    rows.loc[quiet, "calls"] = (rows.loc[quiet, "calls"].astype(int) * 0.3).round().astype(int).astype(str)
    calendar = Calendar(dict.fromkeys([*feasts, date(2026, 12, 9)], DayKind.STATUTORY))
    frame = forecast(history(rows, calendar=calendar), DECEMBER, calendar).frame
    days = frame.groupby(frame["start"].dt.date)["mean"].sum()
    assert days[date(2026, 12, 9)] < 0.55 * days[date(2026, 12, 16)]


def test_closed_hours_stay_closed() -> None:
    rows = table()
    hours = rows["timestamp"].str[11:13].astype(int)
    frame = forecast(history(numbered(rows[(hours >= 8) & (hours < 20)])), DECEMBER, Calendar()).frame
    shut = (frame["start"].dt.hour < 8) | (frame["start"].dt.hour >= 20)
    assert (frame.loc[shut, ["mean", "p10", "p90"]] == 0).all(axis=None)
    assert (frame.loc[~shut, "mean"] > 0).all()


def test_a_holiday_on_which_the_line_always_stood_still_has_no_calls() -> None:
    feasts = [date(2026, 7, 15), date(2026, 9, 2), date(2026, 12, 9)]
    rows = table()
    rows = numbered(rows[~rows["timestamp"].str[:10].isin([str(day) for day in feasts])])
    calendar = Calendar(dict.fromkeys(feasts, DayKind.STATUTORY))
    known = history(rows, calendar=calendar)
    frame = forecast(known, DECEMBER, calendar).frame
    on_it = frame["start"].dt.date == feasts[-1]
    assert known.still[""] == frozenset(feasts[:2])
    assert known.cleaning[""].gaps == 0
    assert (frame.loc[on_it, ["mean", "p10", "p90"]] == 0).all(axis=None)
    assert (frame.loc[~on_it & (frame["start"].dt.hour == 12), "mean"] > 5).all()


def test_a_named_event_is_learnt_and_comes_again() -> None:
    snaps = [date(2026, 9, 7), date(2026, 10, 12), date(2026, 11, 4)]
    rows = table()
    busy = rows["timestamp"].str[:10].isin([str(day) for day in snaps])
    rows.loc[busy, "calls"] = (rows.loc[busy, "calls"].astype(int) * 2).astype(str)
    ahead = date(2026, 12, 9)
    calendar = Calendar(events=dict.fromkeys([*snaps, ahead], frozenset({"cold snap"})))
    frame = forecast(history(rows, calendar=calendar), DECEMBER, calendar).frame
    days = frame.groupby(frame["start"].dt.date)["mean"].sum()
    assert 1.6 < days[ahead] / days[date(2026, 12, 16)] < 2.4


def test_records_of_whole_days_give_a_forecast_of_whole_days_also_where_clocks_change() -> None:
    zone = Zone("Europe/Berlin")
    days = pd.date_range("2026-01-01", "2026-09-25")
    calls = np.random.default_rng(3).poisson(np.where(days.day_of_week < 5, 900, 300))
    rows = numbered(pd.DataFrame({"date": days.strftime("%Y-%m-%d"), "calls": calls.astype(str)}))
    frame = forecast(history(rows, zone), Month(2026, 10).days, Calendar()).frame
    assert [moment.date() for moment in frame["start"]] == list(Month(2026, 10).days)
    assert {moment.hour for moment in frame["start"]} == {0}
    assert frame["mean"].to_numpy() == pytest.approx(np.where(frame["start"].dt.day_of_week < 5, 900, 300), rel=0.1)


def test_the_order_of_rows_changes_nothing() -> None:
    rows = table(date(2026, 8, 1))
    shuffled = rows.sample(frac=1, random_state=1)
    one, other = (forecast(history(table_), DECEMBER, Calendar()).frame for table_ in (rows, shuffled))
    pd.testing.assert_frame_equal(one, other)


def test_two_weeks_of_records_are_too_few() -> None:
    with pytest.raises(BadInput, match="at least three weeks"):
        forecast(history(table(date(2026, 11, 11))), DECEMBER, Calendar())


def test_a_young_line_gets_a_band_all_the_same() -> None:
    frame = forecast(history(table(date(2026, 11, 1))), Days(date(2026, 12, 1), date(2026, 12, 7)), Calendar()).frame
    assert (frame["p90"] > frame["mean"]).all()


def test_the_model_survives_a_queue_without_calls() -> None:
    rows = table().assign(calls="0")
    assert forecast(history(rows), DECEMBER, Calendar()).frame["mean"].sum() == 0


def test_importing_the_same_records_again_changes_nothing() -> None:
    rows = table(date(2026, 8, 1))
    twice = numbered(pd.concat([rows, rows]))
    one, other = (forecast(history(each), DECEMBER, Calendar()).frame for each in (rows, twice))
    pd.testing.assert_frame_equal(one, other)


def test_days_and_the_month_are_sums_of_the_same_intervals_for_every_queue() -> None:
    rows = pd.concat([table(date(2026, 8, 1)).assign(queue=queue) for queue in ("service", "emergency")])
    found = forecast(history(numbered(rows)), DECEMBER, Calendar())
    days = found.frame.groupby(["queue", found.frame["start"].dt.date])["mean"].sum()
    assert len(days) == 2 * 31
    assert days.sum() == pytest.approx(sum(found.of(queue)["mean"].sum() for queue in found.queues))
    assert set(found.weights) == {"service", "emergency"}
    assert all(sum(weight.values()) == pytest.approx(1) for weight in found.weights.values())
