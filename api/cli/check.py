"""`paiban check`: every breach of a roster in words."""

from __future__ import annotations

import typer

from api.cli.console import BROKEN, CLEAN, AsJson, out, print_json
from api.cli.inputs import MonthInRoster, NeedBeside, PeopleFile, RosterFile, SiteFile, read_standing
from api.files.proof import certificate_facts
from api.plan import certified
from api.speech import language, say
from constraints.breach import Breach
from constraints.check import check


def check_command(
    file: RosterFile,
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedBeside = None,
    month: MonthInRoster = None,
    as_json: AsJson = False,
) -> None:
    """Judge a roster by the policy of its site; exit code 1 if a hard rule is broken."""
    given = read_standing(file, site, people, requirement, month)
    report = check(given.roster, given.situation, given.plan.policy)
    if as_json:
        proof = certificate_facts(certified(given.plan, given.roster, given.situation))
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
