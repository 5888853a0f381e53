"""Workbooks in the hands of somebody who edits them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date

from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.api.rosters.solved import PATH

FIRST_DAY = 5
"""The column of the first day of a month that was exported."""
FIRST_ROW = 4


def exported(desk: TestClient, of: str = "draft", language: str = "zh-CN") -> bytes:
    got = desk.get(f"{PATH}/workbook", params={"of": of}, headers={"Accept-Language": language})
    assert got.status_code == 200, got.text
    return got.content


def edited(content: bytes, edit: Callable[[Worksheet], None]) -> bytes:
    """The workbook after somebody has worked on its first sheet."""
    book = load_workbook(io.BytesIO(content))
    edit(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def foreign(rows: Sequence[Sequence[object]], title: str = "12月") -> bytes:
    """A workbook of another make."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def place(day: date) -> int:
    return FIRST_DAY + day.day - 1


def row_of(sheet: Worksheet, number: str) -> int:
    return next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 2).value == number)


def sent(desk: TestClient, content: bytes, **how: str | bool) -> Response:
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    params = {"name": "排班.xlsx", **{key: str(value) for key, value in how.items()}}
    return desk.put(f"{PATH}/draft", params=params, content=content, headers=tag)
