"""Erlang B, C and A, exact and over whole arrays.

Erlang B and C: A. K. Erlang (1917). Erlang A (impatient callers): C. Palm (1957); O. Garnett, A. Mandelbaum, M. Reiman,
Manufacturing & Service Operations Management 4 (2002); A. Mandelbaum, S. Zeltyn (2005), "building blocks" J and E.
All rates are calls per second, all times seconds; arrays broadcast. Zero calls and zero agents are allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from domain.language import Refusal, Text

Floats = npt.NDArray[np.floating]
Numbers = npt.ArrayLike

ENDLESS: Final = 1e6
"""Patience of so many handle times is as good as endless: Erlang C holds where the work can be done at all."""
LONG: Final = 1e5
SERIES_PRECISION: Final = 1e-17
SERIES_TERMS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Service:
    """What callers meet: shares of all offered calls, seconds, and the share of time that agents talk."""

    service_level: Floats
    """Answered within the time limit, over all offered calls."""
    abandoned: Floats
    p_wait: Floats
    """Probability that a caller finds all agents busy."""
    mean_wait_s: Floats
    """Mean wait of all offered calls, also of those who hang up; infinite where the queue never ends."""
    occupancy: Floats
    overloaded: npt.NDArray[np.bool_]
    """More work comes in than the agents can do."""


def erlang_b(load: Numbers, lines: Numbers) -> Floats:
    """Share of calls that find every line busy and are lost. Load in erlang, whole lines."""
    load, lines = np.broadcast_arrays(np.asarray(load, dtype=float), np.asarray(lines, dtype=float))
    return np.where(load > 0, np.exp(-_log_inverse_b(np.where(load > 0, load, 1.0), lines)), (lines == 0) * 1.0)


def fewest_lines(load: Numbers, served: float) -> npt.NDArray[np.int64]:
    """The fewest lines on which so large a share of the calls finds one free (a line answered by a machine)."""
    if not 0 < served < 1:
        raise Refusal(Text("目标比例应在0到1之间", "a share of calls lies between 0 and 1"))
    offered = np.atleast_1d(np.asarray(load, dtype=float))
    low, high = np.full(len(offered), -1.0), np.ceil(offered + 4 * np.sqrt(offered) + 8)
    while (short := erlang_b(offered, high) > 1 - served).any():
        high = np.where(short, 2 * high, high)
    while (high - low > 1).any():
        middle = np.where(high - low > 1, np.floor((low + high) / 2), high)
        enough = erlang_b(offered, middle) <= 1 - served
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(offered > 0, high, 0.0).astype(np.int64)


def erlang_c(calls_per_s: Numbers, handle_s: Numbers, agents: Numbers, within_s: Numbers) -> Service:
    """Callers wait for ever: the share served in time, the wait and the occupancy."""
    rate, handle, agents, within = _broadcast(calls_per_s, handle_s, agents, within_s)
    load = rate * handle
    overloaded = (load >= agents) & (load > 0)
    calm = np.where(overloaded, 0.0, load)
    heads = np.where(agents > 0, agents, 1.0)
    blocked = erlang_b(calm, heads)
    waits = np.where(overloaded, 1.0, blocked / (1 - calm / heads * (1 - blocked)))
    spare = np.where(overloaded, 1.0, (heads - calm) / handle)
    return Service(
        service_level=np.where(overloaded, 0.0, 1 - waits * np.exp(-spare * within)),
        abandoned=np.zeros_like(load),
        p_wait=np.where(load > 0, waits, 0.0),
        mean_wait_s=np.where(overloaded, np.inf, np.where(load > 0, waits / spare, 0.0)),
        occupancy=np.where(overloaded, 1.0, calm / heads),
        overloaded=overloaded,
    )


def erlang_a(
    calls_per_s: Numbers, handle_s: Numbers, patience_s: Numbers, agents: Numbers, within_s: Numbers
) -> Service:
    """Callers hang up after an exponential patience of the given mean."""
    rate, handle, patience, agents, within = _broadcast(calls_per_s, handle_s, patience_s, agents, within_s)
    staffed = (rate > 0) & (agents > 0)
    busy, heads = np.where(staffed, rate, 1.0), np.where(staffed, agents, 1.0)
    endless = (patience > ENDLESS * handle) & (rate * handle < agents)
    # where Erlang C holds, Erlang A is worked out at a patience that costs little
    mortal = np.where(endless, handle, np.minimum(patience, ENDLESS * handle))
    part = _patient(busy, handle, mortal, heads, within)
    if endless.any():
        part = _chosen(endless, erlang_c(busy, handle, heads, within), part)
    none = (rate > 0) & (agents == 0)
    load = rate * handle
    return Service(
        service_level=np.where(staffed, part.service_level, np.where(none, 0.0, 1.0)),
        abandoned=np.where(staffed, part.abandoned, none * 1.0),
        p_wait=np.where(staffed, part.p_wait, none * 1.0),
        mean_wait_s=np.where(staffed, part.mean_wait_s, np.where(none, patience, 0.0)),
        occupancy=np.where(staffed, part.occupancy, 0.0),
        overloaded=load > agents,
    )


def _chosen(here: npt.NDArray[np.bool_], one: Service, other: Service) -> Service:
    return Service(*(np.where(here, getattr(one, field.name), getattr(other, field.name)) for field in fields(Service)))


def _patient(rate: Floats, handle: Floats, patience: Floats, agents: Floats, within: Floats) -> Service:
    """Erlang A where there are calls and agents.

    With offered wait V, calls per patience h = rate * patience and c = agents * patience / handle:
    rate * J = h * S(c, h); P(V > 0) = rate J / (E + rate J); E = 1 / B(agents - 1);
    answered after a wait: h * S(c + 1, h).
    """
    per_patience, c = rate * patience, agents * patience / handle
    log_e = _log_inverse_b(rate * handle, agents - 1)
    log_j = np.log(per_patience) + _log_s(c, per_patience)
    log_whole = np.logaddexp(log_e, log_j)
    left = per_patience * np.exp(-within / patience)
    drift = per_patience - left - agents * within / handle
    log_served = np.log(per_patience) + _log_s(c + 1, per_patience)
    log_late = np.log(per_patience) + drift - within / patience + _log_s(c + 1, left)
    served_late = np.exp(log_served - log_whole)
    in_time = np.exp(log_e - log_whole) + served_late - np.exp(log_late - log_whole)
    abandoned = np.clip(np.exp(log_j - log_whole) - served_late, 0.0, 1.0)
    return Service(
        service_level=np.clip(in_time, 0.0, 1.0),
        abandoned=abandoned,
        p_wait=np.exp(log_j - log_whole),
        mean_wait_s=abandoned * patience,
        occupancy=rate * handle * (1 - abandoned) / agents,
        overloaded=rate * handle > agents,
    )


def _log_inverse_b(load: Floats, lines: Floats) -> Floats:
    """Log of 1 / Erlang B: Poisson tail over Poisson point, by recursion where the tail is too small to tell."""
    log_point = special.xlogy(lines, load) - load - special.gammaln(lines + 1)
    tail = special.gammaincc(lines + 1, load)
    safe = tail > 1e-250
    result = np.where(safe, np.log(np.where(safe, tail, 1.0)) - log_point, 0.0)
    if not safe.all():
        result = np.array(result)
        result[~safe] = _log_inverse_b_by_steps(load[~safe], lines[~safe])
    return np.maximum(result, 0.0)


def _log_inverse_b_by_steps(load: Floats, lines: Floats) -> Floats:
    """1/B(n) = 1 + n / load / B(n - 1), in logs."""
    value = np.zeros_like(load)
    for number in range(1, int(lines.max(initial=0)) + 1):
        value = np.where(number <= lines, np.logaddexp(0.0, np.log(number / load) + value), value)
    return value


def _log_s(c: Floats, x: Floats) -> Floats:
    """Log of the sum over k of x^k / (c (c+1) ... (c+k)) = exp(x) x^-c gamma(c, x), the incomplete gamma function."""
    c, x = np.broadcast_arrays(c, x)
    result = np.empty(c.shape)
    # just below c the series needs as many terms as c has: there the incomplete gamma function is far from zero too
    steep = (x > c) | ((c > LONG) & (x > c - np.sqrt(c)))
    result[steep] = (
        x[steep]
        - special.xlogy(c[steep], x[steep])
        + special.gammaln(c[steep])
        + np.log(special.gammainc(c[steep], x[steep]))
    )
    result[~steep] = np.log(_series(c[~steep], x[~steep]))
    return result


def _series(c: Floats, x: Floats) -> Floats:
    """The sum itself where its terms fall from the start."""
    term = 1 / c
    total = term.copy()
    for k in range(1, SERIES_TERMS):
        term = term * (x / (c + k))
        total += term
        if not np.any(term > SERIES_PRECISION * total):
            break
    return total


def _broadcast(*numbers: Numbers) -> tuple[Floats, ...]:
    """The numbers as arrays of one shape; what is not finite is refused."""
    arrays = np.broadcast_arrays(*(np.atleast_1d(np.asarray(number, dtype=float)) for number in numbers))
    if not all(np.isfinite(array).all() for array in arrays):
        raise Refusal(Text("参数必须为有限数", "rates, times and agents must be finite"))
    return tuple(arrays)
