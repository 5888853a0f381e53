"""Call-backs: work that can wait, but not for ever. Laid into the troughs of the day, second tries on another day.

House rule S12: all complaints, chargeable repairs and conversions, and emergencies are called back; emergencies closed
by the next morning that afternoon, others within five days of completion; a failed try is repeated on another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from domain.language import Refusal, Text

Floats = npt.NDArray[np.float64]

NOON, EVENING = time(12), time(18)
DAYS: Final = 5
WEEKS: Final = 8
"""Weeks from which the orders of a weekday are foreseen."""


class OrderKind(StrEnum):
    """What was done for the customer."""

    COMPLAINT = "complaint"
    CHARGEABLE = "chargeable"
    CONVERSION = "conversion"
    EMERGENCY = "emergency"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders of a kind that were, or will be, closed at a moment; expected ones need not be whole."""

    kind: OrderKind
    closed: datetime
    count: float = 1.0

    def days(self, zone: tzinfo) -> tuple[date, ...]:
        """The days on which they may be called, from the first to the last."""
        closed = self.closed.astimezone(zone)
        if self.kind is OrderKind.EMERGENCY:
            return (closed.date() + timedelta(days=closed.time() >= NOON),)
        return tuple(closed.date() + timedelta(days=number) for number in range(DAYS + 1))


@dataclass(frozen=True, slots=True)
class CallBacks:
    """How call-backs go: seconds a try takes, the share of tries that reach somebody, and how many are made."""

    handle_s: float
    reach: float = 0.7
    tries: int = 2

    def __post_init__(self) -> None:
        if not (self.handle_s > 0 and 0 < self.reach <= 1 and self.tries >= 1):
            words = Text(
                "回访时长须为正, 接通率在0到1之间, 至少一次",
                "a try takes time, reaches a share between 0 and 1, and there is one at least",
            )
            raise Refusal(words)


@dataclass(frozen=True, slots=True)
class Laid:
    """Call-backs over the intervals of a span."""

    heads: Floats
    """[interval]: agents busy with them."""
    rate: float
    """Expected share of the orders whose customer is reached in time."""
    left_over: float
    """Expected tries for which the span has no open interval in time."""


@dataclass(frozen=True, slots=True)
class _Try:
    """Expected tries, and the days on which they can be made."""

    first: date
    last: date
    count: float
    afternoon: bool


def lay(
    orders: Sequence[Orders], how: CallBacks, starts: Sequence[datetime], interval_s: float, load: npt.ArrayLike
) -> Laid:
    """Lay the tries where least is to do, the earliest due first.

    `load`: [interval], heads wanted there for calls; NaN where nobody may call (closed, or too early in the day). All
    tries of a window are poured over its intervals like water, so that the highest load grows least.
    """
    busy = np.array(load, dtype=float)
    extra, left = np.zeros(len(busy)), 0.0
    days = np.array([moment.date() for moment in starts], dtype=object)
    hours = np.array([moment.time() for moment in starts], dtype=object)
    zone = starts[0].tzinfo or UTC if len(starts) else UTC
    tries = sorted(_tries(orders, how, zone), key=lambda each: (each.last, each.first))
    for each in tries:
        open_ = ~np.isnan(busy) & (days >= each.first) & (days <= each.last)
        if each.afternoon:
            open_ &= (hours >= NOON) & (hours < EVENING)
        if not open_.any():
            left += each.count
            continue
        poured = _poured(busy[open_], each.count * how.handle_s / interval_s)
        busy[open_] += poured
        extra[open_] += poured
    made = sum(order.count for order in orders)
    reached = sum(order.count * _rate(order, how, zone) for order in orders)
    return Laid(extra, reached / made if made else 1.0, left)


def expected(past: Iterable[Orders], days: Iterable[date], until: date, zone: tzinfo) -> list[Orders]:
    """The orders of days to come: the mean of the same weekday over the last weeks, closed at noon."""
    counts: dict[tuple[OrderKind, int], float] = {}
    for order in past:
        day = order.closed.astimezone(zone).date()
        if 0 <= (until - day).days < 7 * WEEKS:
            key = order.kind, day.weekday()
            counts[key] = counts.get(key, 0.0) + order.count / WEEKS
    return [
        Orders(kind, datetime.combine(day, time(11, 59), zone), count)
        for day in days
        for (kind, weekday), count in sorted(counts.items())
        if weekday == day.weekday()
    ]


def _tries(orders: Iterable[Orders], how: CallBacks, zone: tzinfo) -> Iterator[_Try]:
    """Every try of every order: the days are shared out among the tries, each with those not reached before."""
    for order in orders:
        days = order.days(zone)
        rounds = min(how.tries, len(days))
        for number, part in enumerate(np.array_split(np.array(days, dtype=object), rounds)):
            left = order.count * (1 - how.reach) ** number
            yield _Try(part[0], part[-1], left, order.kind is OrderKind.EMERGENCY)


def _rate(order: Orders, how: CallBacks, zone: tzinfo) -> float:
    return float(1 - (1 - how.reach) ** min(how.tries, len(order.days(zone))))


def _poured(level: Floats, amount: float) -> Floats:
    """So much water over a ground: all is raised to one level, and what lies above it stays dry."""
    order = np.sort(level)
    heights = (amount + np.cumsum(order)) / np.arange(1, len(order) + 1)
    wet = int(np.flatnonzero(heights >= order)[-1])
    found: Floats = np.maximum(heights[wet] - level, 0.0)
    return found
