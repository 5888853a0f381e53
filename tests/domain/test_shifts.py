from __future__ import annotations

from datetime import date, time

import pytest

from domain.language import Refusal, plain
from domain.shifts import Break, ShiftType
from domain.time import Zone
from tests import builders as b

BERLIN = Zone("Europe/Berlin")
NIGHT = ShiftType("夜", plain("夜"), time(22), time(6), ("emergency",), (Break(240, 30),))


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 27), 7), (date(2026, 10, 24), 9), (date(2026, 12, 1), 8)])
def test_a_night_over_a_clock_change_lasts_what_the_absolute_clock_says(day: date, hours: int) -> None:
    assert NIGHT.span(BERLIN, day).minutes == hours * 60
    assert NIGHT.paid_minutes(BERLIN, day) == hours * 60 - 30


def test_a_shift_from_eight_to_eight_lasts_a_whole_day() -> None:
    whole = ShiftType("值", plain("值"), time(8), time(8), ("emergency",))
    assert whole.span(BERLIN, date(2026, 12, 1)).minutes == 24 * 60


def test_nobody_is_available_during_hand_over_and_breaks() -> None:
    spans = b.EARLY.available(Zone("Asia/Shanghai"), date(2026, 12, 1))
    assert [(f"{span.start:%H:%M}", f"{span.end:%H:%M}") for span in spans] == [("08:00", "11:45"), ("12:15", "16:00")]


@pytest.mark.parametrize(
    "breaks", [(Break(-5, 10),), (Break(470, 30),), (Break(60, 30), Break(80, 30)), (Break(60, 0),)]
)
def test_breaks_outside_the_shift_or_over_each_other_are_refused(breaks: tuple[Break, ...]) -> None:
    with pytest.raises(Refusal):
        ShiftType("早", plain("早"), time(8), time(16), ("service",), breaks)


def test_a_shift_without_work_is_refused() -> None:
    with pytest.raises(Refusal):
        ShiftType("早", plain("早"), time(8), time(16), ())


def test_no_available_minute_is_lost_over_a_clock_change() -> None:
    shift = ShiftType("夜", plain("夜"), time(22), time(6), ("emergency",), (Break(210, 75), Break(315, 15)))
    spans = shift.available(BERLIN, date(2026, 10, 24))
    assert sum(span.minutes for span in spans) == 9 * 60 - 90


def movable(*breaks: Break, handover: int = 0) -> ShiftType:
    return ShiftType("早", plain("早"), time(8), time(16), ("service",), breaks, handover)


def test_a_break_that_may_move_has_a_layout_for_each_step_the_first_without_a_name() -> None:
    assert movable(Break(180, 30, until=270)).layouts == ((), (210,), (240,), (270,))
    assert movable(Break(180, 30)).layouts == movable().layouts == ((),)


def test_two_breaks_never_overlap_in_any_layout() -> None:
    shift = movable(Break(120, 60, until=240, step=60), Break(240, 60, until=300, step=60))
    assert shift.layouts == ((), (120, 300), (180, 240), (180, 300), (240, 300))
    assert all(shift.allows(layout) for layout in shift.layouts)
    assert not shift.allows((240, 240))


def test_a_break_may_be_laid_by_hand_at_any_minute_of_its_window_and_nowhere_else() -> None:
    shift = movable(Break(180, 30, until=270), handover=15)
    assert shift.allows((187,))
    assert not shift.allows((179,))
    assert not shift.allows((271,))
    assert not shift.allows((180, 210))


def test_a_window_that_leaves_the_shift_or_has_too_many_ways_is_refused() -> None:
    with pytest.raises(Refusal):
        movable(Break(180, 30, until=460))
    with pytest.raises(Refusal, match="larger step"):
        movable(Break(60, 10, until=400, step=5))
    with pytest.raises(Refusal):
        movable(Break(180, 30, until=100))


def test_where_a_break_is_laid_nobody_is_available_and_pay_stays_the_same() -> None:
    shift, zone, day = movable(Break(180, 30, until=270)), Zone("Asia/Shanghai"), date(2026, 12, 1)
    spans = shift.available(zone, day, (240,))
    assert [(f"{span.start:%H:%M}", f"{span.end:%H:%M}") for span in spans] == [("08:00", "12:00"), ("12:30", "16:00")]
    assert shift.paid_minutes(zone, day) == 450
