"""Several models as one: how much each of them counts is learnt from earlier months of the same line.

A mean of good models is steadier than the best of them (Bates and Granger, Operational Research Quarterly 20, 1969);
weights drawn towards usual ones beat weights that are fitted freely (Claeskens et al., Int. J. Forecasting 32, 2016).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecasting.models import USUAL_WEIGHTS
from forecasting.trials import Trial

Floats = npt.NDArray[np.floating]

STEPS: Final = 10
"""Weights are tried in tenths."""
TRUST_A_TRIAL: Final = 0.1
"""How far the weights move towards the best ones, for each month they were tried on."""


def weights(trials: Sequence[Trial], usual: Mapping[str, float] = USUAL_WEIGHTS) -> dict[str, float]:
    """The weight of each model, adding up to one: `usual` before anything is known."""
    if not trials:
        return dict(usual)
    mixes = [mix for mix in product(range(STEPS + 1), repeat=len(usual)) if sum(mix) == STEPS]
    best = min(mixes, key=lambda mix: _error(trials, dict(zip(usual, (part / STEPS for part in mix), strict=True))))
    trust = TRUST_A_TRIAL * len(trials)
    return {
        name: (1 - trust) * share + trust * part / STEPS
        for (name, share), part in zip(usual.items(), best, strict=True)
    }


def mixed(means: Mapping[str, Floats], weight: Mapping[str, float]) -> Floats:
    """The weighted mean of what the models say."""
    found: Floats = np.sum([share * means[name] for name, share in weight.items() if share], axis=0)
    return found


def _error(trials: Sequence[Trial], weight: Mapping[str, float]) -> float:
    """The error of intervals and that of days, each as a share of all calls."""
    errors = [(mixed(trial.means, weight) - trial.actual, trial.index) for trial in trials]
    calls = sum(float(trial.actual.sum()) for trial in trials)
    intervals = sum(float(np.abs(error).sum()) for error, _ in errors)
    days = sum(float(pd.Series(error).groupby(np.asarray(index.date)).sum().abs().sum()) for error, index in errors)
    return (intervals + days) / max(calls, 1.0)
