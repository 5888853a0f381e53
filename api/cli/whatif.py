"""`paiban whatif` and `paiban candidates`: rosters side by side."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.cases import branch
from api.cli.console import NO_ROSTER, AsJson, MonthOption, err, out, print_json
from api.cli.inputs import NeedFile, OutFolder, PeopleFile, Seconds, Seed, SiteFile, Threads, read_problem
from api.deliver import write_rostered
from api.files.whole import refuse_unwritable, written_whole
from api.plan import certified
from api.speech import language, say
from domain.language import Text, hours_text
from scheduler.candidates import candidates
from scheduler.problem import Limits
from scheduler.whatif import Branch, Figures, compare

Row = tuple[str, Figures | None, dict[str, object]]


def whatif_command(
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedFile,
    month: MonthOption,
    case: Annotated[
        list[str],
        typer.Option(
            help=say(
                "一种假设, 可多次: 'need x1.1', '+2 service;emergency', '-A017', 'no wishes', '{{kind: …}}'; 用 & 连接",
                "a case, may be repeated: 'need x1.1', '+2 service;emergency', '-A017', 'no wishes', '{{kind: …}}'; "
                "join with &",
            )
        ),
    ],
    seconds: Seconds = 30,
    threads: Threads = 2,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Branch the month, change people, rules or demand, solve each branch and show the figures side by side."""
    _, problem = read_problem(site, people, requirement, month)
    branches = [Branch(Text("现状", "as it is"), problem), *(branch(problem, words) for words in case)]
    found = compare(branches, Limits(seconds=seconds, threads=threads, seed=seed))
    rows: list[Row] = [
        (outcome.branch.name.said(language()), outcome.figures, {"status": outcome.result.status.value})
        for outcome in found
    ]
    _show(rows, as_json=as_json)


def candidates_command(
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedFile,
    month: MonthOption,
    folder: OutFolder,
    count: Annotated[int, typer.Option(min=2, max=6, help=say("几份", "how many"))] = 3,
    seconds: Seconds = 120,
    threads: Threads = 2,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Several clearly different good rosters to choose from, each in a folder of its own, with their trade-offs."""
    refuse_unwritable(folder)
    plan, problem = read_problem(site, people, requirement, month)
    found = candidates(problem, Limits(seconds=seconds, threads=threads, seed=seed), count)
    if not found:
        err.print(say("没有找到可行的排班; 见 paiban explain", "no roster was found; see paiban explain"), style="red")
        raise typer.Exit(NO_ROSTER)
    rows: list[Row] = []
    for number, candidate in enumerate(found, 1):
        with written_whole(folder / str(number)) as scratch:
            proof = certified(plan, candidate.roster, problem.situation)
            write_rostered(scratch, candidate.roster, problem.situation, plan.language, proof)
        name = candidate.name.said(language())
        rows.append((f"{number} {name}", candidate.figures, {"differs": round(candidate.differs, 3)}))
    _show(rows, as_json=as_json)


def _show(rows: list[Row], *, as_json: bool) -> None:
    if as_json:
        print_json([{"name": name, **more, "figures": _facts(figures)} for name, figures, more in rows])
        return
    table = Table(box=None, header_style="dim")
    for heading in (
        say("方案", "case"),
        say("评分", "score"),
        say("需求满足", "covered"),
        say("加班", "overtime"),
        say("意愿", "wishes"),
        say("代价最高的规则", "what costs most"),
    ):
        table.add_column(heading, justify="left")
    for name, figures, more in rows:
        table.add_row(name, *_cells(figures, more))
    out.print(table)


def _cells(figures: Figures | None, more: dict[str, object]) -> tuple[str, ...]:
    if figures is None:
        return (say("无可行排班", "no roster"), "", "", "", str(more.get("status", "")))
    dear = sorted(figures.costs.items(), key=lambda pair: -pair[1])[:3]
    return (
        f"{figures.score:,}",
        f"{figures.covered:.1%}",
        hours_text(figures.overtime_minutes).said(language()),
        f"{figures.wishes_met}/{figures.wishes}",
        " · ".join(f"{kind} {cost:,}" for kind, cost in dear),
    )


def _facts(figures: Figures | None) -> dict[str, object] | None:
    if figures is None:
        return None
    return {name: getattr(figures, name) for name in Figures.__slots__}
