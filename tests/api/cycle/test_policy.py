from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from pydantic import ValidationError

from api.cycle.policy import CyclePolicy, Moment, Weekend, When
from domain.calendar import Calendar, DayKind
from domain.time import Month, Zone

SHANGHAI, BERLIN = Zone("Asia/Shanghai"), Zone("Europe/Berlin")


def due(moment: Moment, month: str = "2027-01", zone: Zone = SHANGHAI, **policy: Any) -> datetime:  # noqa: ANN401
    return CyclePolicy(**policy).due(
        moment, Month.parse(month), zone, Calendar({date(2026, 12, 25): DayKind.STATUTORY})
    )


def test_by_default_wishes_close_on_the_23rd_at_half_past_five_and_everybody_is_told_on_the_26th() -> None:
    assert due(Moment.CLOSE).isoformat() == "2026-12-23T17:30:00+08:00"
    assert due(Moment.BUILD).date() == date(2026, 12, 25)
    assert due(Moment.PUBLISH).date() == date(2026, 12, 26)


def test_a_day_that_a_month_does_not_have_is_its_last() -> None:
    last = When(day=31, time=time(12))
    found = due(Moment.PUBLISH, "2028-03", publish=last)
    assert found.date() == date(2028, 2, 29)
    assert due(Moment.PUBLISH, "2027-03", publish=last).date() == date(2027, 2, 28)


def test_a_moment_on_a_day_off_moves_to_the_work_day_before_if_the_policy_says_so() -> None:
    assert due(Moment.PUBLISH, weekend=Weekend.EARLIER).date() == date(2026, 12, 24)
    assert due(Moment.PUBLISH).date() == date(2026, 12, 26)


def test_a_time_that_a_spring_day_does_not_have_moves_to_the_next() -> None:
    night = When(day=28, time=time(2, 30))
    assert due(Moment.PUBLISH, "2027-04", BERLIN, publish=night).isoformat() == "2027-03-28T03:00:00+02:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"close": {"day": 27, "time": "17:30"}},
        {"close": {"day": 0, "time": "17:30"}},
        {"open": {"day": 1, "time": "08:00:30"}},
    ],
)
def test_a_policy_out_of_order_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CyclePolicy.model_validate(wrong)
