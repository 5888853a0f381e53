from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import DayKind
from domain.language import Refusal
from forecasting.calendar import calendar


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 1, 1), DayKind.STATUTORY),
        (date(2026, 1, 2), DayKind.SWAPPED_REST),
        (date(2026, 1, 4), DayKind.MAKE_UP_WORK),
        (date(2026, 2, 17), DayKind.STATUTORY),
        (date(2026, 2, 28), DayKind.MAKE_UP_WORK),
        (date(2026, 4, 6), DayKind.SWAPPED_REST),
        (date(2026, 10, 10), DayKind.MAKE_UP_WORK),
        (date(2026, 12, 5), DayKind.REST),
        (date(2026, 12, 7), DayKind.WORK),
    ],
)
def test_the_classes_of_chinese_days_are_kept_apart(day: date, kind: DayKind) -> None:
    assert calendar("CN", [2026]).kind(day) is kind


@pytest.mark.parametrize(("year", "days"), [(2024, 11), (2025, 13), (2026, 13)])
def test_china_has_as_many_statutory_days_as_the_law_says(year: int, days: int) -> None:
    assert sum(kind is DayKind.STATUTORY for kind in calendar("CN", [year]).special.values()) == days


def test_a_year_without_official_notice_is_provisional() -> None:
    assert calendar("CN", [2026, 2027]).provisional == {2027}


def test_any_country_has_its_holidays() -> None:
    assert calendar("DE", [2026]).kind(date(2026, 10, 3)) is DayKind.STATUTORY


def test_an_unknown_country_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match="XX"):
        calendar("XX", [2026])
