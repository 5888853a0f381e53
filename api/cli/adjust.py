"""`paiban adjust` and `paiban update`: a forecast under a scheduler's own layers, and anew from the calls so far."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import AsJson, TimeZone, out, print_json
from api.cli.manned import ForecastFile
from api.files.calls import Reading, read_history
from api.files.layers import read_layers
from api.files.series import read_forecast, write_forecast
from api.files.tables import naming
from api.files.whole import one_file_whole
from api.speech import say
from domain.time import Zone
from forecasting.adjustments import adjusted, without
from forecasting.forecast import Forecast
from forecasting.update import updated

OutFile = Annotated[Path, typer.Option("--out", help=say("输出文件", "where the new forecast goes"))]


def adjust_command(
    forecast: ForecastFile,
    layers: Annotated[
        Path,
        typer.Option(help=say("调整表 name,from,to,factor 或 name,day,calls", "name,from,to,factor or name,day,calls")),
    ],
    timezone: TimeZone,
    file: OutFile,
    leave_out: Annotated[
        list[str] | None, typer.Option("--without", help=say("撤销此名称的调整", "take away the layers of this name"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Lay changes over a forecast; the forecast itself stays as it is, and each layer can be left out again."""
    before = read_forecast(forecast)
    told = read_layers(layers, Zone(timezone))
    for name in leave_out or ():
        told = without(told, name)
    with naming(layers):
        after = adjusted(before, told)
    _write(file, before, after, as_json=as_json)


def update_command(
    forecast: ForecastFile,
    calls: Annotated[Path, typer.Option(help=say("至今的来电记录", "the call records so far"))],
    timezone: TimeZone,
    file: OutFile,
    now: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
            help=say("现在的时刻, 默认为记录的末尾", "the time it is; default: the end of the records"),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell the same day and the next seven anew from the calls that came so far."""
    before = read_forecast(forecast)
    zone = Zone(timezone)
    seen = read_history(calls, Reading(zone))
    last: datetime = seen.calls.index[-1].to_pydatetime()
    moment = now.replace(tzinfo=zone.info) if now else last
    _write(file, before, updated(before, seen, moment), as_json=as_json)


def _write(file: Path, before: Forecast, after: Forecast, *, as_json: bool) -> None:
    with one_file_whole(file) as scratch:
        write_forecast(scratch, after)
    sums = {
        queue or "calls": (float(before.of(queue)["mean"].sum()), float(after.of(queue)["mean"].sum()))
        for queue in before.queues
    }
    if as_json:
        print_json(
            {queue: {"before": one, "after": other} for queue, (one, other) in sums.items()} | {"out": str(file)}
        )
        return
    for queue, (one, other) in sums.items():
        out.print(f"{queue}: {one:,.0f} → {other:,.0f} → {file}")
