"""What each further head is worth: the calls that it answers beyond those before it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecasting.erlang import erlang_a
from forecasting.staffing import QUANTILE_WEIGHTS, Demand

Floats = npt.NDArray[np.floating]


def worth(calls: Floats, interval_s: float, demand: Demand, heads: npt.ArrayLike, shrinkage: float = 0.0) -> Floats:
    """[interval, head]: expected calls that the first, second ... rostered head answers more than one fewer.

    `calls`: shape (3, intervals), the 10 % quantile, the mean and the 90 % quantile; `heads`: rostered heads of each
    interval, of which the share `shrinkage` is away. Columns beyond the heads of an interval are zero. It never rises
    from one head to the next: Erlang A's answered calls are concave in the agents.
    """
    wanted = np.asarray(heads, dtype=int)
    most = int(wanted.max(initial=0))
    answered = np.stack([_answered(calls, interval_s, demand, float(agents)) for agents in range(most + 2)])
    places = np.arange(most + 1) * (1 - shrinkage)
    below = np.floor(places).astype(int)
    share = (places - below)[:, None]
    at = (1 - share) * answered[below] + share * answered[below + 1]
    gains: Floats = np.minimum.accumulate(np.maximum(np.diff(at, axis=0), 0.0), axis=0).T
    gains[np.arange(most)[None, :] >= wanted[:, None]] = 0.0
    return gains


def _answered(calls: Floats, interval_s: float, demand: Demand, agents: float) -> Floats:
    """[interval]: expected calls answered by so many agents, over the distribution of the calls."""
    if agents == 0:
        return np.zeros(calls.shape[1])
    weights = np.array(QUANTILE_WEIGHTS)[:, None]
    lost = erlang_a(calls / interval_s, demand.handle_s, demand.patience_s, np.full(calls.shape, agents), 0.0).abandoned
    found: Floats = (weights * calls * (1 - lost)).sum(axis=0)
    return found
