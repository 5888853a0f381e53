"""A Poisson regression with one-hot slots beside a few dense columns, fitted by Newton's method.

The slots' block is diagonal and is eliminated (Schur complement), so that no step needs a large matrix; ridge penalties
keep rare things calm. McCullagh and Nelder, Generalized Linear Models (1989), ch. 2 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.intp]

SLOT_RIDGE: Final = 6.0
STEPS: Final = 40
MOST: Final = 50.0
"""Of the linear predictor: e to the fiftieth calls are a mistake on the way, not a forecast."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The data of one fit: everything but the effects that are sought."""

    slot: Ints
    dense: Floats
    base: Floats
    """[slot]: the log of a smooth profile, towards which the slots' effects are drawn."""
    y: Floats
    weights: Floats
    ridges: Floats

    def linear(self, effects: Floats, slopes: Floats) -> Floats:
        """The log of the mean of every row."""
        eta: Floats = np.minimum(self.base[self.slot] + effects[self.slot] + self.dense @ slopes, MOST)
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
