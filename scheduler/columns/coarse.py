"""People priced more coarsely, and several times faster, for the bound: hours counted in duties.

A sum that pricing counts on the way, such as the minutes of a month, may have hundreds of totals. Counted in its
smallest part, a duty, it has some tens, each with the least price of any total that so many parts can make. That is
never more than the true price: every bound stays a bound; in site-months the linear programme loses nothing by it.
"""

from __future__ import annotations

import copy
import math

import numpy as np

from scheduler.columns.compile import Compiled
from scheduler.columns.judge import NEVER
from scheduler.columns.meters import Meter
from scheduler.columns.person import Person
from scheduler.columns.pricing import Pricer


class CoarseMeter(Meter):
    """Counts parts of a fine meter's smallest weight; a count costs the least of all totals that it can stand for."""

    def __init__(self, fine: Meter) -> None:
        some = fine.weights[fine.weights > 0]
        parts = fine.weights // int(some.min())
        each = some / parts[fine.weights > 0]
        most = int(parts.max(axis=1).sum())
        super().__init__(parts, (), (0, most), [])
        lowest, highest = float(each.min()), float(each.max())
        ranges = [
            range(math.ceil(count * lowest / fine.unit), math.floor(count * highest / fine.unit) + 1)
            for count in range(most + 1)
        ]
        self._costs = [min((fine.cost(units * fine.unit) for units in units_of), default=NEVER) for units_of in ranges]

    @property
    def most(self) -> int:
        """The largest count that can be."""
        return max((count for count, cost in enumerate(self._costs) if cost < NEVER), default=0)

    def cost(self, value: int) -> float:
        """The least that so many parts can cost."""
        return self._costs[value] if value < len(self._costs) else NEVER


def coarsened(compiled: Compiled) -> Compiled:
    """The same problem with the sums of all people counted coarsely where that is shorter; prices are from below."""
    coarse = copy.copy(compiled)
    coarse.people = [_coarse(person) for person in compiled.people]
    return coarse


def _coarse(person: Person) -> Person:
    meters = [_shorter(meter) for meter in person.counted]
    if all(meter is old for meter, old in zip(meters, person.counted, strict=True)):
        return person
    other = copy.copy(person)
    other.counted = tuple(sorted(meters, key=lambda meter: meter.size))
    other.pricer = Pricer(person.reading, person.machine, other.counted)
    other.add_anew()
    return other


def _shorter(meter: Meter) -> Meter:
    if meter.marks or meter.bounds[0] < 0 or not np.any(meter.weights > 0):
        return meter
    coarse = CoarseMeter(meter)
    return coarse if 2 * coarse.size < meter.size else meter
