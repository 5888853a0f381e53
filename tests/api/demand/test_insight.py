"""What is known of calls: past days, how good forecasts turned out, what targets cost."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.demand.work import foresee, keep_forecast
from domain.time import Month
from forecasting.forecast import Forecast
from tests.api.clients import World
from tests.api.demand.test_demand import MONTH, SITE, desk
from tests.api.rosters.solved import site_id

__all__ = ["desk"]


def test_past_days_are_told_by_queue_and_days_without_records_are_left_out(desk: TestClient) -> None:
    batch = desk.get(f"{SITE}/calls").json()["items"][0]
    found = desk.get(f"{SITE}/history", params={"first": batch["first"], "last": batch["last"]}).json()["items"]
    assert sum(sum(day["calls"].values()) for day in found) == batch["calls"]
    assert [day["day"] for day in found] == sorted(day["day"] for day in found)
    assert desk.get(f"{SITE}/history", params={"first": "2010-01-01", "last": "2010-02-01"}).json()["items"] == []
    assert desk.get(f"{SITE}/history", params={"first": "2010-01-01", "last": "2026-02-01"}).status_code == 422


def test_the_forecast_of_a_past_month_is_measured_by_its_calls(desk: TestClient, world: World) -> None:
    assert desk.get(f"{SITE}/accuracy").json()["items"] == []
    month = Month(2026, 11)
    made = foresee(world.store, site_id(world), month)
    with world.store.writing() as work:
        keep_forecast(work, site_id(world), month, made)
    (found,) = desk.get(f"{SITE}/accuracy").json()["items"]
    calls = desk.get(f"{SITE}/history", params={"first": "2026-11-01", "last": "2026-11-30"}).json()["items"]
    assert (found["month"], found["queue"], found["days"]) == ("2026-11", "service", len(calls))
    assert found["calls"] == sum(day["calls"]["service"] for day in calls)
    assert found["foreseen"] == pytest.approx(_of_days(made, len(calls)))
    assert 0 < found["day_error"] <= found["interval_error"] < 1
    assert 0.5 < found["in_band"] <= 1


def _of_days(made: Forecast, days: int) -> float:
    return float(made.of("service")["mean"][: days * 24 * 60 // made.interval].sum())


def test_a_higher_target_costs_more_people_and_the_site_s_own_is_among_them(desk: TestClient) -> None:
    found = desk.get(f"{MONTH}/prices").json()["items"]
    hours = [price["person_hours"] for price in found]
    assert hours == sorted(hours)
    assert len(set(hours)) > 3
    (mine,) = (price for price in found if price["mine"])
    needed = desk.post(f"{MONTH}/requirement").json()
    own = [need for need in needed["needs"] if need["work"] == mine["work"]]
    assert mine["most"] == max(need["heads"] for need in own)
    assert desk.get(f"{SITE}/months/2027-05/prices").status_code == 404
