"""The count regression: Poisson with an effect for each slot of the week, holidays, events, season and trend.

Older weeks count less, and what the last weeks were above or below the fit is carried on.
Method: McCullagh and Nelder, Generalized Linear Models (1989), ch. 2 and 6; its measures are in docs/forecast.md.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from domain.calendar import Calendar
from forecasting.models.design import Design
from forecasting.models.poisson import Fit, Floats, Ints

HALF_LIFE_DAYS: Final = 120.0
SEASON_HALF_LIFE_DAYS: Final = 720.0
SEASON_FROM_DAYS: Final = 510
"""A yearly season is learnt from 1.4 years on."""
LEVEL_DAYS: Final = 28
LEVEL_TRUST: Final = 0.7
"""How much of what the last weeks were above or below the fit is carried on."""
DAY: Final = 24 * 60


def forecast(calls: pd.Series[float], future: pd.DatetimeIndex, calendar: Calendar, interval: int) -> Floats:
    """The mean of each future interval, learnt from the known values of the past."""
    past = pd.DatetimeIndex(calls.index)
    known = calls.notna().to_numpy()
    past, y = past[known], calls.to_numpy(dtype=float)[known]
    if not len(y) or not y.sum():
        return np.zeros(len(future))
    season = (past[-1] - past[0]).days >= SEASON_FROM_DAYS
    design = Design.over(past, future, calendar, interval, season=season)
    weights = 0.5 ** (design.age(past) / (SEASON_HALF_LIFE_DAYS if season else HALF_LIFE_DAYS))
    slot, dense = design.slots(past), design.dense(past)
    base = _base(slot, y, weights, interval)
    effects, slopes = Fit(slot, dense, base, y, weights, design.ridges).solved()
    level = _level(y, np.exp(base[slot] + effects[slot] + dense @ slopes), design.age(past))
    ahead = design.slots(future)
    return level * np.exp(base[ahead] + effects[ahead] + design.dense(future) @ slopes)


def _base(slot: Ints, y: Floats, weights: Floats, interval: int) -> Floats:
    """The log of a smooth weekly profile, towards which the slots' effects are drawn; whole days are not smoothed."""
    slots = 7 * DAY // interval
    total, mass = np.bincount(slot, weights * y, slots), np.bincount(slot, weights, slots)
    overall = total.sum() / mass.sum()
    if interval < DAY:
        kernel = np.array([0.25, 0.5, 0.25])
        total, mass = (np.convolve(np.r_[v[-1], v, v[0]], kernel, "valid") for v in (total, mass))
    base: Floats = np.log((total + 0.1 * overall) / (mass + 0.1))
    return base


def _level(y: Floats, fitted: Floats, age: Floats) -> float:
    """What the last weeks were above or below the fit, drawn towards one."""
    recent = age < LEVEL_DAYS
    came, expected = float(y[recent].sum()), float(fitted[recent].sum())
    calm = (1 / LEVEL_TRUST - 1) * expected
    return (came + calm) / (expected + calm) if expected else 1.0
