"""The band around a forecast, calibrated by how wrong earlier forecasts were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.floating]

LOW, HIGH = 0.1, 0.9
USUAL_DISPERSION: Final = 0.05
"""Where nothing can be measured: a rate spread of 22 %, the middle of what real call series show."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Earlier forecasts and what came, interval by interval."""

    mean: Floats
    actual: Floats


def quantiles(mean: Floats, errors: Errors | None) -> tuple[Floats, Floats]:
    """The 10 % and the 90 % quantile of each interval; never negative, never on the wrong side of the mean."""
    if errors is None or len(errors.mean) == 0:
        return _negative_binomial(mean)
    dispersion = _dispersion(errors)
    residuals = (errors.actual - errors.mean) / _scale(errors.mean, dispersion)
    below, above = np.quantile(residuals, [LOW, HIGH])
    scale = np.where(mean > 0, _scale(mean, dispersion), 0.0)
    return np.clip(mean + below * scale, 0.0, mean), np.maximum(mean + above * scale, mean)


def _dispersion(errors: Errors) -> float:
    """Extra variance as a share of the squared mean, by moments."""
    extra = np.sum((errors.actual - errors.mean) ** 2 - errors.mean)
    return float(max(0.0, extra / max(1e-9, float(np.sum(errors.mean**2)))))


def _scale(mean: Floats, dispersion: float) -> Floats:
    return np.sqrt(mean + dispersion * mean**2 + 0.25)


def _negative_binomial(mean: Floats) -> tuple[Floats, Floats]:
    size = 1 / USUAL_DISPERSION
    share = size / (size + mean)
    low, high = (stats.nbinom.ppf(level, size, share) for level in (LOW, HIGH))
    return np.minimum(low, mean), np.maximum(high, mean)
