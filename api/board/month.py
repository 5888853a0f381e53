"""A month put together for the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from api.board.forms import (
    Board,
    BoardBreak,
    BoardDay,
    BoardLeave,
    BoardPerson,
    BoardShift,
    BoardTotals,
    BoardWish,
    BoardWork,
    Codes,
    EditShown,
)
from api.board.notes import notes_of
from api.board.strips import moved_by, strips
from api.colours import shift_colour
from api.files.parts import WordsForm
from api.rosters.forms import PinForm, VerdictShown, duty_shown
from api.rosters.given import Given, drafted, in_force
from constraints.figures import PersonMonth, month_of, months
from domain.people import Agent
from domain.requests import Leave, Wish
from domain.roster import Change, Roster
from domain.shifts import ShiftType
from domain.site import Site
from domain.situation import Situation
from domain.time import Days

EVE: Final = timedelta(days=7)
"""So much of the time before the month stands beside it."""


def board_of(session: Session, given: Given) -> Board:
    """The board of a month, as its draft stands."""
    situation, roster = given.situation, drafted(given)
    days, row, codes = situation.horizon, given.roster, codes_of(situation.site)
    return Board(
        month=row.month,
        revision=row.revision,
        published=row.published,
        planned=None if row.planned is None else datetime.fromisoformat(row.planned["at"]),
        zone=situation.site.zone.key,
        requirement=row.requirement_id,
        days=[_day(situation, day) for day in days],
        shifts=codes.shifts,
        works=codes.works,
        people=[_person(situation, agent) for agent in situation.agents],
        totals=[totals_of(month) for month in months(roster, situation)],
        leaves=[_leave(leave) for leave in situation.leaves if _meets(leave.days, days)],
        wishes=[_wish(wish) for wish in situation.wishes if wish.day in days],
        duties=[duty_shown(duty) for duty in roster.planned],
        in_force=[duty_shown(duty) for duty in in_force(session, row.site_id, days)],
        before=[duty_shown(duty) for duty in situation.history if duty.day >= days.first - EVE],
        pins=[PinForm(agent=pin.agent, day=pin.day, shift=pin.shift) for pin in situation.pins],
        notes=notes_of(session, row),
        strips=strips(roster, given, days),
    )


def codes_of(site: Site) -> Codes:
    """What the codes of a site's rosters mean."""
    return Codes(
        zone=site.zone.key,
        shifts=[_shift(shift) for shift in site.shifts],
        works=[BoardWork(id=work.id, label=WordsForm.of(work.label)) for work in site.works],
    )


def edit_shown(verdict: VerdictShown, roster: Roster, given: Given, changes: Sequence[Change]) -> EditShown:
    """What an edit did: its verdict, and what it moved in the roster, which holds it already."""
    touched = sorted({change.agent for change in changes})
    return EditShown(
        **dict(verdict),
        strips=strips(roster, given, moved_by(changes)),
        totals=[totals_of(month_of(roster, given.situation, agent)) for agent in touched],
    )


def totals_of(month: PersonMonth) -> BoardTotals:
    """One person's month in numbers."""
    return BoardTotals(
        number=month.agent.id,
        paid_minutes=month.paid_minutes,
        owed_minutes=month.owed_minutes,
        nights=month.nights,
        weekends=month.weekends,
        holidays=month.holidays,
        leave_days=month.leave_days,
        wishes=month.wishes,
        wishes_met=month.wishes_met,
    )


def _day(situation: Situation, day: date) -> BoardDay:
    calendar = situation.calendar
    name = calendar.names.get(day)
    events = sorted(calendar.events.get(day, ()))
    kind = calendar.kind(day)
    return BoardDay(day=day, kind=kind, free=not kind.works, name=name and WordsForm.of(name), events=events)


def _shift(shift: ShiftType) -> BoardShift:
    colour = shift_colour(shift)
    return BoardShift(
        code=shift.code,
        label=WordsForm.of(shift.label),
        start=f"{shift.start:%H:%M}",
        end=f"{shift.end:%H:%M}",
        works=list(shift.works),
        pauses=[
            BoardBreak(after=pause.after, until=pause.latest, minutes=pause.minutes, paid=pause.paid)
            for pause in shift.breaks
        ],
        standby=shift.standby,
        back=colour.back,
        ink=colour.text,
    )


def _person(situation: Situation, agent: Agent) -> BoardPerson:
    held = {held.skill for held in agent.certificates if any(map(held.holds, situation.horizon))}
    brought = next((opening.burdens for opening in situation.openings if opening.agent == agent.id), {})
    return BoardPerson(
        number=agent.id,
        name=agent.name,
        team=agent.team,
        contract=WordsForm.of(agent.contract.label),
        skills=sorted(held),
        brought=dict(brought),
    )


def _leave(leave: Leave) -> BoardLeave:
    return BoardLeave(
        agent=leave.agent,
        first=leave.days.first,
        last=leave.days.last,
        leave=leave.kind,
        from_noon=leave.from_noon,
        until_noon=leave.until_noon,
    )


def _wish(wish: Wish) -> BoardWish:
    return BoardWish(agent=wish.agent, day=wish.day, wish=wish.kind, shift=wish.shift, weight=wish.weight)


def _meets(one: Days, other: Days) -> bool:
    return one.first <= other.last and other.first <= one.last
