"""A clean roster of the small site for December 2026, kept beside the tests that work on it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from api.auth.rights import Role
from api.rosters.cells import to_rows
from api.rosters.given import read_given, roster_row
from api.rosters.routes import opened_roster
from api.store import tables as t
from domain.time import Month
from scheduler.problem import Limits
from scheduler.solve import solve
from tests.api.clients import World, new_world
from tests.api.people.test_people import imported

MONTH = Month(2026, 12)
PATH = "/api/v1/sites/harbour/rosters/2026-12"
KEPT = Path(__file__).parent / "december.json"


@cache
def december() -> list[list[Any]]:
    """The rows of a clean roster, the same for every run; test_rosters.py proves that it is clean."""
    rows: list[list[Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return rows


def solved() -> list[list[Any]]:
    """Such a roster made anew: `python -m tests.api.rosters.solved` keeps it."""
    with new_world("sqlite", "harbour") as world:
        staffed(world)
        with world.store.reading() as session:
            given = read_given(session, roster_row(session, site_id(world), MONTH))
        found = solve(given.task, Limits(seconds=8, seed=1))
        assert found.roster is not None
        return to_rows(found.roster.planned)


def staffed(world: World) -> None:
    """The people of the site, and the month begun."""
    imported(world.of_role(Role.SCHEDULER))
    with world.store.writing() as work:
        opened_roster(work, site_id(world), MONTH)


def drafted_world(world: World) -> World:
    """The same with the clean roster as its draft."""
    rows = december()
    staffed(world)
    with world.store.writing() as work:
        row = roster_row(work.session, site_id(world), MONTH)
        row.draft = rows
        row.revision += 1
    return world


def site_id(world: World, code: str = "harbour") -> int:
    with world.store.reading() as session:
        return session.scalars(select(t.Site.id).where(t.Site.code == code)).one()


if __name__ == "__main__":
    KEPT.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in solved()) + "\n]\n", "utf-8")
