"""`paiban accuracy`: kept versions of a forecast beside what came."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from api.cli.console import AsJson, CallsOption, IntervalOption, TimeZone, finite, out, print_json
from api.files.calls import Reading, read_history
from api.files.series import read_forecast
from api.speech import say
from domain.faults import BadInput
from domain.language import Text
from domain.time import Zone
from forecasting.accuracy import Version, accuracy
from forecasting.history import How


def accuracy_command(
    versions: Annotated[
        list[Path], typer.Argument(metavar="FORECAST.csv...", help=say("各版预测文件", "the forecasts that were kept"))
    ],
    calls: CallsOption,
    timezone: TimeZone,
    interval: IntervalOption = None,
    as_json: AsJson = False,
) -> None:
    """Compare forecasts with what came: error by interval and day, bias, band, and what chance alone leaves."""
    came = read_history(calls, Reading(Zone(timezone), None, How(interval)))
    only = came.queues[0] if len(came.queues) == 1 else ""
    found = accuracy({version.name: read_forecast(version, only) for version in versions}, came)
    if not found:
        words = Text("这些预测的日期还没有来电记录", "the records do not reach into the days of these forecasts yet")
        raise BadInput(words, file=calls.name)
    if as_json:
        print_json([_facts(each) for each in found])
        return
    heads = (
        ("版本", "version"),
        ("队列", "queue"),
        ("来电", "calls"),
        ("时段误差", "intervals"),
        ("日误差", "days"),
        ("偏差", "bias"),
        ("区间命中", "in band"),
        ("随机", "chance"),
    )
    table = Table(*(say(*words) for words in heads), box=SIMPLE)
    for each in found:
        shares = (each.wape, each.day_wape, each.bias, each.held, each.floor)
        table.add_row(each.name, each.queue, f"{each.calls:,.0f}", *(f"{100 * share:.1f} %" for share in shares))
    out.print(table)


def _facts(version: Version) -> dict[str, object]:
    return {key: finite(value) if isinstance(value, float) else value for key, value in asdict(version).items()}
