from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import Refusal
from forecasting.callbacks import CallBacks, OrderKind, Orders, expected, lay
from tests.forecasting.series import SHANGHAI

MONDAY = date(2026, 12, 7)


def at(hour: int, day: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 12, 7, hour, minute, tzinfo=SHANGHAI.info) + timedelta(days=day)


STARTS = [at(0) + timedelta(minutes=30 * step) for step in range(48 * 8)]
OFFICE = np.array([3.0 if 8 <= moment.hour < 18 else np.nan for moment in STARTS])


def days_of(heads: np.ndarray) -> list[date]:
    return sorted({moment.date() for moment, each in zip(STARTS, heads, strict=True) if each > 1e-9})


def test_an_emergency_closed_by_the_morning_is_called_that_afternoon() -> None:
    early, late = (
        lay([Orders(OrderKind.EMERGENCY, closed)], CallBacks(300), STARTS, 1800, OFFICE) for closed in (at(7), at(15))
    )
    assert days_of(early.heads) == [MONDAY]
    assert days_of(late.heads) == [MONDAY + timedelta(days=1)]
    assert {moment.hour for moment, each in zip(STARTS, early.heads, strict=True) if each} <= set(range(12, 18))


def test_others_are_called_within_five_days_and_again_on_another_day() -> None:
    how = CallBacks(300, reach=0.6, tries=2)
    found = lay([Orders(OrderKind.COMPLAINT, at(10), 10)], how, STARTS, 1800, OFFICE)
    assert days_of(found.heads)[-1] <= MONDAY + timedelta(days=5)
    assert found.heads.sum() * 1800 == pytest.approx(300 * 10 * (1 + 0.4))
    assert found.rate == pytest.approx(1 - 0.4**2)


def test_they_are_laid_where_least_is_to_do() -> None:
    load = OFFICE.copy()
    quiet = np.array([moment.hour == 14 and moment.date() == MONDAY for moment in STARTS])
    load[quiet] = 1.0
    found = lay([Orders(OrderKind.EMERGENCY, at(7), 4)], CallBacks(600, tries=1), STARTS, 1800, load)
    assert (found.heads[~quiet] == 0).all()
    assert found.heads[quiet].tolist() == pytest.approx([4 * 600 / 1800 / 2] * 2)


def test_what_has_no_open_hour_in_time_is_told() -> None:
    shut = np.where(np.array([moment.date() == MONDAY for moment in STARTS]), np.nan, OFFICE)
    found = lay([Orders(OrderKind.EMERGENCY, at(7), 3)], CallBacks(300), STARTS, 1800, shut)
    assert (found.left_over, found.heads.sum()) == (3, 0)


def test_orders_to_come_are_like_those_of_the_last_weeks() -> None:
    past = [Orders(OrderKind.COMPLAINT, at(10, -7 * week)) for week in range(1, 9) for _ in range(week % 2 + 1)]
    found = expected(past, [MONDAY, MONDAY + timedelta(days=1)], MONDAY - timedelta(days=1), SHANGHAI.info)
    assert [(each.kind, each.closed.date(), each.count) for each in found] == [(OrderKind.COMPLAINT, MONDAY, 1.5)]


def test_call_backs_that_cannot_be_are_refused() -> None:
    with pytest.raises(Refusal, match="reaches"):
        CallBacks(300, reach=0.0)


orders = st.lists(
    st.tuples(st.sampled_from(OrderKind), st.integers(0, 23), st.integers(0, 2), st.floats(0.1, 20)), max_size=6
)


@given(orders, st.floats(0.1, 1), st.integers(1, 4), st.randoms(use_true_random=False))
def test_no_work_is_lost_and_the_order_of_rows_changes_nothing(
    rows: list[tuple[OrderKind, int, int, float]], reach: float, tries: int, chance: object
) -> None:
    given_ = [Orders(kind, at(hour, day), count) for kind, hour, day, count in rows]
    how = CallBacks(300, reach, tries)
    found = lay(given_, how, STARTS, 1800, OFFICE)
    made = sum(
        each.count * sum((1 - reach) ** number for number in range(min(tries, len(each.days(SHANGHAI.info)))))
        for each in given_
    )
    assert found.heads.sum() * 1800 / 300 + found.left_over == pytest.approx(made)
    assert (found.heads >= 0).all()
    assert not found.heads[np.isnan(OFFICE)].any()
    assert 0 <= found.rate <= 1
    chance.shuffle(given_)  # type: ignore[attr-defined]
    assert lay(given_, how, STARTS, 1800, OFFICE).heads.sum() == pytest.approx(found.heads.sum())
