"""`paiban pool`: how many agents who serve several works are needed, beside agents of each work apart."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from api.cli.console import AsJson, out, print_json
from api.cli.inputs import Seed, SiteFile
from api.cli.manned import ForecastFile
from api.files.series import read_forecast
from api.files.site import SitePlan, read_site
from api.files.tables import naming, write_csv
from api.files.whole import one_file_whole
from api.speech import say
from forecasting.forecast import Forecast
from forecasting.pools import Pool, pool
from forecasting.require import Goal
from forecasting.scenarios import scenarios


def pool_command(
    site: SiteFile,
    forecast: ForecastFile,
    file: Annotated[Path, typer.Option("--out", help=say("输出 start,heads,apart", "where start,heads,apart goes"))],
    works: Annotated[
        list[str] | None,
        typer.Option(
            "--work", help=say("合并的工作, 先写的先接; 默认全部", "works of the pool, the first served first")
        ),
    ] = None,
    paths: Annotated[int, typer.Option(min=1, max=200, help=say("核对用的情景数", "paths of calls that check it"))] = 5,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Pool works: fewer agents meet every target together; an approximation, checked by simulation."""
    plan = read_site(site)
    foreseen = read_forecast(forecast, plan.queue)
    goals = _goals(plan, foreseen, works)
    chance = np.random.default_rng(seed)
    with naming(forecast):
        found = pool(
            {queue: foreseen.points(queue) for queue in goals},
            {queue: scenarios(foreseen, queue, paths, chance) for queue in goals},
            foreseen.interval * 60.0,
            goals,
        )
    starts = [moment.isoformat() for moment in foreseen.of(next(iter(goals)))["start"]]
    with one_file_whole(file) as scratch:
        rows: list[tuple[object, ...]] = list(zip(starts, found.heads.tolist(), found.apart.tolist(), strict=True))
        write_csv(scratch, ("start", "heads", "apart"), rows)
    hours = [float(heads.sum()) * foreseen.interval / 60 for heads in (found.heads, found.apart)]
    if as_json:
        print_json({"person_hours": hours[0], "apart": hours[1], "met": dict(found.met), "out": str(file)})
    else:
        _print(plan, goals, found, hours)


def _goals(plan: SitePlan, foreseen: Forecast, works: list[str] | None) -> dict[str, Goal]:
    """The goals of the works named, or of all that are forecast; a work that the site does not have is refused."""
    named = [plan.site.work(work).id for work in works or ()]
    return {
        work: plan.goals[work].on(foreseen, work) for work in named or plan.goals if named or work in foreseen.queues
    }


def _print(plan: SitePlan, goals: dict[str, Goal], found: Pool, hours: list[float]) -> None:
    table = Table(say("工作", "work"), say("目标", "target"), say("合并后达到", "met by the pool"))
    for work, goal in goals.items():
        label = plan.site.work(work).label.said(plan.language)
        table.add_row(label, f"{goal.target.share:.0%}", f"{found.met[work]:.1%}")
    out.print(table)
    words = "合并 {pool} 人时, 分开 {apart} 人时", "{pool} person-hours together, {apart} apart"
    out.print(say(*words, pool=f"{hours[0]:,.0f}", apart=f"{hours[1]:,.0f}"))
