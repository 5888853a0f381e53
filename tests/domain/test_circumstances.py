from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.circumstances import Exemption, Protection
from domain.language import Refusal
from domain.time import Days, Span
from tests import builders as b


def test_protection_begins_with_the_seventh_month_and_ends_with_the_due_date() -> None:
    found = Protection.expecting("A01", date(2027, 3, 1))
    assert (found.days.first, found.days.last) == (date(2026, 12, 7), date(2027, 3, 1))
    assert not found.nursing


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2026, 8, 1), date(2027, 7, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_nursing_lasts_until_the_day_before_the_first_birthday(born: date, last: date) -> None:
    assert Protection.with_child("A01", born).days.last == last


def test_an_exemption_holds_for_its_days_and_people() -> None:
    days = Days(b.MONDAY, b.MONDAY)
    assert Exemption(days, "leak").holds("A01", b.MONDAY)
    assert not Exemption(days, "leak").holds("A01", b.MONDAY + timedelta(days=1))
    assert not Exemption(days, "leak", ("A02",)).holds("A01", b.MONDAY)
    with pytest.raises(Refusal):
        Exemption(days, "")


def test_the_last_hour_of_a_duty_is_for_nursing() -> None:
    given = b.situation(2, protections=[Protection("A01", Days(b.MONDAY, b.MONDAY), nursing=True)])
    mine, other = (given.available(b.duty(agent, b.MONDAY)) for agent in ("A01", "A02"))
    assert minutes(other) - minutes(mine) == 60
    assert f"{mine[-1].end:%H:%M}" == "15:00"
    assert given.available(b.duty("A01", b.MONDAY + timedelta(days=1))) == b.EARLY.available(
        given.site.zone, b.MONDAY + timedelta(days=1)
    )


def minutes(spans: tuple[Span, ...]) -> int:
    return sum(span.minutes for span in spans)
