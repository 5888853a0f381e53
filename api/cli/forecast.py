"""`paiban forecast`: a month's calls from a file of records."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from api.cli.console import (
    AsJson,
    AsOf,
    CallsOption,
    Country,
    DaysOption,
    IntervalOption,
    Missing,
    MonthOption,
    TimeZone,
    err,
    out,
    print_json,
    provisional,
)
from api.files.calls import Reading, read_history
from api.files.days import special_days
from api.files.series import write_forecast
from api.files.tables import naming
from api.files.whole import one_file_whole
from api.speech import say
from domain.time import Zone
from forecasting.forecast import forecast
from forecasting.history import How

SHOWN: Final = 10
"""So many of the odd days, the last ones, are named."""


class ModelName(StrEnum):
    """Ensembles, their members alone, and the yardsticks."""

    ENSEMBLE = "ensemble"
    BOOSTED_ENSEMBLE = "boosted-ensemble"
    REGRESSION = "regression"
    DAILY = "daily"
    EIGHT_WEEK_MEDIAN = "eight-week-median"
    EIGHT_WEEK_MEAN = "eight-week-mean"
    SEASONAL_NAIVE = "seasonal-naive"
    BOOSTED = "boosted"


def forecast_command(
    calls: CallsOption,
    month: MonthOption,
    timezone: TimeZone,
    file: Annotated[Path, typer.Option("--out", help=say("输出 start,mean,p10,p90", "where start,mean,p10,p90 goes"))],
    as_of: AsOf = None,
    interval: IntervalOption = None,
    country: Country = None,
    days: DaysOption = None,
    missing: Missing = None,
    keep: Annotated[
        list[datetime] | None,
        typer.Option(
            formats=["%Y-%m-%d"], help=say("此日的异常值照常学习", "learn from the odd values of this day too")
        ),
    ] = None,
    model: Annotated[
        ModelName, typer.Option(help=say("预测方法; boosted 需要 LightGBM", "boosted ones need LightGBM"))
    ] = ModelName.ENSEMBLE,
    as_json: AsJson = False,
) -> None:
    """Forecast each interval of a month: mean, 10 % and 90 % quantile."""
    zone = Zone(timezone)
    until = as_of.date() if as_of else month.days.first - timedelta(days=1)
    history = read_history(
        calls,
        Reading(zone, country, How(interval, missing, until, frozenset(day.date() for day in keep or ())), days=days),
    )
    first = history.calls.index[0].year
    special = special_days(country, range(first, month.year + 2), days)
    with naming(calls):
        foreseen = forecast(history, month.days, special, model=model.value)
    with one_file_whole(file) as scratch:
        write_forecast(scratch, foreseen)
    if month.year in special.provisional:
        err.print(provisional(month.year), style="yellow")
    for queue, done in history.cleaning.items():
        words = say(
            "{queue}{rows} 行: 重复 {duplicates}, 空缺 {gaps}, 异常 {outliers}, 每周关闭时段 {closed}",
            "{queue}{rows} rows: {duplicates} duplicates, {gaps} gaps, {outliers} outliers, {closed} slots closed",
            queue=f"{queue} · " if queue else "", rows=done.rows, duplicates=done.duplicates, gaps=done.gaps,
            outliers=len(done.outliers), closed=done.closed,
        )  # fmt: skip
        if done.exchanged:
            notice = say(
                "注意: 每月前十二天的来电不符合星期规律, 日期中的日与月可能颠倒",
                "note: the first twelve days of each month do not follow the week; day and month may be exchanged",
            )
            err.print(notice, style="yellow")
        odd_days = list(dict.fromkeys(f"{moment:%Y-%m-%d}" for moment in done.outliers))
        odd = ("… " if len(odd_days) > SHOWN else "") + ", ".join(odd_days[-SHOWN:])
        err.print(f"· {words}{f' ({odd})' if odd else ''}", style="dim", highlight=False)
    totals = {queue or "calls": float(foreseen.of(queue)["mean"].sum()) for queue in foreseen.queues}
    if as_json:
        print_json({"month": str(month), "interval": foreseen.interval, "totals": totals, "out": str(file)})
    else:
        for queue, total in totals.items():
            out.print(f"{month} {queue}: {total:,.0f} → {file}")
