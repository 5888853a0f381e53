"""From calls to heads: the fewest agents that keep a target, also between whole numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from domain.language import Refusal, Text, plain
from forecasting.erlang import erlang_a

Floats = npt.NDArray[np.floating]

QUANTILE_WEIGHTS: Final = (0.3, 0.4, 0.3)
"""Weights of the 10 %, 50 % and 90 % quantile (Keefer and Bodily, Management Science 29, 1983)."""


USUAL_HANDLE_S: Final = 240.0
"""Where neither a site nor its records tell the handle time."""
MOST_ERLANGS: Final = 50_000
"""No centre of the world has as many agents; a larger load is a mistake in the numbers."""


@dataclass(frozen=True, slots=True)
class Target:
    """What callers should meet: a share of calls answered, or answered within some seconds."""

    share: float
    within_s: float | None = None
    monthly: bool = False
    """Met over the month, each head where it helps most; otherwise in every interval."""

    def __post_init__(self) -> None:
        if not 0 < self.share < 1 or not 0 <= (self.within_s or 0) < inf:
            raise Refusal(Text("目标比例应在0与1之间", "a target's share lies between 0 and 1"))

    @classmethod
    def parse(cls, words: str) -> Self:
        """Read `answered:0.90` or `sl:0.80/20`; with `@month` behind it is met over the month."""
        found = re.fullmatch(r"(?:answered:(0?\.\d+)|sl:(0?\.\d+)/(\d+(?:\.\d+)?))(@month)?", words.strip())
        if not found:
            message = Text(
                "“{words}”不是目标, 应写作 answered:0.90 或 sl:0.80/20, 按月达标时加 @month",
                "“{words}” is not a target; write answered:0.90 or sl:0.80/20, with @month behind for the whole month",
            )
            raise Refusal(message.filled(words=plain(words)))
        monthly = found[4] is not None
        return cls(float(found[1]), None, monthly) if found[1] else cls(float(found[2]), float(found[3]), monthly)

    def met(self, calls: Floats, interval_s: float, demand: Demand, agents: Floats) -> Floats:
        """The share of calls served as the target says."""
        servers = agents * demand.concurrent
        service = erlang_a(calls / interval_s, demand.handle_s, demand.patience_s, servers, self.within_s or 0.0)
        return 1 - service.abandoned if self.within_s is None else service.service_level


@dataclass(frozen=True, slots=True)
class Demand:
    """Callers of one queue: mean handle time and mean patience, seconds."""

    handle_s: float | Floats
    """One number, or one for each interval."""
    patience_s: float
    concurrent: int = 1
    """Contacts that an agent serves at the same time: one call, but two or three chats."""

    def __post_init__(self) -> None:
        if self.concurrent < 1:
            raise Refusal(Text("同时服务数至少为1", "an agent serves one contact at least at a time"))
        handle = np.asarray(self.handle_s)
        if not ((handle > 0) & (handle < inf)).all() or not 0 < self.patience_s < inf:
            raise Refusal(
                Text("处理时长和耐心时长必须为有限正数", "handle time and patience must be positive and finite")
            )

    def load(self, calls: Floats, interval_s: float) -> Floats:
        """[interval]: agents who would be busy all the time with so many calls."""
        found: Floats = calls / interval_s * self.handle_s / self.concurrent
        return found


@dataclass(frozen=True, slots=True)
class Heads:
    """Agents on the phone per interval: the whole number that keeps the target, and the point between two."""

    whole: Floats
    fractional: Floats


def staff(calls: npt.ArrayLike, interval_s: float, demand: Demand, target: Target) -> Heads:
    """The fewest agents for each interval.

    `calls`: shape (intervals,), or (3, intervals) with the 10 % quantile, the mean and the 90 % quantile: then the
    target is kept over the distribution, not just at its middle.
    """
    points = np.atleast_2d(np.asarray(calls, dtype=float))
    if (points < 0).any() or not np.isfinite(points).all():
        raise Refusal(Text("来电数必须为非负数", "calls must be zero or more"))
    load = demand.load(np.max(points, axis=0), interval_s)
    if load.max(initial=0.0) > MOST_ERLANGS:
        words = Text("来电负荷达{load}爱尔兰, 请核对数字", "the calls make a load of {load} erlang; check the numbers")
        raise Refusal(words.filled(load=plain(f"{load.max():.3g}")))
    weights = np.array(QUANTILE_WEIGHTS if len(points) == 3 else (1.0,))[:, None] * points
    offered = weights.sum(axis=0)

    def met(agents: Floats) -> Floats:
        served = weights * target.met(points, interval_s, demand, agents[None, :])
        return np.where(offered > 0, served.sum(axis=0) / np.where(offered > 0, offered, 1.0), 1.0)

    return _fewest(met, load, target.share)


def _fewest(met: Callable[[Floats], Floats], load: Floats, share: float) -> Heads:
    """Bisection over whole agents, all intervals at once, then the straight line between the last two."""
    high = np.ceil(load + 4 * np.sqrt(load) + 1)
    while (short := met(high) < share).any():
        high = np.where(short, 2 * high, high)
    low = np.full_like(high, -1.0)
    while (open_ := high - low > 1).any():
        middle = np.where(open_, np.floor((low + high) / 2), high)
        enough = met(middle) >= share
        low, high = np.where(open_ & ~enough, middle, low), np.where(open_ & enough, middle, high)
    below, at = met(np.maximum(high - 1, 0.0)), met(high)
    step = np.where(at > below, (share - below) / np.where(at > below, at - below, 1.0), 1.0)
    return Heads(high, np.where(high > 0, high - 1 + np.clip(step, 0.0, 1.0), 0.0))
