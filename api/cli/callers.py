"""`paiban callers`: handle times and patience from single calls."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from api.cli.console import AsJson, Country, DaysOption, TimeZone, out, print_json
from api.files.days import special_days
from api.files.tables import naming, read_table
from api.speech import say
from domain.faults import BadInput
from domain.language import Text
from domain.time import Zone
from forecasting.behaviour import PARTS, HandleTimes, Patience, handle_times, patience
from forecasting.records import understand


def callers_command(
    calls: Annotated[Path, typer.Option(help=say("逐条来电记录", "records of single calls"))],
    timezone: TimeZone,
    country: Country = None,
    days: DaysOption = None,
    as_json: AsJson = False,
) -> None:
    """Mean handle time by queue, kind of day and part of the day, and patience; who was answered counts as censored."""
    table = read_table(calls)
    with naming(calls):
        frame = understand(table, Zone(timezone)).frame
        years = range(frame["start"].min().year, frame["start"].max().year + 1)
        means = handle_times(frame, special_days(country, years, days))
        if not means:
            raise BadInput(Text("记录中没有处理时长列", "the records tell no handle times"), column="handle_s")
    waits = patience(frame) if frame["answered"].notna().all() and frame["wait_s"].notna().any() else {}
    if as_json:
        told = {queue: {"mean_s": each.mean_s, "hung_up": each.hung_up} for queue, each in waits.items()}
        print_json({"handle_s": _facts(means), "patience": told})
    else:
        _print(means, waits)


def _facts(means: dict[str, HandleTimes]) -> list[dict[str, object]]:
    """One row a queue, kind of day and part of the day that has calls."""
    return [
        {
            "queue": queue,
            "works": bool(works),
            "part": f"{PARTS[part]}-{PARTS[part + 1]}",
            "handle_s": float(times.cells[works, part]),
            "calls": int(times.calls[works, part]),
        }
        for queue, times in means.items()
        for works, part in np.argwhere(times.calls)
    ]


def _print(means: dict[str, HandleTimes], waits: dict[str, Patience]) -> None:
    columns = [f"{start}-{end}" for start, end in pairwise(PARTS)]
    table = Table(
        say("队列", "queue"), say("日期", "days"), *columns, title=say("平均处理时长, 秒", "mean handle time, s")
    )
    kinds = say("休息日", "days off"), say("工作日", "work days")
    for queue, times in means.items():
        for kind, seconds, calls in zip(kinds, times.cells, times.calls, strict=True):
            table.add_row(queue, kind, *(f"{s:,.0f}" if n else "-" for s, n in zip(seconds, calls, strict=True)))
    out.print(table)
    for queue, each in waits.items():
        words = "{queue}平均耐心 {mean} 秒(放弃 {lost} 次)", "{queue}mean patience {mean} s ({lost} hung up)"
        out.print(say(*words, queue=f"{queue}: " if queue else "", mean=f"{each.mean_s:,.0f}", lost=each.hung_up))
