"""A picture of a solve: the best score and the proved bound as they came, over time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from api.report.pictures import Frame, svg
from domain.language import Language, Text
from scheduler.result import Progress, Result

SCORE_COLOUR, BOUND_COLOUR, BETWEEN = "#d64531", "#2f4b7c", "#f3d9d3"
HALF_A_STEP: Final = 0.25
"""Seconds below which the axis of time, a logarithm, does not go."""
XMLNS: Final = 'xmlns="http://www.w3.org/2000/svg"'
STYLE: Final = "<style>text{font:10.5px sans-serif;fill:#5b6475}</style>"


@dataclass(frozen=True, slots=True)
class Point:
    """What is known from a moment on."""

    seconds: float
    value: float


@dataclass(frozen=True, slots=True)
class Run:
    """How score and bound came along in a solve."""

    scores: tuple[Point, ...]
    bounds: tuple[Point, ...]
    seconds: float

    @classmethod
    def of(cls, moments: Iterable[Progress], result: Result) -> Run:
        """The steps of a solve to its result: scores fall, bounds rise."""
        moments = tuple(moments)
        scores = [Point(m.seconds, m.objective) for m in moments if m.objective is not None]
        scores += [Point(result.seconds, result.report.score)] if result.report else []
        bounds = [Point(m.seconds, m.bound) for m in moments] + [Point(result.seconds, result.bound)]
        return cls(_steps(scores, -1), _steps(bounds, 1), max(result.seconds, HALF_A_STEP))


def run_picture(run: Run, language: Language) -> str:
    """Both lines over time; between them lies what is not decided yet. Time and figures are drawn as logarithms."""
    frame = Frame(980, 240, left=70)
    if not run.scores:
        return svg(frame, [])
    low = max(1.0, min(point.value for point in (*run.bounds[-1:], *run.scores)))
    high = max(run.scores[0].value, low * 1.05)
    place = _Place(frame, run.seconds, low * 0.97, high * 1.03)
    score, bound = place.line(run.scores), place.line(run.bounds)
    return svg(
        frame,
        [
            *place.axes(),
            f'<path d="{place.between(run)}" fill="{BETWEEN}" opacity=".6"/>',
            _drawn(score, SCORE_COLOUR),
            _drawn(bound, BOUND_COLOUR),
            *place.dots(run.scores),
            _label(place, run.scores[-1], Text("评分", "score").said(language), SCORE_COLOUR, -6),
            _label(place, run.bounds[-1], Text("下界", "bound").said(language), BOUND_COLOUR, 14),
        ],
    )


def as_file(picture: str) -> str:
    """A picture as a file of its own."""
    return picture.replace("<svg ", f"<svg {XMLNS} ", 1).replace(">", f">{STYLE}", 1)


class _Place:
    """Where seconds and figures lie on the picture."""

    def __init__(self, frame: Frame, seconds: float, low: float, high: float) -> None:
        self.frame, self.seconds, self.low, self.high = frame, seconds, low, high

    def x(self, seconds: float) -> float:
        """Seconds, as a logarithm."""
        first, last = math.log(HALF_A_STEP), math.log(max(self.seconds, 2 * HALF_A_STEP))
        return self.frame.x((math.log(max(seconds, HALF_A_STEP)) - first) / (last - first))

    def y(self, value: float) -> float:
        """A figure, as a logarithm, kept within the picture."""
        kept = math.log(min(max(value, self.low), self.high) / self.low)
        return self.frame.y(kept / math.log(self.high / self.low))

    def line(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        """The corners of steps that hold until the next, to the end of the solve."""
        corners: list[tuple[float, float]] = []
        for point, after in pairwise([*points, Point(self.seconds, points[-1].value)]):
            corners += [(self.x(point.seconds), self.y(point.value)), (self.x(after.seconds), self.y(point.value))]
        return corners

    def between(self, run: Run) -> str:
        """The field between both lines, from the first score on."""
        first = run.scores[0].seconds
        known = [point for point in run.bounds if point.seconds <= first][-1:] or [Point(first, self.low)]
        later = [point for point in run.bounds if point.seconds > first]
        lower = self.line([Point(first, known[0].value), *later])
        return _path([*self.line(run.scores), *reversed(lower)]) + "Z"

    def dots(self, points: Sequence[Point]) -> list[str]:
        """A dot for each roster, with its figures."""
        return [
            f'<circle cx="{self.x(point.seconds)}" cy="{self.y(point.value)}" r="2.2" fill="{SCORE_COLOUR}">'
            f"<title>{point.seconds:.1f} s: {point.value:,.0f}</title></circle>"
            for point in points
        ]

    def axes(self) -> list[str]:
        """Lines at round figures and round seconds."""
        right, foot = self.frame.width - 6, self.frame.height - self.frame.bottom
        lines = [
            f'<path d="M{self.frame.left} {self.y(value)}H{right}" stroke="#e3e7ed"/>'
            f'<text x="{self.frame.left - 6}" y="{self.y(value) + 4}" text-anchor="end">{value:,.0f}</text>'
            for value in _round_figures(self.low, self.high)
        ]
        return lines + [
            f'<path d="M{self.x(at)} {self.frame.top}V{foot}" stroke="#eef1f5"/>'
            f'<text x="{self.x(at)}" y="{self.frame.height - 12}" text-anchor="middle">{at:g} s</text>'
            for at in (0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600)
            if at <= self.seconds * 0.97
        ]


def _steps(points: Iterable[Point], sign: int) -> tuple[Point, ...]:
    """The points at which something better was known than before; sign -1: less is better."""
    kept: list[Point] = []
    for point in points:
        if not kept or sign * point.value > sign * kept[-1].value:
            kept.append(point)
    return tuple(kept)


def _round_figures(low: float, high: float) -> list[float]:
    """Up to some ten figures of one digit or two between both."""
    whole = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for parts in ((1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 7, 8, 9), (1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1,)):
        figures = [part * 10**power for power in whole for part in parts if low <= part * 10**power <= high]
        if len(figures) <= 9:
            return figures
    return figures


def _path(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners)


def _drawn(corners: Iterable[tuple[float, float]], colour: str) -> str:
    return f'<path d="{_path(corners)}" fill="none" stroke="{colour}" stroke-width="1.8"/>'


def _label(place: _Place, last: Point, words: str, colour: str, below: int) -> str:
    x, foot = place.frame.width - 10, place.frame.height - place.frame.bottom
    y = min(place.y(last.value) + below, foot - 6)
    return f'<text x="{x}" y="{y:.1f}" text-anchor="end" style="fill:{colour}">{words} {last.value:,.0f}</text>'
