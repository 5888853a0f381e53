"""`paiban plan`: calls and people in; forecast, requirement, roster, report, certificate and feeds out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.cli.console import BROKEN, CLEAN, NO_ROSTER, AsJson, DaysOption, MonthOption, err, out, print_json, provisional
from api.cli.reasons import reasons
from api.cli.watch import watching
from api.deliver import deliver
from api.files.proof import certificate_facts
from api.files.whole import refuse_unwritable
from api.plan import Inputs, Planned, Prepared, plan_month, prepare
from api.speech import language, say
from constraints.figures import cover, shortfall
from domain.language import Text
from scheduler.explain import explain
from scheduler.problem import Limits


def plan_command(
    site: Annotated[Path, typer.Argument(metavar="SITE.yaml", help=say("站点文件", "the file of the site"))],
    calls: Annotated[Path, typer.Option(help=say("来电记录 csv/csv.gz/xlsx", "call records, csv, csv.gz or xlsx"))],
    people: Annotated[Path, typer.Option(help=say("人员表 csv/xlsx", "the people, csv or xlsx"))],
    month: MonthOption,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("输出文件夹", "where the files go"))],
    seconds: Annotated[float, typer.Option(min=1, help=say("求解时间上限, 秒", "time for the solver, seconds"))] = 60,
    threads: Annotated[int, typer.Option(min=1, max=64)] = 2,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    days: DaysOption = None,
    as_json: AsJson = False,
) -> None:
    """Plan a month and write all of it, or nothing."""
    refuse_unwritable(folder)
    prepared = prepare(Inputs(site, calls, people, month, days), _tell)
    limits = Limits(seconds=seconds, threads=threads, seed=seed)
    planned = _solve_watched(prepared, limits) or _second_try(prepared, limits)
    if planned is None:
        raise typer.Exit(NO_ROSTER)
    deliver(planned, folder, datetime.now(UTC).astimezone(prepared.plan.site.zone.info).replace(microsecond=0))
    facts = _facts(planned, folder)
    print_json(facts) if as_json else _print(planned, facts, folder)
    raise typer.Exit(CLEAN if planned.result.report and planned.result.report.clean else BROKEN)


def _tell(words: Text) -> None:
    err.print(f"· {words.said(language())}", style="dim")


def _solve_watched(prepared: Prepared, limits: Limits) -> Planned | None:
    """Solve under a progress bar; Ctrl-C ends the search and takes the best roster so far."""
    with watching(prepared.problem.situation, limits) as watch:
        return plan_month(prepared, limits, watch)


def _second_try(prepared: Prepared, limits: Limits) -> Planned | None:
    """Look for the reason; if there is none, the roster found on the way is where the search begins again."""
    words = say("还没有可行的排班, 正在查找原因…", "no roster keeps every hard rule yet; looking for the reason…")
    err.print(words, style="yellow")
    found = explain(prepared.problem, limits)
    if found.roster is not None and not found.breaches:
        return _solve_watched(replace(prepared, problem=replace(prepared.problem, start=found.roster)), limits)
    for line in reasons(prepared.problem, limits, found):
        err.print(line, style="red", highlight=False, markup=False, soft_wrap=True)
    return None


def _facts(planned: Planned, folder: Path) -> dict[str, object]:
    short = shortfall(cover(planned.roster, planned.situation))
    result = planned.result
    return {
        "month": f"{planned.roster.horizon.first:%Y-%m}",
        "agents": len(planned.situation.agents),
        "duties": len(planned.roster.planned),
        "status": result.status.value,
        "score": result.report.score if result.report else None,
        "bound": round(result.bound, 3),
        "gap": result.gap,
        "hard_breaches": len(result.report.hard) if result.report else None,
        "need_covered": short.covered_share,
        "short_person_hours": short.person_minutes / 60,
        "solve_seconds": round(result.seconds, 2),
        "incumbents": result.incumbents,
        "certificate": certificate_facts(planned.certificate),
        "out": str(folder),
    }


def _print(planned: Planned, facts: dict[str, object], folder: Path) -> None:
    certificate = planned.certificate
    table = Table(show_header=False, box=None)
    rows = (
        (
            say("排班月份", "month"),
            f"{facts['month']} · {facts['agents']} {say('人', 'people')} · {facts['duties']} {say('个班', 'duties')}",
        ),
        (say("违反硬性规则", "hard rules broken"), str(facts["hard_breaches"])),
        (
            say("应急在岗最少", "fewest emergency people"),
            f"{certificate.minimum} ({say('底线', 'floor')} {certificate.floor}) @ {certificate.where:%Y-%m-%d %H:%M}",
        ),
        (say("需求满足率", "need covered"), f"{facts['need_covered']:.1%}"),
        (say("评分 / 下界", "score / bound"), f"{facts['score']:,} / {facts['bound']:,.0f}"),
        (say("报告", "report"), str(folder / "report.html")),
    )
    for row in rows:
        table.add_row(*row)
    out.print(table)
    year = planned.roster.horizon.first.year
    if year in planned.situation.calendar.provisional:
        err.print(provisional(year), style="yellow")
    if not certificate.holds:
        words = say(
            "注意: 月初第一夜属于上月班次; 请在人员表的 duties 列给出上月最后几天",
            "note: the first night belongs to last month's duties; give them in the column duties of the people",
        )
        err.print(words, style="yellow")
