"""`paiban callers`: handle times and patience from single calls."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.table import Table

from api.cli.console import AsJson, Country, DaysOption, TimeZone, out, print_json
from api.files.days import special_days
from api.files.tables import naming, read_table
from api.speech import say
from domain.faults import BadInput
from domain.language import Text
from domain.time import Zone
from forecasting.behaviour import PARTS, Patience, handle_times, patience
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
        if not (frame["handle_s"] > 0).any():
            raise BadInput(Text("记录中没有处理时长列", "the records tell no handle times"), column="handle_s")
    years = range(frame["start"].min().year, frame["start"].max().year + 1)
    means = handle_times(frame, special_days(country, years, days))
    waits = patience(frame) if frame["answered"].notna().all() and frame["wait_s"].notna().any() else {}
    if as_json:
        told = {queue: {"mean_s": each.mean_s, "hung_up": each.hung_up} for queue, each in waits.items()}
        print_json({"handle_s": means.to_dict("records"), "patience": told})
    else:
        _print(means, waits)


def _print(means: pd.DataFrame, waits: dict[str, Patience]) -> None:
    columns = [f"{start}-{end}" for start, end in pairwise(PARTS)]
    table = Table(
        say("队列", "queue"), say("日期", "days"), *columns, title=say("平均处理时长, 秒", "mean handle time, s")
    )
    for (queue, works), rows in means.groupby(["queue", "works"]):
        cells = rows.set_index("part")["handle_s"]
        kind = say("工作日", "work days") if bool(works) else say("休息日", "days off")
        table.add_row(
            str(queue), kind, *(f"{cells[part]:,.0f}" if part in cells else "-" for part in range(len(columns)))
        )
    out.print(table)
    for queue, each in waits.items():
        words = "{queue}平均耐心 {mean} 秒(放弃 {lost} 次)", "{queue}mean patience {mean} s ({lost} hung up)"
        out.print(say(*words, queue=f"{queue}: " if queue else "", mean=f"{each.mean_s:,.0f}", lost=each.hung_up))
