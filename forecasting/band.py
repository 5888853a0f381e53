"""The band around a forecast, calibrated by how wrong earlier forecasts were, and how errors hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Floats = npt.NDArray[np.floating]

LOW, HIGH = 0.1, 0.9
USUAL_DISPERSION: Final = 0.05
"""Where nothing can be measured: a rate spread of 22 %, the middle of what real call series show."""


@dataclass(frozen=True, slots=True)
class Errors:
    """An earlier forecast and what came, interval by interval."""

    mean: Floats
    actual: Floats
    index: pd.DatetimeIndex


@dataclass(frozen=True, slots=True)
class Ties:
    """Shares of the variance of errors (as normal scores) that intervals of a month, or of a day, have in common."""

    month: float = 0.05
    day: float = 0.2
    """Beside the month's; the rest is each interval's own. By default the middle of what real call series show."""


def quantiles(mean: Floats, errors: Sequence[Errors]) -> tuple[Floats, Floats]:
    """The 10 % and the 90 % quantile of each interval; never negative, never on the wrong side of the mean."""
    if not errors:
        return _negative_binomial(mean)
    dispersion = _dispersion(errors)
    below, above = np.quantile(_residuals(errors, dispersion), [LOW, HIGH])
    scale = np.where(mean > 0, _scale(mean, dispersion), 0.0)
    return np.clip(mean + below * scale, 0.0, mean), np.maximum(mean + above * scale, mean)


def ties(errors: Sequence[Errors]) -> Ties:
    """How errors hang together: mean products of the scores of different intervals of a day, and of different days."""
    if not errors:
        return Ties()
    residuals = _residuals(errors, _dispersion(errors))
    scores = stats.norm.ppf((stats.rankdata(residuals) - 0.5) / len(residuals))
    months = np.repeat(np.arange(len(errors)), [len(error.index) for error in errors])
    days = np.concatenate([np.asarray(error.index.normalize().asi8) for error in errors])
    table = pd.DataFrame({"month": months, "day": days, "score": scores, "square": scores**2, "count": 1.0})
    of_days = table.groupby(["month", "day"])[["score", "square", "count"]].sum()
    of_months = of_days.assign(square=of_days["score"] ** 2, pairs=of_days["count"] ** 2).groupby("month").sum()
    same_day = _mean_product(of_days["score"], of_days["square"], of_days["count"] ** 2 - of_days["count"])
    others = _mean_product(of_months["score"], of_months["square"], of_months["count"] ** 2 - of_months["pairs"])
    month = min(max(others, 0.0), 0.9)
    return Ties(month, min(max(same_day - month, 0.0), 0.95 - month))


def _mean_product(sums: pd.Series[float], own: pd.Series[float], pairs: pd.Series[float]) -> float:
    """The mean over all pairs within groups of the product of two scores."""
    return float((sums**2 - own).sum() / max(1.0, float(pairs.sum())))


def _residuals(errors: Sequence[Errors], dispersion: float) -> Floats:
    return np.concatenate([(error.actual - error.mean) / _scale(error.mean, dispersion) for error in errors])


def _dispersion(errors: Sequence[Errors]) -> float:
    """Extra variance as a share of the squared mean, by moments."""
    mean = np.concatenate([error.mean for error in errors])
    actual = np.concatenate([error.actual for error in errors])
    extra = np.sum((actual - mean) ** 2 - mean)
    return float(max(0.0, extra / max(1e-9, float(np.sum(mean**2)))))


def _scale(mean: Floats, dispersion: float) -> Floats:
    return np.sqrt(mean + dispersion * mean**2 + 0.25)


def _negative_binomial(mean: Floats) -> tuple[Floats, Floats]:
    size = 1 / USUAL_DISPERSION
    share = size / (size + mean)
    low, high = (stats.nbinom.ppf(level, size, share) for level in (LOW, HIGH))
    return np.minimum(low, mean), np.maximum(high, mean)
