"""The editable table of days: corrections to the calendar of a country, and events that move the calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from api.files.tables import column, column_if_any, naming, read_date, read_table
from domain.calendar import Calendar, DayKind
from domain.faults import BadInput
from domain.language import Refusal, Text, joined, plain
from domain.time import Days
from forecasting.calendar import calendar

EVENT: Final = ("event", "事件")
KINDS: Final = {
    "work": DayKind.WORK,
    "工作日": DayKind.WORK,
    "rest": DayKind.REST,
    "休息日": DayKind.REST,
    "statutory": DayKind.STATUTORY,
    "法定节假日": DayKind.STATUTORY,
    "swapped-rest": DayKind.SWAPPED_REST,
    "调休": DayKind.SWAPPED_REST,
    "make-up-work": DayKind.MAKE_UP_WORK,
    "补班": DayKind.MAKE_UP_WORK,
}
LONGEST: Final = 400
"""Days of one row: more is a slip of the pen."""


def special_days(country: str | None, years: Iterable[int], table: Path | None = None) -> Calendar:
    """The calendar of a country under the edits of a table `days,kind,name`."""
    found = calendar(country, years) if country else Calendar()
    return found if table is None else _edited(found, table)


def _edited(found: Calendar, path: Path) -> Calendar:
    table = read_table(path)
    kinds: dict[date, DayKind] = {}
    names: dict[date, Text] = {}
    events: defaultdict[date, set[str]] = defaultdict(set)
    with naming(path):
        said = column(table, "days", "day", "date", "日期")
        told = column(table, "kind", "类别")
        called = column_if_any(table, "name", "名称")
        for row in table.index:
            name = "" if called is None else str(called.loc[row])
            for day in _days(str(said.loc[row]), int(row)):
                if told.loc[row] in EVENT:
                    events[day].add(_named(name, int(row)))
                    continue
                kinds[day] = _kind(str(told.loc[row]), int(row))
                if name:
                    names[day] = plain(name)
    return found.edited(kinds, names, {day: frozenset(of) for day, of in events.items()})


def _days(words: str, row: int) -> Days:
    """`2026-12-07` or `2026-12-07..2026-12-09`."""
    first, _, last = (part.strip() for part in words.partition(".."))
    try:
        days = Days(read_date(first), read_date(last or first))
    except Refusal as refusal:
        raise BadInput(refusal.text, row=row, column="days") from refusal
    if len(days) > LONGEST:
        raise BadInput(Text("跨度超过一年", "spans more than a year"), row=row, column="days")
    return days


def _kind(words: str, row: int) -> DayKind:
    if words not in KINDS:
        known = joined([plain(kind) for kind in (*KINDS, *EVENT)])
        text = Text("“{words}”不是日期类别, 可用: {known}", "“{words}” is no kind of day; known are {known}")
        raise BadInput(text.filled(words=plain(words), known=known), row=row, column="kind")
    return KINDS[words]


def _named(name: str, row: int) -> str:
    if not name:
        raise BadInput(Text("事件需要名称, 如“寒潮”", "an event needs a name, as “cold snap”"), row=row, column="name")
    return name
