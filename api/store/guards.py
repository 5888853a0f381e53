"""What the database itself refuses: two duties of one person at a time, and any change of what must never change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NO_OVERLAP: Final = "duties_no_overlap"
"""Both databases refuse by this name."""
NEVER_CHANGED: Final = ("audit_entries", "forecasts", "ledger_entries", "requirements", "roster_versions", "site_plans")
EVENTS: Final = ("UPDATE", "DELETE")


def guards(dialect: str, tables: Sequence[str] = NEVER_CHANGED) -> list[str]:
    """The statements that set the guards up."""
    overlap = _exclusion() if dialect == "postgresql" else [_overlap(when) for when in ("INSERT", "UPDATE")]
    return [*overlap, *(statement for table in tables for statement in kept(dialect, table))]


def kept(dialect: str, table: str) -> list[str]:
    """The statements by which the rows of a table never change."""
    return [_postgresql(table)] if dialect == "postgresql" else [_sqlite(table, when) for when in EVENTS]


def unguards(dialect: str, tables: Sequence[str] = NEVER_CHANGED) -> list[str]:
    """The statements that take them away."""
    if dialect == "postgresql":
        triggers = [f"DROP TRIGGER {table}_never_change ON {table}" for table in tables]
        return [*triggers, "DROP FUNCTION paiban_never_change", f"ALTER TABLE duties DROP CONSTRAINT {NO_OVERLAP}"]
    overlap = [f"DROP TRIGGER {NO_OVERLAP}_{when.lower()}" for when in ("INSERT", "UPDATE")]
    return [*overlap, *(f"DROP TRIGGER {table}_no_{when.lower()}" for table in tables for when in EVENTS)]


def _exclusion() -> list[str]:
    exclusion = (
        f"ALTER TABLE duties ADD CONSTRAINT {NO_OVERLAP} EXCLUDE USING gist "
        "(person_id WITH =, tstzrange(start_at, end_at, '[)') WITH &&) WHERE (state = 'active')"
    )
    return ["CREATE EXTENSION IF NOT EXISTS btree_gist", exclusion, _FUNCTION]


_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION paiban_never_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
)


def _postgresql(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_never_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION paiban_never_change()"
    )


def _overlap(when: str) -> str:
    """SQLite knows no exclusion: a trigger refuses the same."""
    return (
        f"CREATE TRIGGER {NO_OVERLAP}_{when.lower()} BEFORE {when} ON duties WHEN NEW.state = 'active' AND EXISTS ("  # noqa: S608
        "SELECT 1 FROM duties WHERE person_id = NEW.person_id AND state = 'active' AND id IS NOT NEW.id "
        "AND start_at < NEW.end_at AND NEW.start_at < end_at) "
        f"BEGIN SELECT RAISE(ABORT, '{NO_OVERLAP}'); END"
    )


def _sqlite(table: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{when.lower()} BEFORE {when} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} never change'); END"
    )
