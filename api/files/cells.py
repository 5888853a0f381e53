"""Workbooks as plain cells. What is not sound, too large or takes too long is refused, and nothing comes of it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from api.files.formulas import unquoted
from api.files.opened import UNKNOWN
from domain.faults import BadInput
from domain.language import Text, plain

MEGABYTE: Final = 1024 * 1024
MOST_ENTRIES: Final = 500
"""Files in a workbook; a sheet with its styles has a dozen."""


@dataclass(frozen=True, slots=True)
class Caps:
    """How much a workbook may be, and how long its reading may take."""

    unpacked: int
    """Octets."""
    seconds: float
    looks: bool
    """Whether all sheets are read, with what is merged and coloured; otherwise the cells of the first."""


TABLE: Final = Caps(400 * MEGABYTE, 60, looks=False)
"""A table of calls: several hundred thousand rows."""
GRID: Final = Caps(32 * MEGABYTE, 15, looks=True)
"""A month of a site: 200 people are a twentieth of it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows and columns count from 1, as in the file."""

    name: str
    hidden: bool
    rows: tuple[tuple[str, ...], ...]
    merged: int = 0
    """How many areas of merged cells."""
    fills: dict[str, int] = field(default_factory=dict)
    """How many cells have which colour."""

    def row(self, number: int) -> tuple[str, ...]:
        """The cells of a row."""
        return self.rows[number - 1]


def read_sheets(content: bytes, caps: Caps) -> list[Sheet]:
    """The sheets of a workbook."""
    _refuse_unsound(content, caps)
    return [_sheet(told) for told in _opened(content, caps)]


def _refuse_unsound(content: bytes, caps: Caps) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        words = Text("是旧版xls或加密文件, 请另存为xlsx", "is an old .xls or locked by a password; save it as .xlsx")
        raise BadInput(words)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _unsound() from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > caps.unpacked:
        raise _too_large(caps)


def _opened(content: bytes, caps: Caps) -> list[dict[str, Any]]:
    """What the process that reads it says; its end, whatever it is, is not ours."""
    asked = [sys.executable, "-m", "api.files.opened", *(["looks"] if caps.looks else [])]
    try:
        done = subprocess.run(asked, input=content, capture_output=True, timeout=caps.seconds, check=True)  # noqa: S603 - this very program
        told: list[dict[str, Any]] = json.loads(done.stdout)
        if not told:
            raise _unsound()
    except subprocess.TimeoutExpired as error:
        raise _too_large(caps) from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise _unsound() from error
    return told


def _sheet(told: dict[str, Any]) -> Sheet:
    width = max(map(len, told["rows"]), default=0)
    rows = tuple(tuple(unquoted(str(words).strip()) for words in _padded(row, width)) for row in told["rows"])
    _refuse_unknown(told["name"], rows)
    return Sheet(str(told["name"]), bool(told["hidden"]), rows, int(told["merged"]), dict(told["fills"]))


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *([""] * (width - len(row)))]


def _refuse_unknown(name: str, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        if UNKNOWN in row:
            words = Text(
                "工作表“{name}”有未计算的公式, 请用Excel打开并保存",
                "sheet “{name}” has a formula without its value: open and save it in Excel",
            )
            raise BadInput(words.filled(name=plain(name)), row=number, column=column_name(row.index(UNKNOWN) + 1))


def column_name(number: int) -> str:
    """A column as spreadsheets call it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _unsound() -> BadInput:
    return BadInput(Text("不是完好的xlsx工作簿", "is not a sound xlsx workbook"))


def _too_large(caps: Caps) -> BadInput:
    words = Text(
        "工作簿过大: 解压后最多{most}MB, 读取最多{seconds}秒",
        "the workbook is too large: at most {most} MB unpacked, at most {seconds} s to read",
    )
    return BadInput(words.filled(most=plain(caps.unpacked // MEGABYTE), seconds=plain(int(caps.seconds))))
