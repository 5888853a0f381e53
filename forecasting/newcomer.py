"""A new site without a history of its own: the shape of similar sites, sized by households.

Calls per household of the similar sites are averaged interval by interval, each site weighing more the nearer it is in
size; the band is wider by how much the sites differ among themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from domain.language import Refusal, Text, plain
from forecasting.forecast import Forecast
from forecasting.scenarios import Z90

NEAR: Final = 1.0
"""Sites whose sizes differ by a factor of e weigh e times less."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A site that is known, and how many households it has."""

    forecast: Forecast
    households: int


def newcomer(similar: Sequence[Similar], households: int) -> Forecast:
    """The forecast of a site of so many households; each queue from the sites that have it, over the same intervals."""
    _refuse(similar, households)
    model = similar[0].forecast
    queues = dict.fromkeys(queue for site in similar for queue in site.forecast.queues)
    tables = [
        _queue([site for site in similar if queue in site.forecast.queues], queue, households) for queue in queues
    ]
    return replace(model, frame=pd.concat(tables, ignore_index=True), weights={})


def _queue(similar: Sequence[Similar], queue: str, households: int) -> pd.DataFrame:
    rows = [site.forecast.of(queue).reset_index(drop=True) for site in similar]
    sizes = np.array([site.households for site in similar], dtype=float)
    weights = np.exp(-np.abs(np.log(sizes / households)) / NEAR)
    weights /= weights.sum()
    means = np.stack([each["mean"].to_numpy(dtype=float) for each in rows]) / sizes[:, None] * households
    mean = weights @ means
    factor = float(np.sqrt(weights @ (means.sum(axis=1) / max(mean.sum(), 1e-9) - 1) ** 2))
    below, above = (_side(rows, sizes, weights, households, name) for name in ("p10", "p90"))
    apart = factor * mean * Z90
    low, high = np.maximum(mean - np.hypot(below, apart), 0.0), mean + np.hypot(above, apart)
    return rows[0].assign(mean=mean, p10=low, p90=high, handle_s=_handle_s(similar, queue, weights))


def _handle_s(similar: Sequence[Similar], queue: str, weights: np.ndarray) -> np.ndarray | float:
    """The mean handle seconds of the sites that tell them."""
    told = {number: site.forecast.handle_s(queue) for number, site in enumerate(similar)}
    known = [number for number, seconds in told.items() if seconds is not None]
    if not known:
        return np.nan
    return np.average([told[number] for number in known], axis=0, weights=weights[known])


def _side(
    rows: Sequence[pd.DataFrame], sizes: np.ndarray, weights: np.ndarray, households: int, name: str
) -> np.ndarray:
    """The mean distance of a quantile from the mean: chance shrinks with the root of the size."""
    far = np.abs(np.stack([(each[name] - each["mean"]).to_numpy(dtype=float) for each in rows]))
    found: np.ndarray = weights @ (far * np.sqrt(households / sizes)[:, None])
    return found


def _refuse(similar: Sequence[Similar], households: int) -> None:
    if not similar:
        raise Refusal(Text("至少需要一个相似站点", "one similar site at least is needed"))
    if households <= 0 or any(site.households <= 0 for site in similar):
        raise Refusal(Text("户数必须为正数", "households must be positive"))
    first = similar[0].forecast
    starts = set(first.of(first.queues[0])["start"])
    for site in similar[1:]:
        for queue in site.forecast.queues:
            if set(site.forecast.of(queue)["start"]) != starts:
                words = Text("队列“{queue}”的预测时段不一致", "the intervals forecast for “{queue}” are not the same")
                raise Refusal(words.filled(queue=plain(queue)))
