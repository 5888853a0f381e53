"""`paiban simulate`: what callers would meet under a roster, or under the requirement itself."""

from __future__ import annotations

import math
from typing import Annotated, Final

import numpy as np
import typer
from rich.table import Table

from api.cli.console import AsJson, finite, out, print_json
from api.cli.inputs import Seed, SiteFile
from api.cli.manned import ForecastFile, LinesOption, NeedOption, PeopleOption, RosterOption, Staff, manned
from api.files.site import SitePlan
from api.speech import say
from forecasting.measures import Measure, Study, study
from forecasting.require import Goal
from forecasting.scenarios import scenarios
from forecasting.simulate import Callers

WORDS: Final = {
    "calls": ("来电", "calls"),
    "answered": ("接起率", "answered"),
    "callers served": ("来电者最终接通", "callers served in the end"),
    "in time": ("按时接起", "in time"),
    "hung up": ("放弃", "hung up"),
    "sent on": ("转出", "sent on"),
    "no line": ("占线", "no line free"),
    "left waiting": ("期末仍在等待", "still waiting at the end"),
    "mean wait": ("平均等待, 秒", "mean wait, s"),
    "nine of ten wait less": ("九成等待少于, 秒", "nine of ten wait less than, s"),
    "occupancy": ("通话占比", "share of time in talk"),
}
SHARES: Final = ("answered", "callers served", "in time", "hung up", "sent on", "no line", "left waiting", "occupancy")


def simulate_command(
    site: SiteFile,
    forecast: ForecastFile,
    roster: RosterOption = None,
    people: PeopleOption = None,
    requirement: NeedOption = None,
    paths: Annotated[int, typer.Option(min=1, max=2000, help=say("情景数", "paths of calls"))] = 20,
    within: Annotated[float, typer.Option(min=0, help=say("按时接起的秒数", "seconds that count as in time"))] = 20,
    again: Annotated[
        float, typer.Option(min=0, max=1, help=say("未接通者重拨的比例", "share not served that calls again"))
    ] = 0.0,
    again_after: Annotated[float, typer.Option(min=1, help=say("重拨平均间隔, 秒", "seconds until then"))] = 600,
    overflow: Annotated[
        float | None, typer.Option(min=0, help=say("等待多少秒后转出", "seconds of waiting until a call is sent on"))
    ] = None,
    lines: LinesOption = None,
    spread: Annotated[
        float, typer.Option(min=0.01, help=say("处理时长的变异系数", "spread of handle times over their mean"))
    ] = 1.3,
    pooled: Annotated[
        bool, typer.Option("--pooled", help=say("有证者可跨队列支援", "agents help out where they are certified"))
    ] = False,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Simulate the days of a forecast call by call: answered rate, service level, waits, each with its certainty."""
    limit = math.inf if overflow is None else overflow

    def behaviour(goal: Goal) -> Callers:
        of = goal.demand
        return Callers(of.handle_s, of.patience_s, spread, again, again_after, limit, within, of.concurrent)

    given = manned(site, forecast, Staff(roster, people, requirement, pooled), lines, behaviour)
    randomly = np.random.default_rng(seed)
    drawn = {queue: scenarios(given.forecast, queue, paths, randomly) for queue in given.at.callers}
    found = study(drawn, given.forecast.interval * 60.0, given.at, randomly)
    if as_json:
        print_json({"paths": found.paths, "queues": {queue: _facts(found, queue) for queue in found.of}})
    else:
        _print(found, given.plan)


def _facts(found: Study, queue: str) -> dict[str, dict[str, float | None]]:
    return {name: {"mean": finite(of.mean), "within": finite(of.within)} for name, of in found.of[queue].items()}


def _print(found: Study, plan: SitePlan) -> None:
    table = Table("", *(_name(queue, plan) for queue in found.of))
    for name, words in WORDS.items():
        cells = [found.of[queue].get(name) for queue in found.of]
        table.add_row(say(*words), *("" if cell is None else _said(name, cell) for cell in cells))
    out.print(table)
    words = "{paths} 个情景; ± 为 95 % 置信区间", "{paths} paths; ± holds with 95 % certainty"
    out.print(say(*words, paths=found.paths), style="dim")


def _name(queue: str, plan: SitePlan) -> str:
    return plan.site.work(queue).label.said(plan.language) if queue else say("合计", "all")


def _said(name: str, of: Measure) -> str:
    """A number with how far it may be off; shares in percent."""
    scale, digits, unit = (100.0, 1, " %") if name in SHARES else (1.0, 0, "")
    off = f" ± {scale * of.within:,.{digits}f}" if math.isfinite(of.within) else ""
    return f"{scale * of.mean:,.{digits}f}{off}{unit}" if math.isfinite(of.mean) else "-"
