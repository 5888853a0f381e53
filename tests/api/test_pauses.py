from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from api.pauses import laid, pauses
from domain.language import Refusal, plain
from domain.roster import Duty
from domain.shifts import Break, ShiftType
from tests import builders as b

LONG = ShiftType(
    "长", plain("长"), time(8), time(20), ("service",), (Break(180, 30, until=300), Break(480, 15, until=540))
)
NIGHT = ShiftType("夜", plain("夜"), time(22), time(6), ("service",), (Break(120, 30, until=420),))
DAY = date(2026, 12, 1)


def test_breaks_are_told_by_the_clock_and_read_back_as_they_were() -> None:
    at = b.site(LONG)
    for layout in LONG.layouts:
        duty = Duty(DAY, "A1", "长", "service", layout)
        assert laid("; ".join(pauses(duty, at)), replace(duty, breaks=()), at) == layout


def test_the_clock_alone_is_enough_with_commas_of_either_kind() -> None:
    at, duty = b.site(LONG), Duty(DAY, "A1", "长", "service")
    assert laid("12:00,16:15", duty, at) == (240, 495)
    assert laid("12:00， 16:15-16:30", duty, at) == (240, 495)
    assert laid("11:00; 16:00", duty, at) == ()


@pytest.mark.parametrize("words", ["12:00", "14:00; 16:00", "noon; 16:00", "12:00; 16:00; 18:00"])
def test_breaks_that_the_shift_does_not_allow_are_refused(words: str) -> None:
    with pytest.raises(Refusal):
        laid(words, Duty(DAY, "A1", "长", "service"), b.site(LONG))


def test_a_break_after_midnight_and_over_a_clock_change_is_found() -> None:
    at = b.site(NIGHT, zone="Europe/Berlin")
    night = Duty(date(2027, 3, 27), "A1", "夜", "service")
    assert laid("03:15", night, at) == (255,)
    assert pauses(replace(night, breaks=(255,)), at) == ("03:15–03:45",)
