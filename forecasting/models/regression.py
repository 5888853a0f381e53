"""The count regression: Poisson with an effect for each slot of the week, holidays, season and trend.

The design is one-hot slots beside a few dense columns, so the Newton step needs no large matrix: the slots' block is
diagonal and is eliminated (Schur complement). Older weeks count less; ridge penalties keep rare things calm.
Method: McCullagh and Nelder, Generalized Linear Models (1989), ch. 2 and 6; forecasting.md of the study behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.calendar import Calendar, DayKind

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.intp]

DAY_PARTS: Final = 6
HALF_LIFE_DAYS: Final = 120.0
SEASON_HALF_LIFE_DAYS: Final = 360.0
LEVEL_DAYS: Final = 42
SEASON_FROM_DAYS: Final = 510
"""A yearly season is learnt from 1.4 years on."""
SEASON_WAVES: Final = 3
SLOT_RIDGE: Final = 6.0
EFFECT_RIDGE: Final = 4.0
SEASON_RIDGE: Final = 20.0
STEPS: Final = 40
FRIDAY: Final = 4


def forecast(calls: pd.Series[float], future: pd.DatetimeIndex, calendar: Calendar, interval: int) -> Floats:
    """The mean of each future interval, learnt from the known values of the past."""
    past = pd.DatetimeIndex(calls.index)
    known = calls.notna().to_numpy()
    past, y = past[known], calls.to_numpy(dtype=float)[known]
    if not len(y) or not y.sum():
        return np.zeros(len(future))
    end = past[-1]
    season = (end - past[0]).days >= SEASON_FROM_DAYS
    weights = 0.5 ** (_age(past, end) / (SEASON_HALF_LIFE_DAYS if season else HALF_LIFE_DAYS))
    slot, dense = _slots(past, calendar, interval), _dense(past, calendar, end, season=season)
    base = _base(slot, y, weights, 7 * 24 * 60 // interval)
    effects, slopes = _Fit(slot, dense, base, y, weights, _ridges(dense.shape[1], season=season)).solved()
    level = _level(past, y, np.exp(base[slot] + effects[slot] + dense @ slopes), end)
    ahead = _slots(future, calendar, interval)
    return level * np.exp(base[ahead] + effects[ahead] + _dense(future, calendar, end, season=season) @ slopes)


def _age(index: pd.DatetimeIndex, end: pd.Timestamp) -> Floats:
    return np.asarray((end - index) / pd.Timedelta(days=1), dtype=float)


def _slots(index: pd.DatetimeIndex, calendar: Calendar, interval: int) -> Ints:
    """The slot of the week; a make-up work day runs like a Friday."""
    kinds = _kinds(index, calendar)
    weekday = np.where(kinds == DayKind.MAKE_UP_WORK, FRIDAY, index.day_of_week)
    return np.asarray((weekday * 24 * 60 + index.hour * 60 + index.minute) // interval, dtype=np.intp)


def _kinds(index: pd.DatetimeIndex, calendar: Calendar) -> npt.NDArray[np.object_]:
    dates, places = np.unique(np.asarray(index.date), return_inverse=True)
    return np.array([calendar.kind(day) for day in dates], dtype=object)[places]


def _dense(index: pd.DatetimeIndex, calendar: Calendar, end: pd.Timestamp, *, season: bool) -> Floats:
    """Holidays by part of the day, the days beside them, trend, and the season's waves."""
    kinds = _kinds(index, calendar)
    off = (kinds == DayKind.STATUTORY) | ((kinds == DayKind.SWAPPED_REST) & (index.day_of_week < 5))
    part = np.asarray(index.hour) * DAY_PARTS // 24
    columns = [(off & (part == number)).astype(float) for number in range(DAY_PARTS)]
    before = _kinds(index + pd.Timedelta(days=1), calendar) == DayKind.STATUTORY
    after = _kinds(index - pd.Timedelta(days=1), calendar) == DayKind.STATUTORY
    columns += [(before & ~off).astype(float), (after & ~off).astype(float)]
    age = _age(index, end)
    if season:
        columns.append(np.clip(-age / 365.25, -4.0, 0.0))
        angle = 2 * np.pi * np.asarray(index.day_of_year + index.hour / 24, dtype=float) / 365.25
        for wave in range(1, SEASON_WAVES + 1):
            columns += [np.sin(wave * angle), np.cos(wave * angle)]
    return np.column_stack(columns)


