"""Rosters as CSV: one row a duty, out and in again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from api.files.tables import column, column_if_any, naming, read_date, read_table, told, write_csv
from api.pauses import laid, pauses
from constraints.certificate import touching
from domain.faults import BadInput
from domain.language import Text, plain
from domain.roster import Duty, Roster
from domain.situation import Situation
from domain.time import Month, Span

HEADER: Final = ("agent_id", "name", "date", "shift", "start", "end", "work", "breaks")


def write_roster(path: Path, roster: Roster, situation: Situation) -> None:
    """`agent_id,name,date,shift,start,end,work,breaks`, by day and person; start and end are for the reader.

    The night that began on the eve is among them: every duty that touches the month is.
    """
    names = {agent.id: agent.name for agent in situation.agents}
    rows: list[tuple[object, ...]] = []
    for duty in touching(roster.duties, situation):
        span = situation.site.shift(duty.shift).span(situation.site.zone, duty.day)
        times = span.start.isoformat(), span.end.isoformat()
        rows.append(
            (
                duty.agent,
                names[duty.agent],
                duty.day.isoformat(),
                duty.shift,
                *times,
                duty.work,
                "; ".join(pauses(duty, situation.site)),
            )
        )
    write_csv(path, HEADER, rows)


def read_duties(path: Path, situation: Situation) -> list[Duty]:
    """The duties of a file; person, shift and work must be known, the day must lie in the horizon or on its eve."""
    table = read_table(path)
    with naming(path):
        return duties_in(table, situation)


def duties_in(table: pd.DataFrame, situation: Situation) -> list[Duty]:
    """The duties of a table."""
    cells = {name: column(table, name) for name in ("agent_id", "date", "shift")}
    for name in ("work", "start", "end", "breaks"):
        found = column_if_any(table, name)
        cells[name] = cells["shift"].map(lambda _: "") if found is None else found
    duties: dict[Duty, int] = {}
    for row in table.index:
        duty = _duty({name: str(found.loc[row]) for name, found in cells.items()}, situation, int(row))
        if duty in duties:
            words = Text("与第{row}行是同一个班", "is the same duty as row {row}")
            raise BadInput(words.filled(row=plain(duties[duty])), row=int(row))
        duties[duty] = int(row)
    return list(duties)


def month_in(path: Path) -> Month:
    """The month in which most rows of a roster file lie."""
    table = read_table(path)
    with naming(path):
        months = Counter(_month(words, int(row)) for row, words in zip(table.index, column(table, "date"), strict=True))
        if not months:
            raise BadInput(Text("文件里没有班次", "there is no duty in the file"))
    return months.most_common(1)[0][0]


def _month(words: str, row: int) -> Month:
    return Month.of(told("date", lambda: read_date(words), row))


def _duty(given: dict[str, str], situation: Situation, row: int) -> Duty:
    site = situation.site
    agent = told("agent_id", lambda: situation.agent(given["agent_id"]), row)
    shift = told("shift", lambda: site.shift(given["shift"]), row)
    work = told("work", lambda: site.work(given["work"] or shift.works[0]), row)
    day = told("date", lambda: read_date(given["date"]), row)
    if work.id not in shift.works:
        words = Text("班次“{shift}”不承担“{work}”", "shift “{shift}” does not serve “{work}”")
        raise BadInput(words.filled(shift=plain(shift.code), work=plain(work.id)), row=row, column="work")
    eve = situation.horizon.first - timedelta(days=1)
    if day not in situation.horizon and day != eve:
        words = Text("{day}不在排班月内", "{day} is not in the month of the roster")
        raise BadInput(words.filled(day=plain(day)), row=row, column="date")
    _refuse_other_times(given, shift.span(site.zone, day), row)
    duty = Duty(day, agent.id, shift.code, work.id)
    if not given["breaks"]:
        return duty
    return replace(duty, breaks=told("breaks", lambda: laid(given["breaks"], duty, site), row))


def _refuse_other_times(given: dict[str, str], span: Span, row: int) -> None:
    """Times are for the reader; if they are told they must be those of the shift."""
    for name, moment in (("start", span.start), ("end", span.end)):
        if given[name] and given[name] != moment.isoformat():
            words = Text(
                "“{told}”不是该班次的时间, 应为{right}", "“{told}” is not the time of this shift; it is {right}"
            )
            raise BadInput(words.filled(told=plain(given[name]), right=plain(moment.isoformat())), row=row, column=name)
