"""Cells of a table as numbers, durations and times; the first that is none is refused with its row and column."""

from __future__ import annotations

from typing import Final

import pandas as pd

from domain.faults import BadInput
from domain.language import Text, plain

ASCII: Final = r"[\x00-\x7f]*"
OFFSET: Final = r"(?:Z|[+-]\d\d:?\d\d)\s*$"
DURATION: Final = r"^\s*(?:(\d+):)?(\d+):(\d\d)\s*$"
FORMATS: Final = (
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y.%m.%d %H:%M",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日%H时%M分",
    "%Y%m%d %H:%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
)
"""Ways of writing a time beside ISO 8601 that cannot be misread; day and month parted by a slash can."""


def numbers(cells: pd.Series[str], *, required: bool = False) -> pd.Series[float]:
    """Numbers of zero or more; blanks are NaN unless required."""
    cells = narrow(cells)
    blank = cells.isna() | (cells.str.strip() == "")
    found = pd.to_numeric(cells.where(~blank), errors="coerce").astype(float)
    wrong = (found.isna() & (required | ~blank)) | (found < 0) | (found == float("inf"))
    refuse_first(cells, wrong, Text("不是非负数字", "is not a number of zero or more"))
    return found


def seconds(cells: pd.Series[str]) -> pd.Series[float]:
    """Durations in seconds, or written 00:05:51 or 5:51."""
    parts = narrow(cells).str.extract(DURATION).astype(float)
    clock = parts[0].fillna(0.0) * 3600 + parts[1] * 60 + parts[2]
    return numbers(cells.where(clock.isna(), clock.map(str)))


def naive_times(cells: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Wall-clock times, all written the same way."""
    cells = narrow(cells)
    for form in ("ISO8601", *FORMATS):
        if not pd.to_datetime(cells.head(1), errors="coerce", format=form).isna().any():
            break
    times = pd.to_datetime(cells, errors="coerce", format=form)
    why = Text("不是存在的日期时间, 应如 2026-12-01 08:30", "is not a real date and time; write 2026-12-01 08:30")
    refuse_first(cells, times.isna(), why)
    return times.dt.as_unit("s")


def aware_times(cells: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """ISO 8601 times with an offset, as UTC."""
    refuse_first(cells, ~has_offset(cells), Text("没有时区偏移", "has no offset such as +08:00"))
    times = pd.to_datetime(cells, errors="coerce", format="ISO8601", utc=True)
    refuse_first(cells, times.isna(), Text("不是 ISO 8601 时间", "is not an ISO 8601 time"))
    return times.dt.as_unit("s")


def has_offset(cells: pd.Series[str]) -> pd.Series[bool]:
    """Whether a cell ends in Z or an offset."""
    return cells.str.contains(OFFSET, regex=True, na=False)


def narrow(cells: pd.Series[str]) -> pd.Series[str]:
    """Full-width digits and signs as plain ones."""
    return cells if cells.str.fullmatch(ASCII, na=True).all() else cells.str.normalize("NFKC")


def refuse_first(cells: pd.Series[str], wrong: pd.Series[bool], why: Text) -> None:
    """Refuse the first wrong cell, if there is one."""
    if wrong.any():
        place = int(wrong.to_numpy().argmax())
        cell = cells.iloc[place]
        words = Text("“{cell}”{why}", "“{cell}” {why}").filled(cell=plain(cell), why=why)
        empty = str(cell).strip() in ("", "nan")
        raise BadInput(
            Text("单元格是空的", "the cell is empty") if empty else words,
            row=int(cells.index.to_numpy()[place]),
            column=str(cells.name),
        )
