"""Workbooks that mean harm, or were harmed: refused in time, in words, whatever they do to their reader."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from api.files.cells import GRID, TABLE, read_sheets
from domain.faults import BadInput
from tests.api.sheets.books import foreign, saved

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def with_entry(name: str, content: bytes) -> bytes:
    """A sound workbook with one of its files replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(foreign([["a"]]))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def wide(cells: int) -> bytes:
    return (OPEN + '<row r="1">' + "<c><v>1</v></c>" * cells + "</row></sheetData></worksheet>").encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 cut off",
        foreign([["a"]])[:-200],
        foreign([["a"]])[:200] + bytes(200) + foreign([["a"]])[400:],
        b"\xd0\xcf\x11\xe0 an old workbook",
        with_entry(SHEET, wide(1)[:-20]),
        with_entry(SHEET, (ENTITIES + OPEN.replace(">", ">&j;", 1) + "</sheetData></worksheet>").encode()),
        with_entry("xl/workbook.xml", b"<nonsense/>"),
        with_entry(SHEET, b"\x00" * 33 * 1024 * 1024),
    ],
    ids=["empty", "cut", "no end", "holes", "old", "cut xml", "entities", "nonsense", "bomb"],
)
def test_a_workbook_that_is_not_sound_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_sheets(content, GRID)


def test_a_workbook_that_takes_too_long_is_left() -> None:
    with pytest.raises(BadInput, match="too large"):
        read_sheets(with_entry(SHEET, wide(1_500_000)), replace(GRID, seconds=2))


def test_values_read_as_a_person_would_type_them() -> None:
    row = [
        1,
        2.0,
        2.5,
        True,
        date(2026, 12, 1),
        datetime.fromisoformat("2026-12-01 08:30"),
        time(8),
        None,
        " 早 ",
        "'=A1",
    ]
    assert read_sheets(foreign([row]), GRID)[0].rows == (
        ("1", "2", "2.5", "TRUE", "2026-12-01", "2026-12-01 08:30:00", "08:00:00", "", "早", "=A1"),
    )


def test_a_sheet_that_is_formatted_to_its_very_end_reads_as_what_is_in_it() -> None:
    book = load_workbook(io.BytesIO(foreign([["a", "b"], ["c"]])))
    book.worksheets[0].cell(1_048_576, 40).font = Font(bold=True)
    assert read_sheets(saved(book), GRID)[0].rows == (("a", "b"), ("c", ""))
    assert read_sheets(saved(book), TABLE)[0].rows == (("a", "b"), ("c", ""))
