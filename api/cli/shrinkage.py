"""`paiban shrinkage`: what is lost of rostered time, by activity, learnt from attendance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table

from api.cli.console import AsJson, out, print_json
from api.files.tables import column, naming, read_table
from api.speech import say
from domain.faults import BadInput
from domain.language import Text
from forecasting.cells import numbers
from forecasting.shrinkage import seen, shrinkage

ROSTERED: Final = ("rostered", "排班")
"""The activity under which rostered hours are told; all others were lost to it."""


def shrinkage_command(
    attendance: Annotated[
        Path, typer.Option(help=say("考勤表 activity,hours", "hours by activity: activity,hours; rostered and lost"))
    ],
    as_json: AsJson = False,
) -> None:
    """Shares by activity for `shrinkage` of SITE.yaml; few hours are drawn to what contact centres usually lose."""
    rostered, lost = _hours(attendance)
    with naming(attendance):
        shares = seen(lost, rostered)
        total = shrinkage(shares)
    if as_json:
        print_json({"rostered_hours": rostered, "shares": shares, "shrinkage": total})
        return
    table = Table(say("活动", "activity"), say("工时", "hours"), say("占比", "share"))
    for activity, share in shares.items():
        table.add_row(activity, f"{lost.get(activity, 0.0):,.1f}", f"{share:.1%}")
    out.print(table)
    pairs = ", ".join(f"{activity}: {share:.3f}" for activity, share in shares.items())
    words = "合计 {total}; 站点文件: shrinkage: {{{pairs}}}", "{total} in all; in SITE.yaml: shrinkage: {{{pairs}}}"
    out.print(say(*words, total=f"{total:.1%}", pairs=pairs))


def _hours(path: Path) -> tuple[float, dict[str, float]]:
    """Rostered hours, and those lost to each activity; rows of one activity add up."""
    table = read_table(path)
    with naming(path):
        activity = column(table, "activity").str.strip()
        hours = numbers(column(table, "hours"), required=True).groupby(activity).sum()
        rostered = sum(float(hours.pop(name)) for name in ROSTERED if name in hours)
        if not rostered:
            words = Text("没有“排班”行, 不知道排班工时", "no row “rostered” tells the rostered hours")
            raise BadInput(words, column="activity")
        return rostered, {str(name): float(lost) for name, lost in hours.items()}
