from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from domain.requests import Half, Leave
from domain.time import Days, Zone

DAY = date(2026, 12, 7)
BERLIN = Zone("Europe/Berlin")


def leave(last: date = DAY, *, from_noon: bool = False, until_noon: bool = False, first: date = DAY) -> Leave:
    return Leave("A01", Days(first, last), "annual", from_noon, until_noon)


def test_a_half_day_lies_before_noon_or_after_it() -> None:
    assert leave(from_noon=True).sides(DAY) == {Half.AFTERNOON}
    assert leave(until_noon=True).sides(DAY) == {Half.MORNING}
    with pytest.raises(Refusal, match="before noon or after it"):
        leave(from_noon=True, until_noon=True)


def test_the_first_day_may_begin_and_the_last_may_end_at_noon() -> None:
    found = leave(DAY + timedelta(days=2), from_noon=True, until_noon=True)
    assert [found.halves(DAY + timedelta(days=day)) for day in range(-1, 4)] == [0, 1, 2, 1, 0]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)])
def test_noon_is_noon_on_days_that_are_longer_or_shorter(day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    assert leave(day, first=day, until_noon=True).span(BERLIN).end == noon
    assert leave(day, first=day, from_noon=True).span(BERLIN).start == noon


@given(st.integers(0, 30), st.booleans(), st.booleans())
def test_halves_add_up_to_the_days_less_the_ends(more: int, from_noon: bool, until_noon: bool) -> None:  # noqa: FBT001 - drawn
    if from_noon and until_noon and more == 0:
        return
    found = leave(DAY + timedelta(days=more), from_noon=from_noon, until_noon=until_noon)
    assert sum(found.halves(day) for day in found.days) == 2 * (more + 1) - from_noon - until_noon
