"""`paiban why` and `paiban standins`: one cell explained, and who could stand in where one absence would hurt."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from api.cli.cells import cell_words
from api.cli.console import BROKEN, CLEAN, AsJson, out, parsed, print_json
from api.cli.inputs import MonthInRoster, NeedBeside, PeopleFile, RosterFile, SiteFile, Standing, read_standing
from api.files.tables import read_date
from api.speech import language, say
from constraints.breach import Breach, duty_text, told
from constraints.verdict import Verdict
from domain.language import day_text
from domain.roster import Duty
from domain.site import Site
from scheduler.standins import Slot, slots
from scheduler.why import Alternative, Cell, why

SHOWN = 3


def why_command(
    file: RosterFile,
    site: SiteFile,
    people: PeopleFile,
    agent: Annotated[str, typer.Option(help=say("工号", "id of the person"))],
    day: Annotated[date, typer.Option(parser=parsed(read_date), metavar="YYYY-MM-DD")],
    requirement: NeedBeside = None,
    month: MonthInRoster = None,
    as_json: AsJson = False,
) -> None:
    """Say why a person has this duty on a day, and why no other: what each would break, and what it would cost."""
    given = read_standing(file, site, people, requirement, month)
    cell = why(given.roster, given.situation, given.plan.policy, agent, day)
    print_json(_cell_facts(cell)) if as_json else _print_cell(given, cell)


def _cell_facts(cell: Cell) -> dict[str, object]:
    return {
        "agent": cell.agent,
        "day": cell.day.isoformat(),
        "duty": _duty_facts(cell.duty),
        "best": cell.best,
        "alternatives": [
            {
                "duty": _duty_facts(other.duty),
                "allowed": other.verdict.allowed,
                "cost": other.verdict.cost,
                "breaks": told(_first_hard(other.verdict), language()),
                "heals": told(other.verdict.healed, language()),
            }
            for other in cell.alternatives
        ],
    }


def _duty_facts(duty: Duty | None) -> dict[str, str] | None:
    return {"shift": duty.shift, "work": duty.work} if duty else None


def _print_cell(given: Standing, cell: Cell) -> None:
    site, name = given.situation.site, given.situation.agent(cell.agent).name
    here = cell_words(cell.duty, site)
    out.print(f"{name} {day_text(cell.day).said(language())}: {here}", markup=False)
    table = Table(box=None, header_style="dim")
    for heading in (say("改为", "instead"), say("允许", "allowed"), say("代价", "cost"), say("因为", "because")):
        table.add_column(heading)
    for other in cell.alternatives:
        table.add_row(*_row(other, site))
    out.print(table)
    if cell.best:
        out.print(say("单独改这一格不会更好", "no change of this cell alone would be better"))


def _row(other: Alternative, site: Site) -> tuple[str, str, str, str]:
    words = told(_first_hard(other.verdict)[:SHOWN], language())
    return (
        cell_words(other.duty, site),
        "✓" if other.verdict.allowed else "✗",
        f"{other.verdict.cost:+,}",
        "\n".join(words),
    )


def _first_hard(verdict: Verdict) -> tuple[Breach, ...]:
    return tuple(sorted(verdict.broken, key=lambda breach: (not breach.hard, -breach.cost)))


def standins_command(
    file: RosterFile,
    site: SiteFile,
    people: PeopleFile,
    requirement: NeedBeside = None,
    month: MonthInRoster = None,
    as_json: AsJson = False,
) -> None:
    """Name the legal stand-ins of every duty that the emergency floor needs; exit code 1 if one has none."""
    given = read_standing(file, site, people, requirement, month)
    found = slots(given.roster, given.situation, given.plan.policy)
    bare = [slot for slot in found if not slot.survives]
    if as_json:
        print_json({"slots": [_slot_facts(slot) for slot in found], "uncovered": len(bare)})
    else:
        names = {agent.id: agent.name for agent in given.situation.agents}
        for slot in found:
            others = "、".join(names[one.agent] for one in slot.stand_ins[:SHOWN]) or say("无人可替", "nobody")
            mark = "✓" if slot.survives else "✗"
            here = f"{mark} {duty_text(slot.duty).said(language())} {names[slot.duty.agent]} ← {others}"
            out.print(here, style=None if slot.survives else "red", markup=False, highlight=False)
        words = "关键班{all}个, 其中{bare}个无人可替", "{all} vital duties, {bare} of them without a stand-in"
        out.print(say(*words, all=len(found), bare=len(bare)))
    raise typer.Exit(BROKEN if bare else CLEAN)


def _slot_facts(slot: Slot) -> dict[str, object]:
    duty = slot.duty
    return {
        "agent": duty.agent,
        "day": duty.day.isoformat(),
        "shift": duty.shift,
        "stand_ins": [
            {"agent": one.agent, "cost": one.cost, "gives_up": _duty_facts(one.gives_up)} for one in slot.stand_ins
        ],
    }
