from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import Calendar, DayKind
from domain.language import Refusal, plain
from domain.people import Certificate, Contract
from domain.requests import Wish, WishKind
from tests import builders as b


def test_a_certificate_holds_on_its_first_and_last_day() -> None:
    held = Certificate("emergency", date(2026, 12, 1), date(2026, 12, 15))
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 16)]
    assert [held.holds(day) for day in days] == [False, True, True, False]


def test_a_certificate_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refusal, match="emergency"):
        Certificate("emergency", date(2026, 12, 2), date(2026, 12, 1))


def test_contract_hours_follow_the_work_days_of_the_calendar() -> None:
    days = b.horizon(7)
    calendar = Calendar({days.first: DayKind.STATUTORY, days.last: DayKind.MAKE_UP_WORK})
    assert b.FULL_TIME.minutes(days, calendar) == 5 * 480


def test_a_contract_may_fix_the_hours_of_the_month() -> None:
    assert Contract("part", plain("part"), month_minutes=96 * 60).minutes(b.horizon(31), Calendar()) == 96 * 60


@pytest.mark.parametrize(
    ("kind", "shift", "weight"), [(WishKind.OFF, "早", 1), (WishKind.ON, None, 1), (WishKind.OFF, None, 0)]
)
def test_a_wish_that_makes_no_sense_is_refused(kind: WishKind, shift: str | None, weight: int) -> None:
    with pytest.raises(Refusal):
        Wish("A01", b.MONDAY, kind, shift, weight)
