"""changes.csv: what happens to each cell, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from api.files.tables import write_csv
from api.pauses import pauses
from constraints.breach import told
from domain.language import Language
from domain.roster import Duty
from domain.site import Site
from domain.situation import Situation
from scheduler.repair import Reasoned

CELL: Final = ("shift", "work", "breaks")
SIDES: Final = (*(f"old_{name}" for name in CELL), *(f"new_{name}" for name in CELL))
HEADER: Final = ("agent_id", "name", "date", *SIDES, "saves", "reason")


def write_changes(path: Path, changes: tuple[Reasoned, ...], situation: Situation, language: Language) -> None:
    """One row a changed cell; an empty shift is rest, `saves` is what the roster would cost more without the change."""
    rows: list[tuple[object, ...]] = []
    for reasoned in changes:
        change = reasoned.change
        name = situation.agent(change.agent).name
        words = "; ".join(told(reasoned.because, language))
        cells = (*_cell(change.old, situation.site), *_cell(change.new, situation.site))
        rows.append((change.agent, name, change.day.isoformat(), *cells, reasoned.saves, words))
    write_csv(path, HEADER, rows)


def _cell(duty: Duty | None, site: Site) -> tuple[str, str, str]:
    return (duty.shift, duty.work, "; ".join(pauses(duty, site))) if duty else ("", "", "")
