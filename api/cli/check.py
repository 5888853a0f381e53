"""`paiban check`: every breach of a roster in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import BROKEN, CLEAN, AsJson, out, parsed, print_json
from api.files.people import read_people
from api.files.proof import certificate_facts
from api.files.roster import month_in, read_duties
from api.files.series import read_requirement
from api.files.site import read_site
from api.files.tables import naming
from api.plan import assemble, certified
from api.speech import language, say
from constraints.breach import Breach
from constraints.check import check
from domain.demand import Requirement
from domain.roster import Roster
from domain.time import Month


def check_command(
    file: Annotated[Path, typer.Argument(metavar="ROSTER.csv")],
    site: Annotated[Path, typer.Argument(metavar="SITE.yaml")],
    people: Annotated[Path, typer.Option(help=say("人员表", "the people, csv or xlsx"))],
    requirement: Annotated[
        Path | None,
        typer.Option(
            help=say(
                "人力需求, 默认同文件夹的 requirement.csv",
                "the requirement; default: requirement.csv beside the roster",
            )
        ),
    ] = None,
    month: Annotated[Month | None, typer.Option(parser=parsed(Month.parse), metavar="YYYY-MM")] = None,
    as_json: AsJson = False,
) -> None:
    """Judge a roster by the policy of its site; exit code 1 if a hard rule is broken."""
    plan = read_site(site)
    beside = requirement or file.with_name("requirement.csv")
    needed = read_requirement(beside, plan.site) if requirement or beside.exists() else Requirement()
    with naming(people):
        situation = assemble(plan, read_people(people, plan), month or month_in(file), needed)
    duties = read_duties(file, situation)
    eve = tuple(duty for duty in duties if duty.day < situation.horizon.first)
    situation = replace(situation, history=tuple({*situation.history, *eve}))
    roster = Roster.of(situation.horizon, [*situation.history, *duties])
    report = check(roster, situation, plan.policy)
    if as_json:
        proof = certificate_facts(certified(plan, roster, situation))
        told = {
            "hard": [_facts(breach) for breach in report.hard],
            "priced": [_facts(breach) for breach in report.priced],
        }
        print_json({"clean": report.clean, "score": report.score, **told, "certificate": proof})
    else:
        _print(report.hard, report.priced)
    raise typer.Exit(CLEAN if report.clean else BROKEN)


def _facts(breach: Breach) -> dict[str, object]:
    about = breach.about
    return {
        "rule": breach.rule.kind,
        "words": breach.said(language()),
        "agent": about.agent.id if about.agent else None,
        "day": about.day.isoformat(),
        "value": breach.measure.value,
        "bound": breach.measure.bound,
        "gap": breach.measure.gap,
        "cost": breach.cost,
    }


def _print(hard: tuple[Breach, ...], priced: tuple[Breach, ...]) -> None:
    for breach in hard:
        out.print(f"✗ {breach.said(language())}", style="red", markup=False, soft_wrap=True)
    for breach in priced:
        out.print(f"· {breach.said(language())} ({breach.cost:,})", markup=False, soft_wrap=True)
    out.print(
        say(
            "违反硬性规则 {hard} 处, 有代价的偏差 {priced} 处, 评分 {score}",
            "{hard} hard breaches, {priced} priced ones, score {score}",
            hard=len(hard),
            priced=len(priced),
            score=f"{sum(breach.cost for breach in priced):,}",
        )
    )
