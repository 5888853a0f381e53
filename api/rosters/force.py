"""The duties in force, brought to what some changes say; both databases refuse two of one person at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select

from api.callouts.ending import end_changed
from api.rosters.given import Given
from api.store import tables as t
from api.store.store import Work
from api.swaps.stale import supersede
from domain.roster import Change, Duty


def bring_into_force(work: Work, given: Given, changes: Sequence[Change]) -> None:
    """Bring the duties in force to what the changes say; rows live on, so that a calendar keeps its events."""
    touched = {(given.numbers[change.agent], change.day) for change in changes}
    rows = _rows(work, given, touched)
    wanted: defaultdict[tuple[int, date], list[Duty]] = defaultdict(list)
    gone = {change.old for change in changes if change.old}
    for change in changes:
        if change.new:
            wanted[given.numbers[change.agent], change.day].append(change.new)
    moved: list[t.Duty] = []
    for cell in touched:
        kept = {_duty(row, given) for row in rows[cell] if row.state == "active"} - gone
        free = [row for row in rows[cell] if row.state != "active" or _duty(row, given) in gone]
        for duty in wanted[cell]:
            if duty in kept:
                continue
            row = free.pop(0) if free else _fresh(work, given, duty)
            moved.append(_become(work, given, row, duty))
        for row in free:
            if row.state == "active":
                row.state, row.sequence, row.changed_at = "cancelled", row.sequence + 1, work.now
    work.session.flush()
    for row in moved:
        row.state = "active"
    work.session.flush()
    supersede(work, given.roster.id)
    end_changed(work, given.roster.id)


def _rows(work: Work, given: Given, cells: Iterable[tuple[int, date]]) -> defaultdict[tuple[int, date], list[t.Duty]]:
    """The rows of some cells, those in force first."""
    wanted = set(cells)
    asked = select(t.Duty).where(t.Duty.roster_id == given.roster.id).order_by(t.Duty.state, t.Duty.id)
    found: defaultdict[tuple[int, date], list[t.Duty]] = defaultdict(list)
    for row in work.session.scalars(asked):
        if (row.person_id, row.day) in wanted:
            found[row.person_id, row.day].append(row)
    return found


def _fresh(work: Work, given: Given, duty: Duty) -> t.Duty:
    row = t.Duty(
        site_id=given.roster.site_id,
        roster_id=given.roster.id,
        person_id=given.numbers[duty.agent],
        day=duty.day,
        sequence=-1,
    )
    work.session.add(row)
    return row


def _become(work: Work, given: Given, row: t.Duty, duty: Duty) -> t.Duty:
    """A row tells another duty of its cell; it is not in force before all of them are told."""
    row.shift, row.work, row.breaks = duty.shift, duty.work, list(duty.breaks)
    row.start_at, row.end_at = span_of(given, duty)
    row.state, row.sequence, row.changed_at = "moving", row.sequence + 1, work.now
    return row


def span_of(given: Given, duty: Duty) -> tuple[datetime, datetime]:
    """From when to when a duty lasts."""
    site = given.plan.site
    span = site.shift(duty.shift).span(site.zone, duty.day)
    return span.start, span.end


def _duty(row: t.Duty, given: Given) -> Duty:
    numbers = {person: number for number, person in given.numbers.items()}
    return Duty(row.day, numbers[row.person_id], row.shift, row.work, tuple(row.breaks))
