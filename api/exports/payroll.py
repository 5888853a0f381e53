"""A month for the payroll: what was worked of what is in force, by pay class (docs/files.md, `payroll`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.attendance.marks import Mark
from api.callouts.states import State
from api.exports.month import Of, kept_month
from api.exports.tables import Row, Table
from api.store import tables as t
from constraints.payroll import Classes, PayMonth, classes_of, payroll
from domain.language import Text
from domain.roster import Roster
from domain.time import Days, Month

UNPAID: Final = frozenset({Mark.NO_SHOW.value, Mark.ABSENCE.value})
"""Duties that were not worked."""
COLUMNS: Final[dict[str, Text]] = {
    "agent_id": Text("工号", "Id"),
    "name": Text("姓名", "Name"),
    "team": Text("班组", "Team"),
    "contract": Text("合同", "Contract"),
    "month": Text("月份", "Month"),
    "duties": Text("出勤班次", "Duties"),
    "owed_h": Text("应出勤工时", "Owed, h"),
    "plain_h": Text("正常工时", "Plain, h"),
    "overtime_h": Text("平日加班工时", "Overtime, h"),
    "overtime_percent": Text("平日加班%", "Overtime, %"),
    "rest_day_h": Text("休息日加班工时", "Rest days, h"),
    "rest_day_percent": Text("休息日%", "Rest days, %"),
    "holiday_h": Text("法定节假日工时", "Holidays, h"),
    "holiday_percent": Text("法定节假日%", "Holidays, %"),
    "plain_pay_h": Text("折合正常工时", "Worth in plain hours"),
    "nights": Text("夜班数", "Nights"),
    "night_h": Text("夜间工时(22:00-06:00)", "From 22:00 to 06:00, h"),
    "standby_h": Text("备班时长", "Standby, h"),
    "call_ins": Text("临时顶班次数", "Call-ins"),
    "leave_days": Text("休假天数", "Leave, days"),
    "absences": Text("旷工次数", "Absences"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """What a month brought beside its roster, by person."""

    absences: Counter[str]
    call_ins: Counter[str]
    unworked: frozenset[tuple[str, date]]


def pay_table(session: Session, site_id: int, month: Month) -> Table:
    """A row a person."""
    kept = kept_month(session, site_id, month, Of.PUBLISHED)
    given, happened = kept.given, _happened(session, site_id, month.days)
    worked = (duty for duty in kept.roster.duties if (duty.agent, duty.day) not in happened.unworked)
    rules = given.plan.policy.rules
    found = payroll(Roster.of(kept.roster.horizon, worked), given.situation, rules)
    return Table(COLUMNS, [_row(each, classes_of(rules), happened, month) for each in found])


def _happened(session: Session, site_id: int, days: Days) -> Happened:
    """Absences, call-ins, and the days whose duty was not worked."""
    here = t.Person.site_id == site_id
    mine = t.Attendance.person_id == t.Person.id
    marks = select(t.Person.number, t.Attendance.day, t.Attendance.mark).join(t.Attendance, mine)
    marks = marks.where(here, t.Attendance.day >= days.first, t.Attendance.day <= days.last)
    missed = [(number, day, mark) for number, day, mark in session.execute(marks) if mark in UNPAID]
    taken = select(t.Person.number).join(t.Callout, t.Callout.taker_id == t.Person.id)
    taken = taken.where(t.Callout.site_id == site_id, t.Callout.day >= days.first, t.Callout.day <= days.last)
    return Happened(
        Counter(number for number, _, mark in missed if mark == Mark.ABSENCE),
        Counter(session.scalars(taken.where(t.Callout.state == State.FILLED.value))),
        frozenset((number, day) for number, day, _ in missed),
    )


def _row(found: PayMonth, classes: Classes, happened: Happened, month: Month) -> Row:
    agent = found.agent
    return (
        agent.id, agent.name, agent.team, agent.contract.id, str(month),
        found.duties, _hours(found.owed), _hours(found.plain),
        _hours(found.overtime), classes.overtime,
        _hours(found.rest_day), classes.rest_day,
        _hours(found.holiday), classes.holiday,
        _hours(found.plain_minutes(classes)),
        found.nights, _hours(found.night), _hours(found.standby),
        happened.call_ins[agent.id], found.leave_days, happened.absences[agent.id],
    )  # fmt: skip


def _hours(minutes: float) -> float:
    return round(minutes / 60, 2)
