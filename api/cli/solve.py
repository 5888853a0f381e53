"""`paiban solve` and `paiban explain`: people and requirement to a roster, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import BROKEN, CLEAN, NO_ROSTER, AsJson, MonthOption, err, out, print_json
from api.cli.inputs import NeedFile, OutFolder, PeopleFile, Seconds, Seed, SiteFile, Threads, read_problem
from api.cli.reasons import reasons
from api.cli.watch import watching
from api.deliver import write_rostered
from api.files.proof import certificate_facts
from api.files.roster import read_duties
from api.files.site import SitePlan
from api.files.whole import refuse_unwritable, written_whole
from api.plan import certified, recorded
from api.report.run import Run, as_file, run_picture
from api.speech import say
from constraints.figures import cover, shortfall
from domain.roster import Roster
from scheduler.explain import explain
from scheduler.problem import Limits, Problem, near
from scheduler.result import Result


def solve_command(
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedFile,
    month: MonthOption,
    folder: OutFolder,
    start: Annotated[Path | None, typer.Option(help=say("由此排班表开始", "a roster to begin from, csv"))] = None,
    published: Annotated[
        Path | None,
        typer.Option(help=say("已发布的排班表, 尽量少改动", "the published roster, csv: each cell that differs costs")),
    ] = None,
    seconds: Seconds = 60,
    threads: Threads = 2,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Build a roster from people and requirement; Ctrl-C takes the best so far."""
    refuse_unwritable(folder)
    plan, problem = read_problem(site, people, requirement, month)
    if published is not None:
        problem = near(problem, _roster(published, problem))
    if start is not None:
        problem = replace(problem, start=_roster(start, problem))
    limits = Limits(seconds=seconds, threads=threads, seed=seed)
    with watching(problem.situation, limits) as watch:
        moments, result = recorded(problem, limits, watch)
    if result.roster is None or result.report is None:
        _say_why(problem, limits)
        raise typer.Exit(NO_ROSTER)
    facts = _deliver(plan, problem, result, Run.of(moments, result), folder)
    print_json(facts) if as_json else _print(facts)
    raise typer.Exit(CLEAN if result.report.clean else BROKEN)


def _roster(path: Path, problem: Problem) -> Roster:
    situation = problem.situation
    return Roster.of(situation.horizon, [*situation.history, *read_duties(path, situation)])


def explain_command(
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedFile,
    month: MonthOption,
    seconds: Seconds = 60,
    threads: Threads = 2,
    seed: Seed = 1,
) -> None:
    """Say why no roster keeps every hard rule: what must be missing, the smallest clash, and what would help."""
    _, problem = read_problem(site, people, requirement, month)
    _say_why(problem, Limits(seconds=seconds, threads=threads, seed=seed))


def _say_why(problem: Problem, limits: Limits) -> None:
    found = explain(problem, replace(limits, seconds=limits.seconds / 3))
    if found.roster is not None and not found.breaches:
        out.print(say("存在满足全部硬性规则的排班", "there is a roster that keeps every hard rule"))
        return
    for line in reasons(problem, limits, found):
        err.print(line, style="red", highlight=False, markup=False, soft_wrap=True)


def _deliver(plan: SitePlan, problem: Problem, result: Result, run: Run, folder: Path) -> dict[str, object]:
    """Write roster, month grid, certificate and the picture of the run, all or none; the figures of the roster."""
    assert result.roster is not None  # noqa: S101 - asked only with a roster
    assert result.report is not None  # noqa: S101 - every roster is judged
    situation = problem.situation
    certificate = certified(plan, result.roster, situation)
    with written_whole(folder) as scratch:
        write_rostered(scratch, result.roster, situation, plan.language, certificate)
        (scratch / "run.svg").write_text(as_file(run_picture(run, plan.language)), encoding="utf-8")
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
