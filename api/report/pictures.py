"""Pictures as SVG: the calls foreseen, and where cover and need part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from constraints.figures import Covered
from domain.language import Language, day_text
from domain.time import Zone, minute
from forecasting.forecast import Forecast

SHORT = ("#f8b4a6", "#ee7c68", "#d64531", "#a3220f")
SPARE = ("#ddeef8", "#b9dcef", "#8fc3e0", "#64a6cc")
EVEN, CLOSED = "#eef3ea", "#fafafa"


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a picture and its margins, in pixels."""

    width: int
    height: int
    left: int = 52
    bottom: int = 28
    top: int = 10

    def x(self, share: float) -> float:
        """A share of the width as a position."""
        return round(self.left + share * (self.width - self.left - 6), 1)

    def y(self, share: float) -> float:
        """A share of the height as a position."""
        return round(self.height - self.bottom - share * (self.height - self.bottom - self.top), 1)


def daily_calls(forecast: Forecast, queue: str, language: Language) -> str:
    """Calls of each day, with a line from the 10 % to the 90 % quantile of its intervals' sum."""
    frame = Frame(980, 210)
    days: defaultdict[date, list[float]] = defaultdict(lambda: [0.0, 0.0])
    rows = forecast.of(queue)
    spread = (rows["p90"] - rows["p10"]) / 2.56
    for moment, mean, deviation in zip(rows["start"], rows["mean"], spread, strict=True):
        sums = days[moment.date()]
        sums[0] += mean
        sums[1] += deviation**2
    top = 1.12 * max((mean + 1.28 * variance**0.5 for mean, variance in days.values()), default=1.0) or 1.0
    parts = [_axis(frame, top)]
    width = (frame.x(1) - frame.x(0)) / max(1, len(days))
    for place, (day, (mean, variance)) in enumerate(sorted(days.items())):
        left, middle = frame.x(0) + place * width, frame.x(0) + (place + 0.5) * width
        low, high = (frame.y(min(1.0, max(0.0, mean + side * 1.28 * variance**0.5) / top)) for side in (-1, 1))
        y = frame.y(mean / top)
        fill = "#8aa4c8" if day.weekday() < 5 else "#c3cfe0"
        title = f"{day_text(day).said(language)}: {mean:.0f}"
        parts.append(
            f'<rect x="{left + 2:.1f}" y="{y}" width="{width - 4:.1f}" height="{frame.y(0) - y:.1f}" fill="{fill}">'
            f"<title>{title}</title></rect>"
            f'<path d="M{middle:.1f} {low}V{high}" stroke="#33415c" stroke-width="1.5"/>'
            f'<text x="{middle:.1f}" y="{frame.height - 12}" text-anchor="middle">{day.day}</text>'
        )
    return svg(frame, parts)


def usual_day(forecast: Forecast, queue: str) -> str:
    """Calls by time of day on the mean weekday and weekend day, with the band of the weekday."""
    frame = Frame(480, 210)
    rows = forecast.of(queue).copy()
    minutes = rows["start"].dt.hour * 60 + rows["start"].dt.minute
    weekday = rows["start"].dt.day_of_week < 5
    work = rows[weekday].groupby(minutes[weekday])[["mean", "p10", "p90"]].mean()
    rest = rows[~weekday].groupby(minutes[~weekday])["mean"].mean()
    top = 1.1 * max(float(work["p90"].max()), float(rest.max()), 0.1)
    xs = [frame.x(minute / 1440) for minute in work.index]
    band = (
        _line(xs, [frame.y(value / top) for value in work["p90"]])
        + "L"
        + _line(xs[::-1], [frame.y(value / top) for value in work["p10"][::-1]]).removeprefix("M")
    )
    week, end = (_line(xs, [frame.y(value / top) for value in line]) for line in (work["mean"], rest))
    hours = "".join(
        f'<text x="{frame.x(hour / 24)}" y="{frame.height - 12}" text-anchor="middle">{hour}</text>'
        for hour in range(0, 25, 3)
    )
    return svg(
        frame,
        [
            _axis(frame, top),
            f'<path d="{band}Z" fill="#8aa4c8" opacity=".28"/>',
            f'<path d="{week}" fill="none" stroke="#2f4b7c" stroke-width="2"/>',
            f'<path d="{end}" fill="none" stroke="#c06c2b" stroke-width="2" stroke-dasharray="5 3"/>',
            hours,
        ],
    )


def cover_map(covered: Iterable[Covered], zone: Zone, language: Language) -> str:
    """A row a day, a field an interval: red where heads are missing, blue where there are more than needed."""
    rows: defaultdict[date, list[Covered]] = defaultdict(list)
    for found in covered:
        rows[zone.day_of(found.need.span.start)].append(found)
    frame = Frame(980, 34 + 13 * len(rows), left=86, top=4)
    parts: list[str] = []
    for place, (day, line) in enumerate(sorted(rows.items())):
        y = 4 + 13 * place
        parts.append(f'<text x="{frame.left - 6}" y="{y + 10}" text-anchor="end">{day_text(day).said(language)}</text>')
        midnight = minute(zone.at(day, 0))
        for found in line:
            share = (minute(found.need.span.start) - midnight) / 1500
            width = found.need.span.minutes / 1500 * (frame.x(1) - frame.x(0))
            title = f"{found.need.span.start:%H:%M}: {found.heads}/{found.need.heads}"
            parts.append(
                f'<rect x="{frame.x(share)}" y="{y}" width="{width:.1f}" height="12" fill="{_gap_colour(found)}">'
                f"<title>{title}</title></rect>"
            )
    parts += [
        f'<text x="{frame.x(hour / 25)}" y="{frame.height - 14}" text-anchor="middle">{hour}</text>'
        for hour in range(0, 25, 2)
    ]
    return svg(frame, parts)


def _gap_colour(found: Covered) -> str:
    gap = found.heads - found.need.heads
    if found.need.heads == 0 and gap == 0:
        return CLOSED
    if gap == 0:
        return EVEN
    return SHORT[min(-gap, 4) - 1] if gap < 0 else SPARE[min(gap, 4) - 1]


def _axis(frame: Frame, top: float) -> str:
    step = next(
        step for step in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 1e4, 1e5) if top / step <= 6
    )
    lines: list[str] = []
    value = 0.0
    while value <= top:
        y = frame.y(value / top)
        lines.append(
            f'<path d="M{frame.left} {y}H{frame.width - 6}" stroke="#e3e7ed"/>'
            f'<text x="{frame.left - 6}" y="{y + 4}" text-anchor="end">{value:g}</text>'
        )
        value += step
    return "".join(lines)


def _line(xs: list[float], ys: list[float]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in zip(xs, ys, strict=True))


def svg(frame: Frame, parts: list[str]) -> str:
    """A picture of these parts."""
    return f'<svg viewBox="0 0 {frame.width} {frame.height}" role="img">{"".join(parts)}</svg>'
