"""How good past forecasts would have been, as a picture: the error of each month, beside yardstick and chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Final

from api.report.pictures import Frame
from domain.language import Language, Text
from forecasting.backtest import YARDSTICK, Score
from forecasting.models import ENSEMBLE

STEP: Final = 0.2
OURS, THEIRS, FLOOR = "#3b6ea8", "#c9d3df", "#b3261e"
KEY: Final = (
    (OURS, Text("预测", "forecast")),
    (THEIRS, Text("八周均值", "mean of the last eight weeks")),
    (FLOOR, Text("纯随机误差", "what chance alone would leave")),
)


def accuracy(scores: Sequence[Score], language: Language) -> str:
    """One row of bars a queue: interval WAPE by month."""
    queues = list(dict.fromkeys(score.queue for score in scores))
    frame = Frame(980, 190)
    rows = [_row([score for score in scores if score.queue == queue], frame, queue) for queue in queues]
    moved = (f'<g transform="translate(0,{30 + place * frame.height})">{row}</g>' for place, row in enumerate(rows))
    height = 30 + len(rows) * frame.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {height}" font-family="sans-serif" '
        f'font-size="12" role="img">{_key(language)}{"".join(moved)}</svg>\n'
    )


def _key(language: Language) -> str:
    marks = (
        f'<rect x="{60 + 220 * place}" y="8" width="12" height="12" fill="{colour}"/>'
        f'<text x="{78 + 220 * place}" y="18">{words.said(language)}</text>'
        for place, (colour, words) in enumerate(KEY)
    )
    return "".join(marks)


def _row(scores: Sequence[Score], frame: Frame, queue: str) -> str:
    months = sorted({score.month for score in scores})
    shares = {(score.month, score.model): score.error / score.calls for score in scores if score.calls}
    floors = {score.month: score.floor / score.calls for score in scores if score.calls and score.model == ENSEMBLE}
    top = STEP * math.ceil(1.05 * max([*shares.values(), *floors.values()], default=1.0) / STEP)
    parts = [f'<text x="{frame.left + 6}" y="{frame.top + 14}" font-weight="bold">{escape(queue)}</text>']
    for tick in range(5):
        y = frame.y(tick / 4)
        parts.append(f'<line x1="{frame.left}" x2="{frame.width}" y1="{y}" y2="{y}" stroke="#e3e7ec"/>')
        parts.append(f'<text x="{frame.left - 6}" y="{y + 4}" text-anchor="end">{100 * top * tick / 4:.0f} %</text>')
    width = (frame.x(1) - frame.x(0)) / max(1, len(months))
    for place, month in enumerate(months):
        left = frame.x(0) + place * width
        for offset, (model, colour) in enumerate(((ENSEMBLE, OURS), (YARDSTICK, THEIRS))):
            share = shares.get((month, model), 0.0)
            y, bar = frame.y(share / top), min(60.0, 0.3 * width)
            title = f"{month:%Y-%m}: {100 * share:.1f} %"
            parts.append(
                f'<rect x="{left + width / 2 + (offset - 1) * bar:.1f}" y="{y}" width="{bar:.1f}" '
                f'height="{frame.y(0) - y:.1f}" fill="{colour}"><title>{title}</title></rect>'
            )
        y = frame.y(floors.get(month, 0.0) / top)
        parts.append(
            f'<line x1="{left + 0.15 * width:.1f}" x2="{left + 0.85 * width:.1f}" y1="{y}" y2="{y}" '
            f'stroke="{FLOOR}" stroke-width="2" stroke-dasharray="5 3"/>'
        )
        parts.append(
            f'<text x="{left + width / 2:.1f}" y="{frame.y(0) + 18}" text-anchor="middle">{month:%Y-%m}</text>'
        )
    return "".join(parts)
