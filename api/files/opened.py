"""A workbook opened in a process of its own: `python -m api.files.opened`; the file comes in, its cells go out as JSON.

Spreadsheets are made by others: whatever one does to its reader, it does to this process, whose time and memory end.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections import Counter
from datetime import datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

SECONDS: Final = 60
MEMORY: Final = 4 << 30
MEMORY_OF_LOOKS: Final = 2 << 30
"""Octets; a month of 200 people takes a tenth of a gigabyte."""
MOST_ROWS, MOST_COLUMNS = 20_000, 300
"""So much of a sheet is looked at where all of it is."""
UNKNOWN: Final = "#FORMULA!"
"""A formula whose value the file does not hold."""
FORMULA: Final = re.compile(rb"<(\w+:)?f[\s>/]")
PLAIN_FILLS: Final = {"00000000", "FFFFFFFF", "00FFFFFF"}


def main() -> None:
    """Read a workbook from standard input, write its sheets to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with_looks = "looks" in sys.argv
    memory = MEMORY_OF_LOOKS if with_looks else MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    content = sys.stdin.buffer.read()
    json.dump(_whole(content) if with_looks else _values(content), sys.stdout, ensure_ascii=False)


def _values(content: bytes) -> list[dict[str, Any]]:
    """The cells of the first sheet, row by row."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = [_trimmed([_words(value) for value in row]) for row in book.worksheets[0].iter_rows(values_only=True)]
    return [{"name": book.worksheets[0].title, "hidden": False, "rows": _ended(rows), "merged": 0, "fills": {}}]


def _whole(content: bytes) -> list[dict[str, Any]]:
    """The cells of all sheets, and how many are merged and coloured."""
    sheets = [_sheet(sheet) for sheet in load_workbook(io.BytesIO(content), data_only=True).worksheets]
    if _has_formulas(content):
        for sheet, told in zip(load_workbook(io.BytesIO(content)).worksheets, sheets, strict=True):
            _mark_unknown(sheet, told["rows"])
    return sheets


def _sheet(sheet: Worksheet) -> dict[str, Any]:
    fills: Counter[str] = Counter()
    rows = []
    for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS)):
        rows.append(_trimmed([_words(cell.value) for cell in row]))
        fills.update(colour for cell in row if (colour := _fill(cell)))
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "rows": _ended(rows),
        "merged": len(sheet.merged_cells.ranges),
        "fills": fills,
    }


def _trimmed(row: list[str]) -> list[str]:
    """A row up to its last word: sheets are often formatted far beyond what is in them."""
    while row and not row[-1]:
        row.pop()
    return row


def _ended(rows: list[list[str]]) -> list[list[str]]:
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _fill(cell: Cell | MergedCell) -> str:
    """The colour of a cell; empty: none that means something."""
    if not cell.has_style or cell.fill.fill_type != "solid":
        return ""
    colour = cell.fill.start_color
    told = colour.rgb if colour.type == "rgb" else f"theme {colour.theme}" if colour.type == "theme" else "indexed"
    return "" if told in PLAIN_FILLS else str(told)


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = (name for name in packed.namelist() if name.startswith("xl/worksheets/"))
        return any(FORMULA.search(packed.read(name)) for name in sheets)


def _mark_unknown(sheet: Worksheet, rows: list[list[str]]) -> None:
    """A formula that nobody has worked out is no empty cell."""
    for row, told in zip(sheet.iter_rows(max_row=len(rows)), rows, strict=False):
        for place, cell in enumerate(row):
            if cell.data_type == "f" and not "".join(told[place : place + 1]):
                told.extend([""] * (place + 1 - len(told)))
                told[place] = UNKNOWN


def _words(value: object) -> str:
    """A value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


if __name__ == "__main__":
    main()
