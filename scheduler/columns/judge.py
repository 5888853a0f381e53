"""What a count costs: nothing between its bounds, the price of the gap outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from constraints.price import Price
from constraints.shapes import Cover, Sum

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Judge:
    """What a total costs: nothing between the bounds, the price of the gap outside, or it cannot be."""

    low: int | None
    high: int | None
    constant: int
    """What history already adds."""
    price: Price | None
    weight: int

    @classmethod
    def of(cls, shape: Sum, constant: int) -> Judge:
        """The judge of a sum; what history has too much is nobody's fault any more."""
        high = None if shape.high is None else max(shape.high, constant)
        return cls(shape.low, high, constant, shape.price, shape.weight)

    @classmethod
    def of_heads(cls, shape: Cover, always: int) -> Judge:
        """The judge of a cover's heads, history's counted in: what it has too many, or counts against, is forgiven."""
        forgiven = max(0, -always, 0 if shape.high is None else always - shape.high)
        low = None if shape.low is None else shape.low - forgiven
        high = None if shape.high is None else shape.high + forgiven
        return cls(low, high, 0, shape.price, shape.weight)

    def gap(self, value: int) -> int:
        """Units outside the bounds."""
        total = value + self.constant
        if self.low is not None and total < self.low:
            return self.low - total
        return max(0, total - self.high) if self.high is not None else 0

    def cost(self, value: int) -> float:
        """The price of what the horizon adds."""
        gap = self.gap(value)
        if not gap:
            return 0.0
        return NEVER if self.price is None else float(self.weight * self.price.of(gap))

    def gaps(self, values: Ints) -> Ints:
        """[value]: units outside the bounds."""
        total = values + self.constant
        low = 0 if self.low is None else np.maximum(self.low - total, 0)
        high = 0 if self.high is None else np.maximum(total - self.high, 0)
        return np.zeros_like(values) + low + high

    def costs(self, values: Ints) -> Floats:
        """[value]: the price of what the horizon adds."""
        gaps = self.gaps(values)
        if self.price is None:
            return np.where(gaps > 0, NEVER, 0.0)
        cost, left = np.zeros(len(values)), gaps
        for step in self.price.steps:
            part = left if step.units is None else np.minimum(left, step.units)
            cost += part * float(self.weight * step.each)
            left = left - part
        return cost

    def linear(self, most: int, least: int) -> float | None:
        """The price of each further unit, if it is the same from the least to the most."""
        if least < 0 or self.low is not None or self.high is None:
            return None
        if most + self.constant <= self.high:
            return 0.0
        if self.price is None or len(self.price.steps) > 1 or self.high > self.constant:
            return None
        return float(self.weight * self.price.steps[0].each)
