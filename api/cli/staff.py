"""`paiban staff` and `paiban erlang`: from calls to heads."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.cli.console import AsJson, out, print_json
from api.files.series import read_forecast, write_requirement
from api.files.tables import naming
from api.files.whole import one_file_whole
from api.speech import say
from domain.faults import BadInput
from domain.language import Text
from forecasting.erlang import Service, erlang_a, erlang_c
from forecasting.require import Goal, require
from forecasting.staffing import Demand, Target

Aht = Annotated[float, typer.Option(min=0.001, help=say("平均处理时长, 秒", "mean handle time, seconds"))]


def staff_command(
    forecast: Annotated[Path, typer.Option(help=say("预测文件", "a forecast: start,mean[,p10,p90]"))],
    file: Annotated[
        Path,
        typer.Option("--out", help=say("输出 start,skill,heads,fractional", "where start,skill,heads,fractional goes")),
    ],
    aht: Aht = 240,
    patience: Annotated[float, typer.Option(min=0.001, help=say("平均耐心, 秒", "mean patience, seconds"))] = 120,
    target: Annotated[str, typer.Option(metavar="answered:0.90|sl:0.80/20")] = "answered:0.90",
    minimum: Annotated[int, typer.Option(min=0, help=say("每时段至少人数", "heads at every interval"))] = 0,
    shrinkage: Annotated[float, typer.Option(min=0, max=0.89, help=say("损耗率", "share of time lost"))] = 0,
    skill: Annotated[
        str, typer.Option(help=say("未命名队列的技能名", "the skill of a forecast without queues"))
    ] = "service",
    as_json: AsJson = False,
) -> None:
    """People needed per interval, whole and fractional."""
    goal = Goal(Target.parse(target), Demand(aht, patience), minimum, shrinkage)
    foreseen = read_forecast(forecast, skill)
    with naming(forecast):
        requirement = require(foreseen, dict.fromkeys(foreseen.queues, goal))
    with one_file_whole(file) as scratch:
        write_requirement(scratch, requirement)
    hours = requirement.person_minutes / 60
    most = max(need.heads for need in requirement.needs)
    if as_json:
        print_json({"intervals": len(requirement.needs), "person_hours": hours, "most_heads": most, "out": str(file)})
    else:
        out.print(
            say(
                "{hours} 人时, 最多 {most} 人 → {file}",
                "{hours} person-hours, at most {most} heads → {file}",
                hours=f"{hours:,.1f}",
                most=most,
                file=str(file),
            )
        )


class ErlangModel(StrEnum):
    """Patient callers wait for ever (c) or hang up (a)."""

    A = "a"
    C = "c"


def erlang_command(
    calls: Annotated[float, typer.Option(min=0, help=say("该时段来电数", "calls in the interval"))],
    agents: Annotated[int, typer.Option(min=0, help=say("坐席人数", "agents"))],
    model: Annotated[ErlangModel, typer.Option(case_sensitive=False)] = ErlangModel.A,
    interval: Annotated[
        float, typer.Option(min=0.001, help=say("时段长, 秒", "length of the interval, seconds"))
    ] = 1800,
    aht: Aht = 240,
    patience: Annotated[
        float | None, typer.Option(min=0.001, help=say("平均耐心, 秒(模型 a)", "mean patience, seconds (model a)"))
    ] = None,
    within: Annotated[float, typer.Option(min=0, help=say("秒内应答", "answered within so many seconds"))] = 20,
    as_json: AsJson = False,
) -> None:
    """Service level, abandonment, waits and occupancy of one interval."""
    if not all(math.isfinite(number) for number in (calls, interval, aht, patience or 0.0, within)):
        raise BadInput(Text("参数必须为有限数", "every number must be finite"))
    rate = calls / interval
    if model is ErlangModel.A and patience is None:
        raise BadInput(Text("模型 a 需要 --patience", "model a needs --patience"), column="--patience")
    service = (
        erlang_c(rate, aht, agents, within)
        if patience is None or model is ErlangModel.C
        else erlang_a(rate, aht, patience, agents, within)
    )
    facts = _facts(service)
    if as_json:
        print_json(facts)
        return
    table = Table(show_header=False, box=None)
    for name, value in facts.items():
        table.add_row(name, "∞" if value is None else str(value) if isinstance(value, bool) else f"{value:.6g}")
    out.print(table)


def _facts(service: Service) -> dict[str, float | bool | None]:
    names = ("service_level", "abandoned", "p_wait", "mean_wait_s", "occupancy")
    numbers = {name: float(getattr(service, name)[0]) for name in names}
    finite = {name: number if math.isfinite(number) else None for name, number in numbers.items()}
    return {**finite, "overloaded": bool(service.overloaded[0])}
