"""Duties as rows of a document, out and in again: `[day, person, shift, work, [breaks]]`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from domain.roster import Change, Duty, in_order

Row = list[Any]


def to_row(duty: Duty) -> Row:
    """A duty as a row."""
    return [duty.day.isoformat(), duty.agent, duty.shift, duty.work, list(duty.breaks)]


def to_duty(row: Row) -> Duty:
    """A row as a duty."""
    day, agent, shift, work, breaks = row
    return Duty(_day(day), agent, shift, work, tuple(breaks))


@lru_cache(maxsize=4096)
def _day(words: str) -> date:
    """A day; a month has thirty of them and thousands of duties."""
    return date.fromisoformat(words)


def to_rows(duties: Iterable[Duty]) -> list[Row]:
    """Duties as rows, in order."""
    return [to_row(duty) for duty in in_order(duties)]


def to_duties(rows: Iterable[Row]) -> tuple[Duty, ...]:
    """Rows as duties."""
    return tuple(to_duty(row) for row in rows)


def changed_rows(rows: list[Row], changes: Iterable[Change]) -> list[Row]:
    """The rows after some changes, in order."""
    changes = tuple(changes)
    gone = [to_row(change.old) for change in changes if change.old]
    come = [to_row(change.new) for change in changes if change.new]
    days = {row[0] for row in gone}
    return sorted([*(row for row in rows if row[0] not in days or row not in gone), *come])


def change_row(change: Change) -> dict[str, Any]:
    """A change as it is kept and sent."""
    return {
        "agent": change.agent,
        "day": change.day.isoformat(),
        "old": to_row(change.old) if change.old else None,
        "new": to_row(change.new) if change.new else None,
    }


def to_change(row: dict[str, Any]) -> Change:
    """A change that was kept."""
    return Change(
        row["agent"],
        date.fromisoformat(row["day"]),
        to_duty(row["old"]) if row["old"] else None,
        to_duty(row["new"]) if row["new"] else None,
    )
