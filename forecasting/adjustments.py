"""What a scheduler knows beside the records: named layers over a forecast, each of which can be taken away again.

The model's own numbers are never overwritten: an adjusted forecast is worked out anew from them and the layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.language import Refusal, Text, plain
from domain.time import Span
from forecasting.forecast import Forecast

NUMBERS: Final = ["mean", "p10", "p90"]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Uplift:
    """More or fewer calls over a span: a campaign, a leak, a cold snap."""

    name: str
    span: Span
    factor: float
    """1.2: a fifth more."""
    queue: str | None = None
    """None: every queue."""

    def __post_init__(self) -> None:
        if not (isfinite(self.factor) and self.factor >= 0):
            words = Text("调整“{name}”的系数必须为非负数", "the factor of “{name}” must be zero or more")
            raise Refusal(words.filled(name=plain(self.name)))

    def over(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with this layer."""
        here = (rows["start"] >= self.span.start) & (rows["start"] < self.span.end)
        return _scaled(rows, here.to_numpy(), self.factor)


@dataclass(frozen=True, slots=True)
class DayTotal:
    """So many calls on a day, spread over it as the forecast says."""

    name: str
    day: date
    calls: float
    queue: str | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.calls) and self.calls >= 0):
            words = Text("调整“{name}”的来电数必须为非负数", "the calls of “{name}” must be zero or more")
            raise Refusal(words.filled(name=plain(self.name)))

    def over(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with this layer; a day without any calls foreseen gets them evenly."""
        here = np.array([moment.date() == self.day for moment in rows["start"]], dtype=bool)
        total = float(rows.loc[here, "mean"].sum())
        if total or not here.any():
            return _scaled(rows, here, self.calls / total if total else 1.0)
        flat = rows.copy()
        flat.loc[here, NUMBERS] = self.calls / int(here.sum())
        return flat


Layer = Uplift | DayTotal


def adjusted(forecast: Forecast, layers: Sequence[Layer]) -> Forecast:
    """The forecast under all layers, in their order; a layer over days or queues that are not there is refused."""
    _refuse_strangers(forecast, layers)
    tables = []
    for queue in forecast.queues:
        rows = forecast.of(queue)
        for layer in _for(queue, layers):
            rows = layer.over(rows)
        tables.append(rows)
    return replace(forecast, frame=pd.concat(tables, ignore_index=True))


def without(layers: Sequence[Layer], name: str) -> tuple[Layer, ...]:
    """The layers but those of a name."""
    return tuple(layer for layer in layers if layer.name != name)


def _for(queue: str, layers: Iterable[Layer]) -> Iterable[Layer]:
    return (layer for layer in layers if layer.queue in (None, queue))


def _scaled(rows: pd.DataFrame, here: Mask, factor: float) -> pd.DataFrame:
    scaled = rows.copy()
    scaled.loc[here, NUMBERS] = rows.loc[here, NUMBERS] * factor
    return scaled


def _refuse_strangers(forecast: Forecast, layers: Sequence[Layer]) -> None:
    starts = forecast.frame["start"]
    first, last = min(starts), max(starts)
    for layer in layers:
        if layer.queue is not None and layer.queue not in forecast.queues:
            words = Text("调整“{name}”的队列“{queue}”不在预测中", "“{name}” is for “{queue}”, which is not forecast")
            raise Refusal(words.filled(name=plain(layer.name), queue=plain(layer.queue)))
        inside = (
            layer.span.start <= last and layer.span.end > first
            if isinstance(layer, Uplift)
            else first.date() <= layer.day <= last.date()
        )
        if not inside:
            words = Text("调整“{name}”不在预测的日期内", "“{name}” lies outside the days of the forecast")
            raise Refusal(words.filled(name=plain(layer.name)))
