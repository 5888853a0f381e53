from __future__ import annotations

from constraints.figures import cover, months
from domain.calendar import Calendar, DayKind
from domain.requests import Leave, Wish, WishKind
from domain.time import Days
from tests import builders as b

DAY = b.MONDAY


def test_a_persons_month_counts_hours_nights_holidays_leave_and_wishes() -> None:
    tuesday = Days(DAY, DAY).first.replace(month=12, day=1)
    given = b.situation(
        1,
        calendar=Calendar({DAY: DayKind.STATUTORY}),
        leaves=[Leave("A01", Days(tuesday, tuesday))],
        wishes=[Wish("A01", DAY, WishKind.OFF), Wish("A01", DAY, WishKind.AVOID, "夜")],
    )
    (month,) = months(b.roster(given, b.duty("A01", DAY)), given)
    assert (month.paid_minutes, month.owed_minutes, month.nights, month.holidays) == (465, 3 * 480, 0, 1)
    assert (month.leave_days, month.wishes, month.wishes_met) == (1, 2, 1)


def test_cover_is_the_fewest_people_within_an_interval() -> None:
    at = b.site()
    given = b.situation(2, at=at, needs=[b.need(at, DAY, 9, 10, 2), b.need(at, DAY, 11, 13, 1)])
    found = cover(b.roster(given, b.duty("A01", DAY)), given)
    assert [(covered.heads, covered.short) for covered in found] == [(1, 1), (0, 1)]
