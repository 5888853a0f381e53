"""Public holidays of any country as a calendar; China's three classes of special days kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import holidays

from domain.calendar import Calendar, DayKind
from domain.language import Refusal, Text, plain

CHINA: Final = "CN"
SWAPPED_MARKS: Final = ("调休", "补假")
"""How the notices mark a day off that is not itself statutory (pay 200 %, not 300 %)."""


def calendar(country: str, years: Iterable[int]) -> Calendar:
    """The calendar of a country (ISO 3166 code) over some years."""
    wanted = sorted(set(years))
    if country.upper() == CHINA:
        return _china(wanted)
    try:
        found = holidays.country_holidays(country.upper(), years=wanted)
    except (NotImplementedError, KeyError) as error:
        words = Text(
            "没有国家“{code}”的日历, 应写如 CN、DE", "there is no calendar for country “{code}”; write CN, DE, …"
        )
        raise Refusal(words.filled(code=plain(country))) from error
    return Calendar(
        dict.fromkeys(found, DayKind.STATUTORY),
        {day: plain(name) for day, name in found.items()},
    )


def _china(years: list[int]) -> Calendar:
    zh = holidays.country_holidays(CHINA, years=years, language="zh_CN")
    en = holidays.country_holidays(CHINA, years=years, language="en_US")
    kinds = {day: _kind(name) for day, name in zh.items()}
    kinds.update(dict.fromkeys(_make_up_days(zh, years), DayKind.MAKE_UP_WORK))
    noticed = {day.year for day, kind in kinds.items() if kind is DayKind.MAKE_UP_WORK}
    return Calendar(
        kinds,
        {day: Text(name, en.get(day, name)) for day, name in zh.items()},
        provisional=frozenset(year for year in years if year not in noticed),
    )


def _kind(name: str) -> DayKind:
    return DayKind.SWAPPED_REST if any(mark in name for mark in SWAPPED_MARKS) else DayKind.STATUTORY


def _make_up_days(found: holidays.HolidayBase, years: list[int]) -> list[date]:
    return [day for day in found.weekend_workdays if day.year in years]
