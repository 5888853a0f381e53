"""A month grid in a sheet of any make: people down, days across, codes in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from api.files.cells import Sheet, column_name
from domain.faults import BadInput
from domain.language import Text, plain
from domain.time import Month

FEWEST_DAYS: Final = 5
"""Days side by side that make a row the heading of a grid."""
DAY: Final = re.compile(r"(?:(?P<year>\d{4})[-/年])?(?:(?P<month>\d{1,2})[-/月])?(?P<day>\d{1,2})日?")
NUMBER: Final = frozenset({"工号", "员工编号", "员工号", "人员编号", "编号", "id", "agent_id", "employee id"})
NAME: Final = frozenset({"姓名", "员工姓名", "人员", "名字", "name", "agent", "employee"})
FOOTERS: Final = ("合计", "总计", "小计", "人数", "制表", "审核", "total")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid: somebody and the codes of the days."""

    row: int
    number: str
    name: str
    codes: dict[date, str]

    @property
    def who(self) -> str:
        """The person as the sheet tells him: by number, else by name."""
        return self.number or self.name


@dataclass(frozen=True, slots=True)
class Grid:
    """What a sheet says of a month."""

    sheet: Sheet
    head: int
    """The row with the days."""
    days: dict[date, int]
    """The column of each day."""
    lines: tuple[Line, ...]

    def place(self, line: Line, day: date) -> str:
        """A cell as spreadsheets call it: G12."""
        return f"{column_name(self.days[day])}{line.row}"


def find_grid(sheets: Sequence[Sheet], month: Month, wanted: str | None = None) -> Grid | None:
    """The grid of a month: in the sheet of that name, else in the first visible sheet that has one; None: in none."""
    for sheet in sheets:
        if sheet.name == wanted or (wanted is None and not sheet.hidden):
            head, days = max(_heads(sheet, month), key=lambda found: len(found[1]), default=(0, {}))
            if len(days) >= FEWEST_DAYS:
                return Grid(sheet, head, days, tuple(_lines(sheet, head, days)))
    if wanted is not None and wanted not in {sheet.name for sheet in sheets}:
        words = Text("没有工作表“{name}”, 有: {has}", "there is no sheet “{name}”; there are: {has}")
        has = ", ".join(sheet.name for sheet in sheets if not sheet.hidden)
        raise BadInput(words.filled(name=plain(wanted), has=plain(has)))
    return None


def _heads(sheet: Sheet, month: Month) -> Iterator[tuple[int, dict[date, int]]]:
    """Rows that read as days of the month, one after the other, each once."""
    for number, cells in enumerate(sheet.rows, start=1):
        found = [(day, place) for place, words in enumerate(cells, start=1) if (day := _day(words, month))]
        days = [day for day, _ in found]
        if all(before < after for before, after in pairwise(days)):
            yield number, dict(found)


def _day(words: str, month: Month) -> date | None:
    """The day of the month that a heading names: 3, 03, 3日, 12/3, 12月3日, 2026-12-03; the weekday may stand below."""
    first = words.split(maxsplit=1)[0] if words else ""
    found = DAY.fullmatch(first)
    if found is None:
        return None
    year, number = (int(found[part] or default) for part, default in (("year", month.year), ("month", month.number)))
    if (year, number) != (month.year, month.number) or not 1 <= int(found["day"]) <= len(month.days):
        return None
    return date(year, number, int(found["day"]))


def _lines(sheet: Sheet, head: int, days: dict[date, int]) -> Iterator[Line]:
    number, name = (_column(sheet, head, titles) for titles in (NUMBER, NAME))
    if number is None and name is None:
        words = Text("没有“工号”或“姓名”列", "there is no column of numbers or names, headed 工号, 姓名, id or name")
        raise BadInput(words, row=head)
    for row in range(head + 1, len(sheet.rows) + 1):
        cells = sheet.row(row)
        told = [cells[place - 1] if place else "" for place in (number, name)]
        if any(told) and not any(word in "".join(told).lower() for word in FOOTERS):
            yield Line(row, told[0], told[1], {day: cells[place - 1] for day, place in days.items()})


def _column(sheet: Sheet, head: int, titles: frozenset[str]) -> int | None:
    """The column headed by one of these titles, in the row of the days or beside it."""
    for row in range(max(1, head - 1), min(len(sheet.rows), head + 1) + 1):
        for place, words in enumerate(sheet.row(row), start=1):
            if words.lower().replace(" ", " ") in titles:
                return place
    return None
