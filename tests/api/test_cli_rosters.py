"""The commands about rosters that stand: repair, why, stand-ins, what-if, candidates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import Result

from api.cli.console import BROKEN, CLEAN
from domain.faults import BadInput
from tests.api import harbour
from tests.api.test_cli import paiban, plan, rows

MONTH = "--month", "2026-12"
CHANGE = 480
"""What a changed cell costs by the rule of stability as it is by default."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "site.yaml").write_text(harbour.SITE, encoding="utf-8")
    (folder / "people.csv").write_text(harbour.PEOPLE, encoding="utf-8")
    harbour.calls(folder / "calls.csv.gz")
    assert plan(folder, folder / "plan").exit_code == CLEAN
    return folder


def on_roster(command: str, site: Path, *more: object, people: str = "people.csv") -> Result:
    return paiban(command, site / "plan" / "roster.csv", site / "site.yaml", "--people", site / people, *more)


def on_roster_at(roster: Path, site: Path, *more: object) -> Result:
    need = "--requirement", site / "plan" / "requirement.csv"
    return paiban("check", roster, site / "site.yaml", "--people", site / "people.csv", *need, *more)


def on_month(command: str, site: Path, *more: object) -> Result:
    files = "--people", site / "people.csv", "--requirement", site / "plan" / "requirement.csv"
    return paiban(command, site / "site.yaml", *files, *MONTH, "--seconds", 6, *more)


def test_repair_writes_the_mended_roster_and_the_reason_of_each_change(site: Path, tmp_path: Path) -> None:
    duty = next(row for row in rows(site / "plan" / "roster.csv") if row["date"] == "2026-12-16")
    person = duty["agent_id"]
    header, *lines = harbour.PEOPLE.splitlines()
    away = [
        line.replace("service; emergency,", "service; emergency,2026-12-16 sick", 1)
        if line.startswith(f"{person},") and ",," in line
        else line
        for line in lines
    ]
    if person == "P1":
        away[0] = lines[0].replace("2026-12-07..2026-12-09 annual", "2026-12-16 sick")
    (site / "sick.csv").write_text("\n".join([header, *away]) + "\n", encoding="utf-8")
    result = on_roster("repair", site, "--out", tmp_path / "fixed", "--seconds", 6, "--json", people="sick.csv")
    assert result.exit_code == CLEAN, result.output
    way = json.loads(result.stdout)["ways"][0]
    assert way["proved_fewest"]
    changes = rows(tmp_path / "fixed" / "changes.csv")
    assert way["changes"] > 0
    assert len(changes) == way["changes"] + way["breaks_moved"]
    assert (person, "2026-12-16") in {(row["agent_id"], row["date"]) for row in changes}
    assert all(row["reason"] for row in changes)
    before, after = (
        {
            tuple(row[name] for name in ("agent_id", "date", "shift", "work", "breaks"))
            for row in rows(folder / "roster.csv")
        }
        for folder in (site / "plan", tmp_path / "fixed")
    )
    cells = {(row["agent_id"], row["date"]) for row in changes}
    assert {(agent, day) for agent, day, *_ in before ^ after} == cells
    spoken = on_roster("repair", site, "--out", tmp_path / "again", "--seconds", 6, people="sick.csv")
    assert "because:" in spoken.output


def test_why_answers_for_a_cell_with_verdicts_and_prices(site: Path) -> None:
    row = rows(site / "plan" / "roster.csv")[20]
    words = "--agent", row["agent_id"], "--day", row["date"]
    facts = json.loads(on_roster("why", site, *words, "--json").stdout)
    assert facts["duty"] == {"shift": row["shift"], "work": row["work"]}
    assert None in [other["duty"] for other in facts["alternatives"]]
    assert all(other["breaks"] for other in facts["alternatives"] if not other["allowed"])
    assert row["shift"] in on_roster("why", site, *words).stdout
    assert on_roster("why", site, "--agent", "nobody", "--day", row["date"]).exit_code != CLEAN


def test_stand_ins_are_told_and_a_duty_without_one_ends_in_exit_code_one(site: Path) -> None:
    result = on_roster("standins", site, "--json")
    facts = json.loads(result.stdout)
    assert facts["slots"]
    assert facts["uncovered"] == sum(not slot["stand_ins"] for slot in facts["slots"])
    assert result.exit_code == (BROKEN if facts["uncovered"] else CLEAN)
    assert "vital duties" in on_roster("standins", site).stdout


def test_what_if_puts_cases_side_by_side(site: Path) -> None:
    result = on_month("whatif", site, "--case", "need x1.5", "--case", "+1 service;emergency", "--json")
    assert result.exit_code == CLEAN, result.output
    found = json.loads(result.stdout)
    assert [one["name"] for one in found] == ["as it is", "need x1.5", "+1 service;emergency"]
    assert found[1]["figures"]["score"] > found[0]["figures"]["score"]
    told = on_month("whatif", site, "--case", "-P8")
    assert "-P8" in told.stdout
    assert on_month("whatif", site, "--case", "more").exit_code != CLEAN


def test_candidates_are_written_each_in_its_folder(site: Path, tmp_path: Path) -> None:
    result = on_month("candidates", site, "--out", tmp_path, "--count", 2, "--json")
    assert result.exit_code == CLEAN, result.output
    found = json.loads(result.stdout)
    for number, _ in enumerate(found, 1):
        made = {path.name for path in (tmp_path / str(number)).iterdir()}
        assert made == {"roster.csv", "roster.xlsx", "certificate.json"}


def test_people_bring_protection_and_balances(site: Path) -> None:
    header, first, *others = harbour.PEOPLE.splitlines()
    lines = [
        f"{header},protected,opening",
        f"{first},born 2026-08-01,nights +2; paid 300.5",
        *(f"{o},," for o in others),
    ]
    (site / "nursing.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert on_roster("check", site, people="nursing.csv").exit_code in (CLEAN, BROKEN)
    for cell, column in (("soon,", "protected"), (",holidays many", "opening")):
        bad = [f"{header},protected,opening", f"{first},{cell}", *(f"{o},," for o in others)]
        (site / "bad.csv").write_text("\n".join(bad) + "\n", encoding="utf-8")
        result = on_roster("check", site, people="bad.csv")
        assert isinstance(result.exception, BadInput)
        assert (result.exception.row, result.exception.column) == (2, column)


def test_a_month_solved_near_what_was_published_changes_only_what_is_worth_it(site: Path, tmp_path: Path) -> None:
    """How many cells change depends on how good the roster was; each costs, and the whole must not become dearer."""
    published = site / "plan" / "roster.csv"
    was = json.loads(on_roster("check", site, "--json").stdout)["score"]
    result = on_month("solve", site, "--published", published, "--out", tmp_path / "near", "--json")
    assert result.exit_code == CLEAN, result.output
    became = json.loads(on_roster_at(tmp_path / "near" / "roster.csv", site, "--json").stdout)["score"]
    before, after = (
        {(row["agent_id"], row["date"], row["shift"]) for row in rows(path)}
        for path in (published, tmp_path / "near" / "roster.csv")
    )
    cells = {(agent, day) for agent, day, _ in before ^ after}
    assert became + CHANGE * len(cells) <= was
