from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np

from forecasting.remedies import Case, Kind, Prices, remedies
from forecasting.simulate import Callers, Centre, Group
from forecasting.staffing import Target
from tests.forecasting.series import SHANGHAI

DAYS = 3
MINUTES = DAYS * 1440


def case(heads: int, lines: int | None = None, peak: float = 60.0, target: str = "answered:0.90") -> Case:
    """A busy morning, a quiet rest of the day."""
    clock = np.arange(MINUTES // 30) % 48
    rates = np.where((clock >= 16) & (clock < 24), peak, 6.0)
    paths = {"service": np.random.default_rng(1).poisson(rates, (3, len(rates))).astype(float)}
    at = Centre(
        datetime(2026, 12, 1, tzinfo=SHANGHAI.info),
        {"service": Callers(240.0, 120.0)},
        [Group(("service",), np.full(MINUTES, heads))],
        lines,
    )
    return Case(paths, 1800.0, at, "service", Target.parse(target))


def test_where_the_target_is_met_nothing_is_needed() -> None:
    assert remedies(case(14)) == []


def test_seats_at_the_peak_are_cheaper_than_people_all_day_and_both_are_enough() -> None:
    seats, people = remedies(case(5))
    assert (seats.kind, people.kind) == (Kind.SEATS, Kind.PEOPLE)
    assert {hours[:2] for hours in seats.hours} == {(8, 12)}
    assert seats.cost < people.cost
    assert seats.enough
    assert people.enough


def test_each_remedy_is_verified_and_one_less_would_not_do() -> None:
    asked = case(5)
    people = next(each for each in remedies(asked) if each.kind is Kind.PEOPLE)
    staffed = [
        replace(asked.at, groups=[Group(("service",), np.full(MINUTES, 5 + n))])
        for n in (people.added, people.added - 1)
    ]
    assert asked.met(staffed[0]) >= 0.9 > asked.met(staffed[1])


def test_lines_are_told_where_lines_run_out_and_only_there() -> None:
    found = remedies(case(14, lines=7))
    assert found[0].kind is Kind.LINES
    assert found[0].enough
    assert Kind.LINES not in {each.kind for each in remedies(case(5, lines=500))}


def test_the_cost_of_people_goes_by_the_hour() -> None:
    cheap, dear = (remedies(case(5), Prices(hour=hour)) for hour in (1.0, 10.0))
    assert [each.cost for each in dear] == [10 * each.cost for each in cheap]


def test_people_cannot_help_where_lines_are_missing() -> None:
    found = {each.kind: each for each in remedies(case(14, lines=7))}
    assert not found[Kind.PEOPLE].enough
    assert found[Kind.PEOPLE].added == 0


def test_in_time_can_be_the_target() -> None:
    found = remedies(case(6, target="sl:0.80/20"))
    assert found[0].enough
    assert found[0].met >= 0.8
