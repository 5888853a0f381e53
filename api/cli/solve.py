"""`paiban solve` and `paiban explain`: people and requirement to a roster, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import BROKEN, CLEAN, NO_ROSTER, AsJson, MonthOption, err, out, print_json
from api.cli.reasons import reasons
from api.cli.watch import watching
from api.files.people import read_people
from api.files.proof import certificate_facts, write_certificate
from api.files.roster import read_duties, write_roster
from api.files.series import read_requirement
from api.files.site import SitePlan, read_site
from api.files.tables import naming
from api.files.whole import refuse_unwritable, written_whole
from api.files.workbook import write_workbook
from api.plan import assemble, certified
from api.speech import say
from constraints.figures import cover, shortfall
from domain.roster import Roster
from domain.time import Month
from scheduler.explain import explain
from scheduler.problem import Limits, Problem
from scheduler.result import Result
from scheduler.solve import solve

SiteFile = Annotated[Path, typer.Argument(metavar="SITE.yaml", help=say("站点文件", "the file of the site"))]
PeopleFile = Annotated[Path, typer.Option("--people", help=say("人员表 csv/xlsx", "the people, csv or xlsx"))]
NeedFile = Annotated[Path, typer.Option("--requirement", help=say("人力需求 csv", "the people needed, csv"))]
Seconds = Annotated[float, typer.Option(min=1, help=say("求解时间上限, 秒", "time for the solver, seconds"))]
Threads = Annotated[int, typer.Option(min=1, max=64)]
Seed = Annotated[int, typer.Option(min=0)]


def solve_command(
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedFile,
    month: MonthOption,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("输出文件夹", "where the files go"))],
    start: Annotated[Path | None, typer.Option(help=say("由此排班表开始", "a roster to begin from, csv"))] = None,
    seconds: Seconds = 60,
    threads: Threads = 2,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Build a roster from people and requirement; Ctrl-C takes the best so far."""
    refuse_unwritable(folder)
    plan, problem = _problem(site, people, requirement, month)
    if start is not None:
        duties = read_duties(start, problem.situation)
        problem = replace(problem, start=Roster.of(problem.situation.horizon, [*problem.situation.history, *duties]))
    limits = Limits(seconds=seconds, threads=threads, seed=seed)
    with watching(problem.situation, limits) as watch:
        result = solve(problem, limits, report=watch)
    if result.roster is None or result.report is None:
        _say_why(problem, limits)
        raise typer.Exit(NO_ROSTER)
    facts = _deliver(plan, problem, result, folder)
    print_json(facts) if as_json else _print(facts)
    raise typer.Exit(CLEAN if result.report.clean else BROKEN)


def explain_command(
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedFile,
    month: MonthOption,
    seconds: Seconds = 60,
    threads: Threads = 2,
    seed: Seed = 1,
) -> None:
    """Say why no roster keeps every hard rule: the least that must be missing, by rule, day and number."""
    _, problem = _problem(site, people, requirement, month)
    _say_why(problem, Limits(seconds=seconds, threads=threads, seed=seed))


def _problem(site: Path, people: Path, requirement: Path, month: Month) -> tuple[SitePlan, Problem]:
    plan = read_site(site)
    needed = read_requirement(requirement, plan.site)
    with naming(people):
        situation = assemble(plan, read_people(people, plan), month, needed)
    return plan, Problem(situation, plan.policy)


def _say_why(problem: Problem, limits: Limits) -> None:
    found = explain(problem, limits)
    if found.roster is not None and not found.breaches:
        out.print(say("存在满足全部硬性规则的排班", "there is a roster that keeps every hard rule"))
        return
    for line in reasons(found):
        err.print(line, style="red", highlight=False, markup=False, soft_wrap=True)


def _deliver(plan: SitePlan, problem: Problem, result: Result, folder: Path) -> dict[str, object]:
    """Write roster, month grid and certificate, all or none; the figures of the roster."""
    assert result.roster is not None  # noqa: S101 - asked only with a roster
    assert result.report is not None  # noqa: S101 - every roster is judged
    situation = problem.situation
    certificate = certified(plan, result.roster, situation)
    with written_whole(folder) as scratch:
        write_roster(scratch / "roster.csv", result.roster, situation)
        write_workbook(scratch / "roster.xlsx", result.roster, situation, plan.language)
        write_certificate(scratch / "certificate.json", certificate)
    return {
        "status": result.status.value,
        "score": result.report.score,
        "bound": round(result.bound, 3),
        "gap": result.gap,
        "hard_breaches": len(result.report.hard),
        "need_covered": shortfall(cover(result.roster, situation)).covered_share,
        "solve_seconds": round(result.seconds, 2),
        "incumbents": result.incumbents,
        "certificate": certificate_facts(certificate),
        "out": str(folder),
    }


def _print(facts: dict[str, object]) -> None:
    words = say(
        "评分 {score} · 下界 {bound} · 违反硬性规则 {hard} · 需求满足率 {covered:.1%} · {folder}",
        "score {score} · bound {bound} · hard rules broken {hard} · need covered {covered:.1%} · {folder}",
        score=facts["score"],
        bound=facts["bound"],
        hard=facts["hard_breaches"],
        covered=facts["need_covered"],
        folder=facts["out"],
    )
    out.print(words, highlight=False, markup=False, soft_wrap=True)