def _ridges(columns: int, *, season: bool) -> Floats:
    ridges = np.full(columns, EFFECT_RIDGE)
    if season:
        ridges[DAY_PARTS + 2 :] = SEASON_RIDGE
    return ridges


def _base(slot: Ints, y: Floats, weights: Floats, slots: int) -> Floats:
    """The log of a smooth weekly profile, towards which the slots' effects are drawn."""
    total, mass = np.bincount(slot, weights * y, slots), np.bincount(slot, weights, slots)
    kernel = np.array([0.25, 0.5, 0.25])
    wrapped_total, wrapped_mass = (np.convolve(np.r_[v[-1], v, v[0]], kernel, "valid") for v in (total, mass))
    overall = total.sum() / mass.sum()
    base: Floats = np.log((wrapped_total + 0.1 * overall) / (wrapped_mass + 0.1))
    return base


@dataclass(frozen=True, slots=True)
class _Fit:
    """The data of one fit: everything but the effects that are sought."""

    slot: Ints
    dense: Floats
    base: Floats
    y: Floats
    weights: Floats
    ridges: Floats

    def linear(self, effects: Floats, slopes: Floats) -> Floats:
        """The log of the mean of every row."""
        eta: Floats = np.minimum(self.base[self.slot] + effects[self.slot] + self.dense @ slopes, 50.0)
        return eta

    def likelihood(self, effects: Floats, slopes: Floats) -> float:
        """Penalised log likelihood, constants left out."""
        eta = self.linear(effects, slopes)
        fit = float(np.sum(self.weights * (self.y * eta - np.exp(eta))))
        return fit - 0.5 * SLOT_RIDGE * float(effects @ effects) - 0.5 * float(self.ridges @ slopes**2)

    def newton(self, effects: Floats, slopes: Floats) -> tuple[Floats, Floats]:
        """The Newton step, slots eliminated first."""
        mean = np.exp(self.linear(effects, slopes))
        pull, curve, slots = self.weights * (self.y - mean), self.weights * mean, len(self.base)
        diagonal = np.bincount(self.slot, curve, slots) + SLOT_RIDGE
        cross = np.column_stack([np.bincount(self.slot, curve * column, slots) for column in self.dense.T])
        effects_pull = np.bincount(self.slot, pull, slots) - SLOT_RIDGE * effects
        slopes_pull = self.dense.T @ pull - self.ridges * slopes
        block = (self.dense * curve[:, None]).T @ self.dense + np.diag(self.ridges)
        scaled = cross / diagonal[:, None]
        turn = np.linalg.solve(block - cross.T @ scaled, slopes_pull - scaled.T @ effects_pull)
        return (effects_pull - cross @ turn) / diagonal, turn

    def solved(self) -> tuple[Floats, Floats]:
        """Slot effects and slopes of highest likelihood; a step is halved until the likelihood rises."""
        effects, slopes = np.zeros(len(self.base)), np.zeros(self.dense.shape[1])
        value = self.likelihood(effects, slopes)
        for _ in range(STEPS):
            move, turn = self.newton(effects, slopes)
            size, new = 1.0, self.likelihood(effects + move, slopes + turn)
            while new < value and size > 1e-4:
                size /= 2
                new = self.likelihood(effects + size * move, slopes + size * turn)
            effects, slopes = effects + size * move, slopes + size * turn
            if new - value < 1e-7 * (abs(value) + 1):
                break
            value = new
        return effects, slopes


def _level(past: pd.DatetimeIndex, y: Floats, fitted: Floats, end: pd.Timestamp) -> float:
    """What the last weeks were above or below the fit, drawn towards one."""
    recent = _age(past, end) < LEVEL_DAYS
    calm = 0.5 * float(fitted[recent].sum())
    return (float(y[recent].sum()) + calm) / (float(fitted[recent].sum()) + calm)
