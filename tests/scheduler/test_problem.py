"""A part of a month solved anew while the rest stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from constraints.check import check
from domain.requests import Leave
from domain.roster import Duty, Roster
from domain.time import Days
from scheduler.options import option_book
from scheduler.problem import Cell, Limits, Problem, holding
from scheduler.solve import solve
from tests import builders as b
from tests.scheduler.test_whatif import problem

LIMITS = Limits(seconds=4, threads=1)
TUESDAY = b.MONDAY + timedelta(days=1)


def solved(task: Problem) -> Roster:
    roster = solve(task, LIMITS).roster
    assert roster is not None
    return roster


def outside(roster: Roster, free: Days) -> set[Duty]:
    return {duty for duty in roster.planned if duty.day not in free}


def held(task: Problem, roster: Roster, days: Days) -> Problem:
    possible = {entry.duty for entry in option_book(task, only=roster.planned).entries}
    return holding(task, roster, possible.__contains__, lambda cell: cell[1] in days)


def test_days_outside_the_scope_stay_duty_for_duty_and_those_inside_are_mended() -> None:
    task = problem()
    roster = solved(task)
    emptied = Roster.of(roster.horizon, (duty for duty in roster.duties if duty.day != TUESDAY))
    part = held(task, emptied, Days(TUESDAY, TUESDAY))
    again = solved(part)
    assert outside(again, Days(TUESDAY, TUESDAY)) == outside(emptied, Days(TUESDAY, TUESDAY))
    assert check(again, task.situation, task.policy).clean


def test_what_is_broken_outside_the_scope_alone_does_not_hinder_it() -> None:
    task = problem()
    roster = solved(task)
    bare = Roster.of(roster.horizon, (duty for duty in roster.duties if duty.day not in (b.MONDAY, TUESDAY)))
    again = solved(held(task, bare, Days(TUESDAY, TUESDAY)))
    days = {breach.about.day for breach in check(again, task.situation, task.policy).hard}
    assert days == {b.MONDAY}
    assert any(duty.day == TUESDAY for duty in again.planned)


def test_a_held_duty_that_cannot_be_any_more_becomes_rest() -> None:
    task = problem()
    roster = solved(task)
    gone = roster.planned[0]
    away = replace(task.situation, leaves=(Leave(gone.agent, Days(gone.day, gone.day)),))
    again = solved(held(replace(task, situation=away), roster, Days(TUESDAY, TUESDAY)))
    cells: set[Cell] = {(duty.agent, duty.day) for duty in again.planned}
    assert (gone.agent, gone.day) not in cells
