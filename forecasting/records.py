"""Call records as they come from an ACD: one row a call or one row an interval, English or Chinese headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from domain.faults import BadInput
from domain.language import Text, joined, plain
from domain.time import Zone
from forecasting.cells import numbers, refuse_first

HEADINGS: Final[dict[str, str]] = {
    "start": "start timestamp time datetime date_time call_start start_time interval_start date "
    "开始时间 来电时间 呼入时间 通话开始时间 时间 日期时间 时段 时段开始 日期",
    "calls": "calls call_count count volume offered 话务量 来电量 呼入量 来电数 呼入数 通话数",
    "queue": "queue skill work service 队列 技能 技能组 业务 业务类型",
    "handle_s": "handle_s handle_time aht aht_s duration duration_s talk_s 处理时长 平均处理时长 通话时长",
    "call_id": "call_id id uuid 流水号 通话编号 呼叫编号 呼叫id",
}
"""What a column may be called, lower case; the first match in a file wins."""

ANY_QUEUE: Final = ""
"""The queue of records that name none."""


@dataclass(frozen=True, slots=True)
class Records:
    """Rows that were understood: aware `start`, `calls`, `queue`, `handle_s` (NaN: unknown), `call_id` (or None)."""

    frame: pd.DataFrame
    per_call: bool


def understand(raw: pd.DataFrame, zone: Zone) -> Records:
    """Read a table of strings whose index counts the rows of the file."""
    columns = {field: column for field in HEADINGS if (column := _find(raw, field)) is not None}
    if "start" not in columns:
        raise _missing(raw, "start", Text("开始时间", "the start of each call or interval"))
    if raw.empty:
        raise BadInput(Text("文件没有数据行", "the file has no rows"))
    frame = pd.DataFrame(index=raw.index)
    frame["queue"] = raw[columns["queue"]].str.strip() if "queue" in columns else ANY_QUEUE
    frame["start"] = _times(raw[columns["start"]], frame["queue"], zone)
    frame["calls"] = numbers(raw[columns["calls"]], required=True) if "calls" in columns else 1.0
    frame["handle_s"] = numbers(raw[columns["handle_s"]]) if "handle_s" in columns else float("nan")
    frame["call_id"] = raw[columns["call_id"]] if "call_id" in columns else None
    return Records(frame, per_call="calls" not in columns)


def _find(raw: pd.DataFrame, field: str) -> str | None:
    for column in raw.columns:
        if str(column).strip().lower() in HEADINGS[field].split():
            return str(column)
    return None


def _missing(raw: pd.DataFrame, field: str, what: Text) -> BadInput:
    words = Text(
        "缺少一列: {what}; 可用列名如 {names}; 文件中有 {found}",
        "a column is missing: {what}; call it one of {names}; the file has {found}",
    )
    names = joined([plain(name) for name in HEADINGS[field].split()[:3]])
    found = joined([plain(column) for column in raw.columns])
    return BadInput(words.filled(what=what, names=names, found=found), row=1)


def _times(cells: pd.Series[str], queue: pd.Series[str], zone: Zone) -> pd.Series[pd.Timestamp]:
    """Aware local times; naive ones are wall clock, and the second of two equal ones in an autumn hour is the later."""
    if cells.str.contains(r"(?:Z|[+-]\d\d:?\d\d)$", regex=True, na=False).any():
        times = pd.to_datetime(cells, errors="coerce", format="ISO8601", utc=True)
        refuse_first(
            cells, times.isna(), Text("不是带时区偏移的时间", "is not a time with an offset like the other rows")
        )
        return times.dt.tz_convert(zone.key).dt.as_unit("s")
    naive = pd.to_datetime(cells, errors="coerce", format=_format(cells))
    refuse_first(
        cells,
        naive.isna(),
        Text("不是存在的日期时间, 应如 2026-12-01 08:30", "is not a real date and time; write 2026-12-01 08:30"),
    )
    repeat = pd.DataFrame({"queue": queue, "start": naive}).duplicated()
    local = naive.dt.tz_localize(zone.key, ambiguous=(~repeat).to_numpy(), nonexistent="shift_forward")
    return local.dt.as_unit("s")


def _format(cells: pd.Series[str]) -> str | None:
    """ISO is read fast; anything else as pandas guesses it from the first row, the same for all rows."""
    return "ISO8601" if cells.head(50).str.match(r"^\s*\d{4}-\d\d-\d\d").all() else None
