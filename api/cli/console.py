"""Where commands speak: results to standard output, progress and faults to standard error."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, TypeVar

import typer
from rich.console import Console

from api.speech import language, say
from domain.language import Refusal
from domain.time import Month

CLEAN: Final = 0
BROKEN: Final = 1
BAD_INPUT: Final = 2
NO_ROSTER: Final = 3
INTERRUPTED: Final = 130

out = Console(highlight=False)
err = Console(stderr=True)

Thing = TypeVar("Thing")


def parsed(parse: Callable[[str], Thing]) -> Callable[[str], Thing]:
    """A parser of option values whose refusals are told in the listener's language."""

    def told(words: str) -> Thing:
        try:
            return parse(words)
        except Refusal as refusal:
            raise typer.BadParameter(refusal.text.said(language())) from refusal

    return told


AsJson = Annotated[
    bool, typer.Option("--json", help=say("以 JSON 输出, 供程序读取", "print JSON for a program to read"))
]
MonthOption = Annotated[
    Month,
    typer.Option(
        "--month", parser=parsed(Month.parse), metavar="YYYY-MM", help=say("要排班的月份", "the month to be planned")
    ),
]


CallsOption = Annotated[Path, typer.Option("--calls", help=say("来电记录", "call records, csv, csv.gz or xlsx"))]
TimeZone = Annotated[
    str, typer.Option("--timezone", metavar="TZ", help=say("时区, 如 Asia/Shanghai", "IANA zone, as Asia/Shanghai"))
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help=say("只用此日为止的记录", "use records through this day")),
]
IntervalOption = Annotated[
    int | None, typer.Option("--interval", help=say("分钟, 默认同记录", "minutes; default as recorded"))
]
Country = Annotated[
    str | None, typer.Option("--country", help=say("节假日国家, 如 CN", "whose public holidays, as CN"))
]
Missing = Annotated[
    float | None, typer.Option("--missing", min=0, help=say("无记录时段的来电数", "calls of an interval without a row"))
]
DaysOption = Annotated[
    Path | None,
    typer.Option(
        "--days",
        metavar="DAYS.csv",
        help=say(
            "日期表 days,kind,name: 更正节假日, 或列出事件(寒潮、泄漏、催费…)",
            "days,kind,name: corrects the calendar, and names events (cold snap, leak, bill run …)",
        ),
    ),
]


def provisional(year: int) -> str:
    """The notice that a year's official calendar is not known yet."""
    return say(
        "注意: {year}年的放假通知尚未收录, 节假日为暂定; 请用 --days 补充",
        "note: the official holiday notice of {year} is not in the calendar yet; tell it with --days",
        year=year,
    )


def finite(number: float) -> float | None:
    """A number as JSON knows it: infinite ones and those that are none become null."""
    return number if math.isfinite(number) else None


def print_json(facts: object) -> None:
    """One JSON value on standard output; infinities become null."""
    typer.echo(json.dumps(facts, ensure_ascii=False, allow_nan=False, indent=2))
