from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from domain.language import Refusal
from domain.time import Days, Zone, minute
from forecasting.forecast import Forecast
from forecasting.intervals import intervals
from forecasting.require import Goal, require
from forecasting.staffing import Demand, Target
from tests import builders as b

ZONE = Zone("Asia/Shanghai")
DEMAND = Demand(240, 120)
BESIDE = {"service": np.full(48, 0.75)}


def flat_forecast(mean: float, queue: str = "service", zone: Zone = ZONE, day: date = b.MONDAY) -> Forecast:
    start = intervals(zone, Days(day, day), 30)
    return Forecast(zone, 30, pd.DataFrame({"queue": queue, "start": start, "mean": mean, "p10": mean, "p90": mean}))


def goal(minimum: int = 0, shrinkage: float = 0.0) -> Goal:
    return Goal(Target(0.9), Demand(240, 120), minimum, shrinkage)


def test_every_interval_gets_whole_heads_and_the_fraction_behind_them() -> None:
    needs = require(flat_forecast(60.0), {"service": goal()}).needs
    assert len(needs) == 48
    assert {(need.heads, need.work) for need in needs} == {(10, "service")}
    assert 9 < needs[0].fractional <= 10


def test_shrinkage_is_added_before_rounding() -> None:
    bare, shrunk = (require(flat_forecast(60.0), {"service": goal(shrinkage=share)}).needs[0] for share in (0.0, 0.1))
    assert shrunk.fractional == pytest.approx(bare.fractional / 0.9)


def test_a_work_without_calls_needs_its_minimum() -> None:
    needs = require(flat_forecast(0.0), {"service": goal(), "emergency": goal(minimum=2)}).needs
    assert {(need.work, need.heads) for need in needs} == {("service", 0), ("emergency", 2)}


def test_calls_that_belong_to_no_work_are_refused_by_name() -> None:
    with pytest.raises(Refusal, match="sales"):
        require(flat_forecast(1.0, "sales"), {"service": goal()})


def test_long_calls_of_the_morning_want_more_people_than_the_short_ones_of_the_night() -> None:
    foreseen = flat_forecast(30.0)
    foreseen.frame["handle_s"] = np.where(np.arange(48) < 16, 120.0, 360.0)
    learns = replace(goal(), handle_told=False)
    heads = [need.fractional for need in require(foreseen, {"service": learns}).needs]
    for seconds, mine in ((120.0, slice(0, 16)), (360.0, slice(16, 48))):
        told = require(flat_forecast(30.0), {"service": replace(goal(), demand=Demand(seconds, 120))}).needs
        assert heads[mine] == [need.fractional for need in told][mine]


def test_a_handle_time_that_was_told_comes_before_that_of_the_forecast() -> None:
    foreseen = flat_forecast(30.0)
    foreseen.frame["handle_s"] = 600.0
    assert require(foreseen, {"service": goal()}) == require(flat_forecast(30.0), {"service": goal()})
    unknown = replace(goal(), handle_told=False)
    assert require(flat_forecast(30.0), {"service": unknown}) == require(flat_forecast(30.0), {"service": goal()})


@pytest.mark.parametrize(("day", "halves"), [(date(2026, 10, 25), 50), (date(2027, 3, 28), 46)])
def test_the_needs_of_a_clock_change_follow_each_other_without_hole_or_overlap(day: date, halves: int) -> None:
    needs = require(flat_forecast(60.0, zone=Zone("Europe/Berlin"), day=day), {"service": goal()}).needs
    assert len(needs) == halves
    assert {need.span.minutes for need in needs} == {30}
    assert all(minute(one.span.end) == minute(next_.span.start) for one, next_ in pairwise(needs))


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf")])
def test_handle_times_that_cannot_be_are_refused(seconds: float) -> None:
    with pytest.raises(Refusal):
        Demand(seconds, 120)


def test_agents_do_not_talk_more_than_the_cap_allows() -> None:
    loose = require(flat_forecast(600.0), {"service": goal()}).needs[0]
    capped = require(flat_forecast(600.0), {"service": Goal(Target(0.9), Demand(240, 120), occupancy=0.7)}).needs[0]
    load = 600.0 * 240 / 1800
    assert loose.fractional < load / 0.7
    assert capped.fractional == pytest.approx(load / 0.7)
    with pytest.raises(Refusal, match="occupancy"):
        Goal(Target(0.9), Demand(240, 120), occupancy=1.2)


def test_the_months_target_needs_fewer_heads_than_the_same_in_every_interval() -> None:
    each, month = (
        sum(
            need.heads
            for need in require(flat_forecast(4.0), {"service": Goal(Target(0.9, None, monthly), DEMAND)}).needs
        )
        for monthly in (False, True)
    )
    assert month < each


def test_call_backs_are_added_before_rounding() -> None:
    bare, more = (require(flat_forecast(60.0), {"service": goal()}, beside).needs[0] for beside in (None, BESIDE))
    assert more.fractional == pytest.approx(bare.fractional + 0.75)
