"""`paiban remedies`: where a target is missed, the cheapest of more lines, seats at which hours, or people."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from api.cli.console import AsJson, out, print_json
from api.cli.inputs import Seed, SiteFile
from api.cli.manned import (
    ForecastFile,
    LinesOption,
    Manned,
    NeedOption,
    PeopleOption,
    RosterOption,
    Staff,
    manned,
)
from api.speech import say
from forecasting.remedies import Case, Kind, Prices, Remedy, remedies
from forecasting.scenarios import scenarios

KINDS = {
    Kind.LINES: ("增加线路", "more lines"),
    Kind.SEATS: ("高峰增加座席", "more seats at the peak"),
    Kind.PEOPLE: ("全天增加人员", "more people all day"),
}


def remedies_command(
    site: SiteFile,
    forecast: ForecastFile,
    roster: RosterOption = None,
    people: PeopleOption = None,
    requirement: NeedOption = None,
    lines: LinesOption = None,
    paths: Annotated[int, typer.Option(min=1, max=200, help=say("情景数", "paths of calls"))] = 5,
    line_price: Annotated[float, typer.Option(min=0, help=say("一条线路每月费用", "a line costs a month"))] = 200,
    hour_price: Annotated[float, typer.Option(min=0, help=say("每人时费用", "an hour of a person costs"))] = 40,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """For each queue that misses its target: what would meet it, the cheapest first, each found by simulation."""
    given = manned(site, forecast, Staff(roster, people, requirement), lines)
    prices = Prices(line_price, hour_price)
    found = {queue: remedies(_case(given, queue, paths, seed), prices) for queue in given.at.callers}
    if as_json:
        print_json({queue: [_facts(each) for each in told] for queue, told in found.items()})
        return
    for queue, told in found.items():
        name = given.plan.site.work(queue).label.said(given.plan.language)
        if told:
            out.print(_table(name, told))
        else:
            out.print(say("{name}: 达到目标", "{name}: the target is met", name=name))


def _case(given: Manned, queue: str, paths: int, seed: int) -> Case:
    chance = np.random.default_rng(seed)
    drawn = {each: scenarios(given.forecast, each, paths, chance) for each in given.at.callers}
    return Case(drawn, given.forecast.interval * 60.0, given.at, queue, given.plan.goals[queue].target, seed)


def _facts(remedy: Remedy) -> dict[str, object]:
    hours = [{"from": start, "to": end, "more": more} for start, end, more in remedy.hours]
    facts = {"added": remedy.added, "hours": hours, "met": remedy.met, "cost": remedy.cost, "enough": remedy.enough}
    return {"kind": remedy.kind.value, **facts}


def _table(name: str, told: list[Remedy]) -> Table:
    table = Table(
        say("办法", "remedy"), say("增加", "more"), say("之后达标率", "met afterwards"), say("费用", "cost"), title=name
    )
    for remedy in told:
        where = ", ".join(f"{start}-{end} {say('点', 'h')}: +{more}" for start, end, more in remedy.hours)
        note = "" if remedy.enough else say(" (仍不够)", " (not enough)")
        share, cost = f"{remedy.met:.1%}{note}", f"{remedy.cost:,.0f}"
        table.add_row(say(*KINDS[remedy.kind]), where or f"+{remedy.added}", share, cost)
    return table
