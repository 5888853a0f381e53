"""A month of calls under a given staffing, call by call: what callers would meet.

Rates that vary, agents who come, go and pause, handle times that are not exponential, callers who hang up and call
again, agents who help out in another queue, lines that run out: what no formula says together. Where Erlang A is exact
(tests/forecasting/test_simulate.py) the two agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.random import Generator

from domain.language import Refusal, Text
from forecasting.kernels import centre
from forecasting.kernels.centre import ANSWERED

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TRIES: Final = 4
"""A caller who was not served tries so many times at most."""
NO_LIMIT: Final = 2**40


@dataclass(frozen=True, slots=True)
class Callers:
    """How those behave who call one queue; seconds."""

    handle_s: float | npt.NDArray[np.floating]
    """The mean: one number, or one for each interval in which calls come."""
    patience_s: float
    handle_spread: float = 1.3
    """Standard deviation of handle times over their mean; one would be exponential (Brown et al., JASA 100, 2005)."""
    again: float = 0.0
    """Share of those who were not served that call again."""
    again_after_s: float = 600.0
    overflow_s: float = float("inf")
    """The longest wait before a call is sent on: to voicemail, to another site, to a machine."""
    within_s: float = 20.0
    """Answered within so many seconds is answered in time."""
    concurrent: int = 1
    """Contacts that an agent serves at the same time."""

    def __post_init__(self) -> None:
        handled = bool((np.asarray(self.handle_s) > 0).all())
        whole = handled and self.patience_s > 0 and self.handle_spread > 0 and self.again_after_s > 0
        if not whole or not 0 <= self.again <= 1 or self.overflow_s < 0:
            words = Text(
                "处理时长、耐心和重拨间隔必须为正数, 重拨比例在0到1之间",
                "times must be positive, and the share that calls again lies between 0 and 1",
            )
            raise Refusal(words)


@dataclass(frozen=True, slots=True)
class Group:
    """Agents who serve the same queues: how many are there at each minute, and which queues come first to them."""

    queues: tuple[str, ...]
    """The first is their own; in the others they help out while nobody waits in an earlier one."""
    heads: Ints
    """[minute of the span]."""


@dataclass(frozen=True, slots=True)
class Centre:
    """What callers call: from when on, who is there, and how many calls the lines hold at once."""

    start: datetime
    callers: Mapping[str, Callers]
    groups: Sequence[Group]
    lines: int | None = None

    def slots(self, group: Group) -> Group:
        """The agents of a group as the contacts that they can serve at the same time."""
        times = {self.callers[queue].concurrent for queue in group.queues if queue in self.callers}
        if len(times) > 1:
            words = Text(
                "同一组坐席的各队列同时服务数不同, 无法合并模拟",
                "agents who serve calls and chats together cannot be simulated: leave the pool out",
            )
            raise Refusal(words)
        return replace(group, heads=group.heads * (times.pop() if times else 1))


@dataclass(frozen=True, slots=True)
class Calls:
    """What became of every call, in the order in which they came; seconds from the start of the span."""

    queues: tuple[str, ...]
    queue: Ints
    """[call]: the number of its queue."""
    came: Floats
    wait: Floats
    outcome: Ints
    """[call]: `forecasting.kernels.centre.ANSWERED` and the following."""
    attempt: Ints
    """[call]: 0 for a first call, 1 and on for callers who call again."""
    busy_s: Mapping[int, float] = field(default_factory=dict)
    """Seconds that each group talked."""

    def of(self, queue: str) -> npt.NDArray[np.bool_]:
        """Which calls came to a queue."""
        return np.asarray(self.queue == self.queues.index(queue))

    @property
    def answered(self) -> npt.NDArray[np.bool_]:
        """Which calls were served."""
        return np.asarray(self.outcome == ANSWERED)


def simulate(calls: Mapping[str, Floats], interval_s: float, at: Centre, randomly: Generator) -> Calls:
    """One path through the span. `calls`: of each queue, [interval], how many callers come; spread evenly over it."""
    queues = tuple(at.callers)
    start, queue = _arrivals(calls, interval_s, queues, randomly)
    callers = [at.callers[name] for name in queues]
    handle = _handle(start, interval_s, queue, callers, randomly)
    patience, again = _behaviour(queue, callers, randomly)
    overflow = np.array([at.callers[name].overflow_s for name in queues])
    rank = np.array([[_rank(group, name) for name in queues] for group in at.groups], dtype=np.int64)
    who, outcome, came, wait, by, attempt = centre.run(
        start, queue, handle, patience, again, overflow,
        *_moves([at.slots(group) for group in at.groups]), rank.reshape(-1, len(queues)),
        NO_LIMIT if at.lines is None else at.lines,
    )  # fmt: skip
    busy = {number: float(handle[who[by == number]].sum()) for number in range(len(at.groups))}
    return Calls(queues, queue[who], came, wait, outcome, attempt, busy)


def _arrivals(
    calls: Mapping[str, Floats], interval_s: float, queues: Sequence[str], randomly: Generator
) -> tuple[Floats, Ints]:
    """When each caller comes first, in order, and to which queue."""
    starts, numbers = [], []
    for number, name in enumerate(queues):
        counts = np.asarray(calls.get(name, np.zeros(0)), dtype=np.int64)
        begin = np.repeat(np.arange(len(counts)) * interval_s, counts)
        starts.append(begin + randomly.random(len(begin)) * interval_s)
        numbers.append(np.full(len(begin), number))
    start, queue = np.concatenate(starts), np.concatenate(numbers)
    order = np.argsort(start, kind="stable")
    return start[order], queue[order].astype(np.int64)


def _handle(start: Floats, interval_s: float, queue: Ints, callers: Sequence[Callers], randomly: Generator) -> Floats:
    """[caller]: handle time, lognormal about the mean of the interval in which the call came."""
    interval = (start // interval_s).astype(np.int64)
    mean, spread = np.empty(len(queue)), np.array([each.handle_spread for each in callers])[queue]
    for number, each in enumerate(callers):
        mine, told = queue == number, np.asarray(each.handle_s, dtype=float)
        mean[mine] = told[interval[mine]] if told.ndim else told
    log_variance = np.log1p(spread**2)
    log_mean = np.log(mean) - log_variance / 2
    found: Floats = np.exp(log_mean + np.sqrt(log_variance) * randomly.standard_normal(len(queue)))
    return found


def _behaviour(queue: Ints, callers: Sequence[Callers], randomly: Generator) -> tuple[Floats, Floats]:
    """[caller, attempt]: patience (exponential), and time to the next attempt."""
    patience, again, after = (
        np.array([getattr(each, name) for each in callers])[queue] for name in ("patience_s", "again", "again_after_s")
    )
    shape = (len(queue), TRIES)
    pause = after[:, None] * randomly.standard_exponential(shape)
    pause[randomly.random(shape) >= again[:, None]] = np.inf
    return patience[:, None] * randomly.standard_exponential(shape), pause


def _rank(group: Group, queue: str) -> int:
    return group.queues.index(queue) + 1 if queue in group.queues else 0


def _moves(groups: Sequence[Group]) -> tuple[Floats, Ints, Ints]:
    """When a group has how many agents from then on, by time; all go at the end."""
    at, who, heads = [], [], []
    for number, group in enumerate(groups):
        steps = np.flatnonzero(np.diff(group.heads, prepend=0))
        at.append(np.append(steps, len(group.heads)) * 60.0)
        who.append(np.full(len(steps) + 1, number))
        heads.append(np.append(group.heads[steps], 0))
    moments, order = np.concatenate([*at, np.zeros(0)]), None
    order = np.argsort(moments, kind="stable")
    return (
        moments[order],
        np.concatenate([*who, np.zeros(0)]).astype(np.int64)[order],
        np.concatenate([*heads, np.zeros(0)]).astype(np.int64)[order],
    )
