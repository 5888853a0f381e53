"""Forecasts and requirements as CSV, out and in again; times are ISO 8601 with offset."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from math import isnan
from pathlib import Path

import pandas as pd

from api.files.tables import column, column_if_any, naming, read_table, told, write_csv
from domain.demand import Need, Requirement
from domain.faults import BadInput
from domain.language import Text
from domain.site import Site
from domain.time import Span, Zone, later
from forecasting.cells import aware_times, numbers, refuse_first, seconds
from forecasting.forecast import Forecast


def write_forecast(path: Path, forecast: Forecast) -> None:
    """`start,mean,p10,p90`; beside them `handle_s` where handle times are told, `queue` where there are several."""
    frame = forecast.frame
    columns: dict[str, list[object]] = {"start": [moment.isoformat() for moment in frame["start"]]}
    columns |= {name: [f"{value:.4f}" for value in frame[name]] for name in ("mean", "p10", "p90")}
    if any(forecast.handle_s(queue) is not None for queue in forecast.queues):
        columns["handle_s"] = ["" if isnan(value) else f"{value:.1f}" for value in frame["handle_s"]]
    if len(forecast.queues) > 1:
        columns["queue"] = frame["queue"].tolist()
    write_csv(path, tuple(columns), list(zip(*columns.values(), strict=True)))


def read_forecast(path: Path, queue: str = "") -> Forecast:
    """A forecast written before, or by another program.

    Without p10 and p90 the mean stands for both; rows that name no queue belong to `queue`. Offsets are kept as told.
    Handle times are optional, seconds.
    """
    table = read_table(path)
    with naming(path):
        cells, told = column(table, "start"), column_if_any(table, "queue")
        instants = aware_times(cells)
        frame = pd.DataFrame(
            {"queue": queue if told is None else told.replace({"": queue}), "start": cells.map(datetime.fromisoformat)}
        )
        frame["start"] = frame["start"].astype(object)
        mean = column(table, "mean")
        for name in ("mean", "p10", "p90"):
            found = column_if_any(table, name)
            frame[name] = numbers(mean if found is None else found, required=True)
        handle = column_if_any(table, "handle_s")
        if handle is not None:
            frame["handle_s"] = seconds(handle)
            refuse_first(handle, frame["handle_s"] == 0, Text("应大于零", "should be more than zero"))
        wrong = (frame["p10"] > frame["mean"]) | (frame["mean"] > frame["p90"])
        refuse_first(mean, wrong, Text("不在 p10 与 p90 之间", "does not lie between p10 and p90"))
        return Forecast(Zone("UTC"), _interval(instants, frame["queue"]), frame)


def write_requirement(path: Path, requirement: Requirement) -> None:
    """`start,skill,heads,fractional,worth`; worth lists the calls that each head answers more, parted by blanks."""
    rows: list[tuple[object, ...]] = [
        (
            need.span.start.isoformat(),
            need.work,
            need.heads,
            f"{need.fractional:.4f}",
            " ".join(f"{calls:.4f}" for calls in need.worth),
        )
        for need in requirement.needs
    ]
    write_csv(path, ("start", "skill", "heads", "fractional", "worth"), rows)


def read_requirement(path: Path, site: Site) -> Requirement:
    """A requirement written before; the shortest distance of two rows of a skill is the interval."""
    table = read_table(path)
    with naming(path):
        named = zip(table.index, column(table, "skill"), strict=True)
        skills = [told("skill", partial(site.work, skill), int(row)).id for row, skill in named]
        start = aware_times(column(table, "start"))
        heads, exact = (numbers(column(table, name), required=True) for name in ("heads", "fractional"))
        length = _interval(start, pd.Series(skills, index=start.index))
        moments = [moment.astimezone(site.zone.info) for moment in start.dt.to_pydatetime()]
        gained = column_if_any(table, "worth")
        worth = [_worth("" if gained is None else str(gained.loc[row]), int(row)) for row in table.index]
        return Requirement(
            tuple(
                Need(Span(moment, later(moment, length)), skill, int(whole), float(fraction), gains)
                for moment, skill, whole, fraction, gains in zip(moments, skills, heads, exact, worth, strict=True)
            )
        )


def _worth(words: str, row: int) -> tuple[float, ...]:
    """What each head is worth, as written."""
    try:
        return tuple(float(word) for word in words.split())
    except ValueError as error:
        raise BadInput(
            Text("应为空格隔开的数字", "numbers parted by blanks are wanted"), row=row, column="worth"
        ) from error


def _interval(start: pd.Series[pd.Timestamp], kinds: pd.Series[str]) -> int:
    """The shortest distance between two rows of a kind, in minutes."""
    steps = start.sort_values().groupby(kinds).diff().dropna().to_numpy(dtype="timedelta64[s]")
    minutes = min((int(step) // 60 for step in steps.astype(int) if step), default=0)
    if minutes <= 0:
        raise BadInput(Text("至少需要两个不同的时段", "at least two different intervals are needed"), column="start")
    return minutes
