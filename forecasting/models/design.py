"""What is known of an interval before it comes: its slot of the week, holidays, events, season and trend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar, DayKind
from forecasting.models.poisson import Floats, Ints

DAY_PARTS: Final = 6
SEASON_WAVES: Final = 3
EFFECT_RIDGE: Final = 4.0
SEASON_RIDGE: Final = 20.0
FRIDAY: Final = 4
LONGEST_TREND_YEARS: Final = 4.0


@dataclass(frozen=True, slots=True)
class Design:
    """How intervals become columns; `past` and `future` share one, so that both have the same columns."""

    calendar: Calendar
    interval: int
    end: pd.Timestamp
    """The last known interval: ages are counted from it."""
    season: bool
    feasts: tuple[str, ...]
    """Holidays that have an effect of their own beside what all holidays share."""
    events: tuple[str, ...]

    @classmethod
    def over(
        cls, past: pd.DatetimeIndex, future: pd.DatetimeIndex, calendar: Calendar, interval: int, *, season: bool
    ) -> Design:
        """The columns that both the past can teach and the future can use."""
        feasts = _both(_feasts(past, calendar), _feasts(future, calendar))
        events = _both(_events(past, calendar), _events(future, calendar))
        return cls(calendar, interval, past[-1], season, feasts, events)

    def slots(self, index: pd.DatetimeIndex) -> Ints:
        """The slot of the week; a make-up work day runs like a Friday."""
        weekday = np.where(kinds(index, self.calendar) == DayKind.MAKE_UP_WORK, FRIDAY, index.day_of_week)
        return np.asarray((weekday * 24 * 60 + index.hour * 60 + index.minute) // self.interval, dtype=np.intp)

    def age(self, index: pd.DatetimeIndex) -> Floats:
        """Days before the end of what is known."""
        return np.asarray((self.end - index) / pd.Timedelta(days=1), dtype=float)

    def dense(self, index: pd.DatetimeIndex) -> Floats:
        """[interval, column]: holidays, events, season and trend."""
        columns = [*self._holidays(index), *self._events(index), *(self._seasons(index) if self.season else ())]
        stacked: Floats = np.column_stack(columns)
        return stacked

    @property
    def ridges(self) -> Floats:
        """[column]: how strongly each is drawn to nothing."""
        effects = DAY_PARTS + 2 + len(self.feasts) + len(self.events)
        return np.concatenate(
            [np.full(effects, EFFECT_RIDGE), np.full(self.season * (1 + 2 * SEASON_WAVES), SEASON_RIDGE)]
        )

    def _holidays(self, index: pd.DatetimeIndex) -> Iterable[Floats]:
        """Holidays by part of the day, the days beside them, and each feast for itself."""
        off = days_off(index, self.calendar)
        part = np.asarray(index.hour) * DAY_PARTS // 24
        yield from ((off & (part == number)).astype(float) for number in range(DAY_PARTS))
        for distance in (1, -1):
            near = kinds(index + pd.Timedelta(days=distance), self.calendar) == DayKind.STATUTORY
            yield (near & ~off).astype(float)
        names = _of_days(index, self.calendar.feast)
        yield from ((names == feast).astype(float) for feast in self.feasts)

    def _events(self, index: pd.DatetimeIndex) -> Iterable[Floats]:
        happening = _of_days(index, lambda day: self.calendar.events.get(day, frozenset()))
        for event in self.events:
            yield np.array([event in names for names in happening], dtype=float)

    def _seasons(self, index: pd.DatetimeIndex) -> Iterable[Floats]:
        """A trend, and the waves of the year."""
        yield np.clip(-self.age(index) / 365.25, -LONGEST_TREND_YEARS, 0.0)
        angle = 2 * np.pi * np.asarray(index.day_of_year + index.hour / 24, dtype=float) / 365.25
        for wave in range(1, SEASON_WAVES + 1):
            yield np.sin(wave * angle)
            yield np.cos(wave * angle)


def kinds(index: pd.DatetimeIndex, calendar: Calendar) -> npt.NDArray[np.object_]:
    """The class of the day of each interval."""
    return _of_days(index, calendar.kind)


def days_off(index: pd.DatetimeIndex, calendar: Calendar) -> npt.NDArray[np.bool_]:
    """Whether each interval lies on a holiday, or on a weekday off in exchange for another day."""
    found = kinds(index, calendar)
    swapped = (found == DayKind.SWAPPED_REST) & (index.day_of_week < 5)
    off: npt.NDArray[np.bool_] = (found == DayKind.STATUTORY) | swapped
    return off


def _of_days(index: pd.DatetimeIndex, what: Callable[[date], object]) -> npt.NDArray[np.object_]:
    """What is said of the day of each interval, asked once a day."""
    dates, places = np.unique(np.asarray(index.date), return_inverse=True)
    found = np.empty(len(dates), dtype=object)
    found[:] = [what(day) for day in dates]
    said: npt.NDArray[np.object_] = found[places]
    return said


def _feasts(index: pd.DatetimeIndex, calendar: Calendar) -> set[str]:
    return {name for day in np.unique(np.asarray(index.date)) if (name := calendar.feast(day))}


def _events(index: pd.DatetimeIndex, calendar: Calendar) -> set[str]:
    days = np.unique(np.asarray(index.date))
    return set().union(*(calendar.events.get(day, frozenset()) for day in days))


def _both(one: set[str], other: set[str]) -> tuple[str, ...]:
    return tuple(sorted(one & other))
