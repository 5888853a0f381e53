"""`paiban repair`: the least change that mends a published roster, and the reason of each change."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cli.cells import cell_words
from api.cli.console import BROKEN, CLEAN, NO_ROSTER, AsJson, err, out, parsed, print_json
from api.cli.inputs import (
    MonthInRoster,
    NeedBeside,
    OutFolder,
    PeopleFile,
    RosterFile,
    Seconds,
    Seed,
    SiteFile,
    Standing,
    Threads,
    read_standing,
)
from api.deliver import write_rostered
from api.files.changes import write_changes
from api.files.tables import read_date
from api.files.whole import refuse_unwritable, written_whole
from api.plan import certified
from api.speech import language, say
from constraints.breach import told
from domain.language import day_text, plain
from domain.time import Days
from scheduler.problem import Limits
from scheduler.repair import CHANGE, Leeway, Reasoned, Repair, Repaired, repair

Day = Annotated[date | None, typer.Option(parser=parsed(read_date), metavar="YYYY-MM-DD")]


def repair_command(
    file: RosterFile,
    site: SiteFile,
    people: PeopleFile,
    folder: OutFolder,
    requirement: NeedBeside = None,
    month: MonthInRoster = None,
    first: Day = None,
    last: Day = None,
    change: Annotated[
        int, typer.Option(min=0, help=say("每多改一格的代价", "what each further changed cell costs beside the score"))
    ] = CHANGE,
    way: Annotated[int, typer.Option(min=1, help=say("采用第几种方案", "which of the ways to write"))] = 1,
    seconds: Seconds = 20,
    threads: Threads = 2,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Mend a published roster for today's people and needs with the fewest changes; locks and other days stay."""
    refuse_unwritable(folder)
    given = read_standing(file, site, people, requirement, month)
    horizon = given.situation.horizon
    window = Days(first or horizon.first, last or horizon.last) if first or last else None
    limits = Limits(seconds=seconds, threads=threads, seed=seed)
    found = repair(given.problem, given.roster, limits, Leeway(window, change))
    if not found.ways:
        err.print(say("时间内没有找到修复方案; 请加长 --seconds", "no repair was found in time; give more --seconds"))
        raise typer.Exit(NO_ROSTER)
    chosen = found.ways[min(way, len(found.ways)) - 1]
    _write(given, chosen, folder)
    print_json(_facts(found, folder)) if as_json else _print(given, found, chosen)
    raise typer.Exit(BROKEN if chosen.left else CLEAN)


def _write(given: Standing, chosen: Repaired, folder: Path) -> None:
    """Write roster, month grid, certificate and changes, all or none."""
    situation, speech = given.situation, given.plan.language
    with written_whole(folder) as scratch:
        write_rostered(scratch, chosen.roster, situation, speech, certified(given.plan, chosen.roster, situation))
        write_changes(scratch / "changes.csv", chosen.changes, situation, speech)


def _facts(found: Repair, folder: Path) -> dict[str, object]:
    return {
        "window": [found.window.first.isoformat(), found.window.last.isoformat()],
        "ways": [
            {
                "changes": way.changed,
                "breaks_moved": way.moved,
                "proved_fewest": way.proved,
                "score": way.report.score,
                "hard_breaches_left": len(way.left),
            }
            for way in found.ways
        ],
        "fewest_known_after": round(found.fewest_seconds, 2),
        "seconds": round(found.seconds, 2),
        "out": str(folder),
    }


def _print(given: Standing, found: Repair, chosen: Repaired) -> None:
    for number, way in enumerate(found.ways, 1):
        words = say(
            "{mark}方案{number}: 改动{changes}格{proved}{moved} · 评分 {score}",
            "{mark}way {number}: {changes} changes{proved}{moved} · score {score}",
            mark="→ " if way is chosen else "  ",
            number=number,
            changes=way.changed,
            proved=say("(已证明最少)", " (proven fewest)") if way.proved and number == 1 else "",
            moved=_moved(way.moved),
            score=f"{way.report.score:,}",
        )
        out.print(words, markup=False)
    for reasoned in chosen.changes:
        out.print(_said(given, reasoned), highlight=False, markup=False, soft_wrap=True)
    for line in told(chosen.left, language()):
        err.print(f"✗ {line}", style="red", highlight=False, markup=False, soft_wrap=True)


def _moved(breaks: int) -> str:
    return say(", 休息移动{breaks}处", ", breaks of {breaks} duties moved", breaks=breaks) if breaks else ""


def _said(given: Standing, reasoned: Reasoned) -> str:
    change = reasoned.change
    why = "; ".join(told(reasoned.because, language()))
    return say(
        "{who} {day}: {old} → {new}  因为: {why}",
        "{who} {day}: {old} → {new}  because: {why}",
        who=plain(given.situation.agent(change.agent).name),
        day=day_text(change.day),
        old=cell_words(change.old, given.situation.site),
        new=cell_words(change.new, given.situation.site),
        why=why or say("否则代价更高", "it would cost more otherwise"),
    )
