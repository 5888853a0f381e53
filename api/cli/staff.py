"""`paiban staff` and `paiban erlang`: from calls to heads."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table

from api.cli.console import AsJson, finite, out, print_json
from api.files.orders import read_orders
from api.files.series import read_forecast, write_requirement
from api.files.tables import naming
from api.files.whole import one_file_whole
from api.speech import say
from domain.demand import Requirement
from domain.faults import BadInput
from domain.language import Text
from forecasting.callbacks import CallBacks, Laid, Orders, expected, lay
from forecasting.erlang import Service, erlang_a, erlang_b, erlang_c, fewest_lines
from forecasting.forecast import Forecast
from forecasting.require import Goal, require
from forecasting.staffing import USUAL_HANDLE_S, Demand, Target

CALLING: Final = (8, 20)
"""Hours between which customers are called back."""
Aht = Annotated[float, typer.Option(min=0.001, help=say("平均处理时长, 秒", "mean handle time, seconds"))]


def staff_command(
    forecast: Annotated[Path, typer.Option(help=say("预测文件", "a forecast: start,mean[,p10,p90]"))],
    file: Annotated[
        Path,
        typer.Option("--out", help=say("输出 start,skill,heads,fractional", "where start,skill,heads,fractional goes")),
    ],
    aht: Annotated[
        float | None,
        typer.Option(
            min=0.001,
            help=say(
                "平均处理时长, 秒; 默认按预测, 否则 240", "mean handle time, s; by default the forecast's, or 240"
            ),
        ),
    ] = None,
    patience: Annotated[float, typer.Option(min=0.001, help=say("平均耐心, 秒", "mean patience, seconds"))] = 120,
    target: Annotated[str, typer.Option(metavar="answered:0.90|sl:0.80/20")] = "answered:0.90",
    minimum: Annotated[int, typer.Option(min=0, help=say("每时段至少人数", "heads at every interval"))] = 0,
    shrinkage: Annotated[float, typer.Option(min=0, max=0.89, help=say("损耗率", "share of time lost"))] = 0,
    occupancy: Annotated[
        float, typer.Option(min=0.1, max=1, help=say("通话占比上限", "share of their time that agents talk at most"))
    ] = 1,
    skill: Annotated[
        str, typer.Option(help=say("未命名队列的技能名", "the skill of a forecast without queues"))
    ] = "service",
    orders: Annotated[
        Path | None,
        typer.Option(help=say("待回访工单 kind,closed,count", "orders to be called back: kind,closed,count")),
    ] = None,
    orders_to_come: Annotated[
        bool,
        typer.Option(
            "--orders-to-come",
            help=say("按之前八周的工单预计新工单", "foresee further orders from those of the eight weeks before"),
        ),
    ] = False,
    reach: Annotated[
        float, typer.Option(min=0.01, max=1, help=say("每次回访接通率", "share of call-backs that reach somebody"))
    ] = 0.7,
    tries: Annotated[int, typer.Option(min=1, max=5, help=say("回访次数, 隔日", "tries, each on another day"))] = 2,
    as_json: AsJson = False,
) -> None:
    """People needed per interval, whole and fractional; call-backs are laid into the troughs."""
    seconds = aht or USUAL_HANDLE_S
    goal = Goal(Target.parse(target), Demand(seconds, patience), minimum, shrinkage, occupancy, aht is not None)
    foreseen = read_forecast(forecast, skill)
    goals = dict.fromkeys(foreseen.queues, goal)
    told = None if orders is None else _orders(orders, foreseen, to_come=orders_to_come)
    with naming(forecast):
        requirement = require(foreseen, goals)
        laid = told and _laid(foreseen, requirement, skill, told, CallBacks(seconds, reach, tries))
        if laid:
            requirement = require(foreseen, goals, {skill: laid.heads})
    with one_file_whole(file) as scratch:
        write_requirement(scratch, requirement)
    hours = requirement.person_minutes / 60
    most = max(need.heads for need in requirement.needs)
    called = {} if not laid else {"call_back_rate": laid.rate, "call_backs_left_over": laid.left_over}
    if as_json:
        facts = {"intervals": len(requirement.needs), "person_hours": hours, "most_heads": most}
        print_json({**facts, **called, "out": str(file)})
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
        if laid:
            words = "预计回访率 {rate}, 无时段可排的回访 {left} 次", "call-back rate {rate}, {left} tries find no hour"
            out.print(say(*words, rate=f"{laid.rate:.1%}", left=f"{laid.left_over:.1f}"))


def _laid(foreseen: Forecast, requirement: Requirement, skill: str, told: list[Orders], how: CallBacks) -> Laid:
    """The call-backs laid beside the calls of a skill, in the hours in which it is staffed and may call (8 to 20)."""
    needs = [need for need in requirement.needs if need.work == skill]
    starts = [need.span.start for need in needs]
    load = [
        need.fractional if need.heads and CALLING[0] <= need.span.start.hour < CALLING[1] else math.nan
        for need in needs
    ]
    return lay(told, how, starts, foreseen.interval * 60.0, load)


def _orders(file: Path, foreseen: Forecast, *, to_come: bool) -> list[Orders]:
    """The orders of the file, and those to come on the days of the forecast as in the eight weeks before it."""
    starts: list[datetime] = [moment for moment in foreseen.frame["start"] if isinstance(moment, datetime)]
    zone = starts[0].tzinfo or UTC
    told = read_orders(file, zone)
    if not to_come:
        return told
    days = sorted({moment.date() for moment in starts})
    past = [order for order in told if order.closed.astimezone(zone).date() < days[0]]
    return [*told, *expected(past, days, days[0] - timedelta(days=1), zone)]


class ErlangModel(StrEnum):
    """Callers hang up (a), find a line or are lost (b), or wait for ever (c)."""

    A = "a"
    B = "b"
    C = "c"


def erlang_command(
    calls: Annotated[float, typer.Option(min=0, help=say("该时段来电数", "calls in the interval"))],
    agents: Annotated[int, typer.Option(min=0, help=say("坐席人数, 模型 b 为线路数", "agents; lines in model b"))],
    model: Annotated[ErlangModel, typer.Option(case_sensitive=False)] = ErlangModel.A,
    interval: Annotated[
        float, typer.Option(min=0.001, help=say("时段长, 秒", "length of the interval, seconds"))
    ] = 1800,
    aht: Aht = 240,
    patience: Annotated[
        float | None, typer.Option(min=0.001, help=say("平均耐心, 秒(模型 a)", "mean patience, seconds (model a)"))
    ] = None,
    within: Annotated[float, typer.Option(min=0, help=say("秒内应答", "answered within so many seconds"))] = 20,
    served: Annotated[
        float, typer.Option(min=0.01, max=0.9999, help=say("自动线路目标(模型 b)", "share that finds a line (model b)"))
    ] = 0.98,
    as_json: AsJson = False,
) -> None:
    """Service level, abandonment, waits and occupancy of one interval; by model b, lines of an automatic line."""
    if not all(math.isfinite(number) for number in (calls, interval, aht, patience or 0.0, within)):
        raise BadInput(Text("参数必须为有限数", "every number must be finite"))
    rate = calls / interval
    if model is ErlangModel.B:
        _told(_lines(rate * aht, agents, served), as_json=as_json)
        return
    if model is ErlangModel.A and patience is None:
        raise BadInput(Text("模型 a 需要 --patience", "model a needs --patience"), column="--patience")
    service = (
        erlang_c(rate, aht, agents, within)
        if patience is None or model is ErlangModel.C
        else erlang_a(rate, aht, patience, agents, within)
    )
    _told(_facts(service), as_json=as_json)


def _lines(load: float, lines: int, served: float) -> dict[str, float | bool | None]:
    """What so many lines (`--agents`) turn away, and the fewest that serve the share wished."""
    return {"blocked": float(erlang_b(load, lines)), "lines_needed": float(fewest_lines(load, served)[0])}


def _told(facts: dict[str, float | bool | None], *, as_json: bool) -> None:
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
    told = {name: finite(number) for name, number in numbers.items()}
    return {**told, "overloaded": bool(service.overloaded[0])}
