"""`paiban newcomer`: the forecast of a site without a history, from similar sites and the number of households."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import AsJson, out, print_json
from api.files.series import read_forecast, write_forecast
from api.files.whole import one_file_whole
from api.speech import say
from domain.faults import BadInput
from domain.language import Text, plain
from forecasting.newcomer import Similar, newcomer


def newcomer_command(
    similar: Annotated[
        list[str],
        typer.Argument(
            metavar="FORECAST.csv:HOUSEHOLDS...",
            help=say("相似站点的预测文件及其户数", "forecasts of similar sites, each with its households"),
        ),
    ],
    households: Annotated[int, typer.Option(min=1, help=say("新站点户数", "households of the new site"))],
    file: Annotated[Path, typer.Option("--out", help=say("输出 start,mean,p10,p90", "where start,mean,p10,p90 goes"))],
    as_json: AsJson = False,
) -> None:
    """Size the shape of similar sites by households; the band is wider by how much those sites differ."""
    found = newcomer([_similar(words) for words in similar], households)
    with one_file_whole(file) as scratch:
        write_forecast(scratch, found)
    totals = {queue or "calls": float(found.of(queue)["mean"].sum()) for queue in found.queues}
    if as_json:
        print_json({"totals": totals, "out": str(file)})
        return
    for queue, total in totals.items():
        out.print(f"{queue}: {total:,.0f} → {file}")


def _similar(words: str) -> Similar:
    name, _, size = words.rpartition(":")
    if not name or not size.isdigit():
        text = Text("“{words}”应写作 预测文件:户数", "“{words}”: write FORECAST.csv:HOUSEHOLDS")
        raise BadInput(text.filled(words=plain(words)))
    return Similar(read_forecast(Path(name)), int(size))
