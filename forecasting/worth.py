"""What each further head is worth: the calls that it answers beyond those before it; and where heads are worth most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from forecasting.staffing import QUANTILE_WEIGHTS, Demand, Target, staff

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.int64]

ANSWERED: Final = Target(0.5)
"""Any target that counts answered calls."""
ENOUGH: Final = 0.999
"""Heads beyond those that serve so many of the calls of an interval are never worth looking at."""


@dataclass(frozen=True, slots=True)
class Line:
    """A queue's calls, interval by interval, and how its callers behave."""

    calls: Floats
    """[3, interval]: the 10 % quantile, the mean and the 90 % quantile."""
    interval_s: float
    demand: Demand
    shrinkage: float = 0.0
    """Share of the rostered heads that is away."""


def worth(line: Line, heads: npt.ArrayLike, target: Target = ANSWERED) -> Floats:
    """[interval, head]: expected calls that the first, second ... rostered head serves more than one fewer.

    `heads`: rostered heads of each interval; columns beyond them are zero. Served is what the target says: answered, or
    answered in time. It never rises from one head to the next: Erlang A's answered calls are concave in the agents.
    """
    wanted = np.asarray(heads, dtype=int)
    most = int(wanted.max(initial=0))
    served = np.stack([_served(line, target, float(agents)) for agents in range(most + 2)])
    places = np.arange(most + 1) * (1 - line.shrinkage)
    below = np.floor(places).astype(int)
    share = (places - below)[:, None]
    at = (1 - share) * served[below] + share * served[below + 1]
    gains: Floats = np.minimum.accumulate(np.maximum(np.diff(at, axis=0), 0.0), axis=0).T
    gains[np.arange(most)[None, :] >= wanted[:, None]] = 0.0
    return gains


def cheapest(line: Line, target: Target, minimum: int = 0) -> Ints:
    """[interval]: the fewest rostered heads of the whole span that serve the share of all its calls.

    The next head always goes where it serves most: as its worth never rises, no other spread needs fewer
    (Fox, Management Science 13, 1966).
    """
    calls = float((np.array(QUANTILE_WEIGHTS)[:, None] * line.calls).sum())
    enough = staff(line.calls, line.interval_s, line.demand, replace(target, share=ENOUGH)).whole
    most = np.maximum(np.ceil(enough / (1 - line.shrinkage)), minimum).astype(int)
    gains = worth(line, most, target)
    first = np.arange(gains.shape[1])[None, :] < minimum
    missing = target.share * calls - float(gains[np.broadcast_to(first, gains.shape)].sum())
    further = np.where(first, 0.0, gains)
    order = np.argsort(-further, axis=None, kind="stable")
    summed = np.cumsum(further.ravel()[order])
    taken = int(np.searchsorted(summed, missing)) + 1 if missing > 0 else 0
    each = np.unravel_index(order[:taken], gains.shape)[0]
    heads: Ints = minimum + np.bincount(each, minlength=len(most)).astype(np.int64)
    return heads


def _served(line: Line, target: Target, agents: float) -> Floats:
    """[interval]: expected calls served by so many agents, over the distribution of the calls."""
    if agents == 0:
        return np.zeros(line.calls.shape[1])
    weights = np.array(QUANTILE_WEIGHTS)[:, None]
    heads = np.full(line.calls.shape, agents)
    met = target.met(line.calls, line.interval_s, line.demand, heads)
    found: Floats = (weights * line.calls * met).sum(axis=0)
    return found
