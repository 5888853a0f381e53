"""What the commands about rosters read: a problem from files, or a roster as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import parsed
from api.files.people import read_people
from api.files.roster import month_in, read_duties
from api.files.series import read_requirement
from api.files.site import SitePlan, read_site
from api.files.tables import naming
from api.plan import assemble
from api.speech import say
from domain.demand import Requirement
from domain.roster import Roster
from domain.situation import Situation
from domain.time import Month
from scheduler.problem import Problem

SiteFile = Annotated[Path, typer.Argument(metavar="SITE.yaml", help=say("站点文件", "the file of the site"))]
RosterFile = Annotated[Path, typer.Argument(metavar="ROSTER.csv", help=say("排班表", "the roster"))]
PeopleFile = Annotated[Path, typer.Option("--people", help=say("人员表 csv/xlsx", "the people, csv or xlsx"))]
NeedFile = Annotated[Path, typer.Option("--requirement", help=say("人力需求 csv", "the people needed, csv"))]
NeedBeside = Annotated[
    Path | None,
    typer.Option(
        "--requirement",
        help=say(
            "人力需求, 默认同文件夹的 requirement.csv", "the requirement; default: requirement.csv beside the roster"
        ),
    ),
]
MonthInRoster = Annotated[
    Month | None,
    typer.Option(
        "--month",
        parser=parsed(Month.parse),
        metavar="YYYY-MM",
        help=say("月份, 默认取自排班表", "the month; default: that of the roster"),
    ),
]
OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help=say("输出文件夹", "where the files go"))]
Seconds = Annotated[float, typer.Option(min=1, help=say("求解时间上限, 秒", "time for the solver, seconds"))]
Threads = Annotated[int, typer.Option(min=1, max=64)]
Seed = Annotated[int, typer.Option(min=0)]


@dataclass(frozen=True, slots=True)
class Standing:
    """A roster as it stands, at its site."""

    plan: SitePlan
    situation: Situation
    roster: Roster

    @property
    def problem(self) -> Problem:
        """What the roster answers to."""
        return Problem(self.situation, self.plan.policy)


def read_problem(site: Path, people: Path, requirement: Path, month: Month) -> tuple[SitePlan, Problem]:
    """The problem of a month, from its files."""
    plan = read_site(site)
    needed = read_requirement(requirement, plan.site)
    with naming(people):
        situation = assemble(plan, read_people(people, plan), month, needed)
    return plan, Problem(situation, plan.policy)


def read_standing(file: Path, site: Path, people: Path, requirement: Path | None, month: Month | None) -> Standing:
    """A roster with its site; the requirement is looked for beside it, what it says of the eve is the history."""
    plan = read_site(site)
    beside = requirement or file.with_name("requirement.csv")
    needed = read_requirement(beside, plan.site) if requirement or beside.exists() else Requirement()
    with naming(people):
        situation = assemble(plan, read_people(people, plan), month or month_in(file), needed)
    duties = read_duties(file, situation)
    eve = [duty for duty in duties if duty.day < situation.horizon.first]
    known = {(duty.agent, duty.day) for duty in eve}
    before = (duty for duty in situation.history if (duty.agent, duty.day) not in known)
    situation = replace(situation, history=(*before, *eve))
    return Standing(plan, situation, Roster.of(situation.horizon, [*situation.history, *duties]))
