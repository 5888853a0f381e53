"""Call records as they come from an ACD: one row a call or one row an interval, English or Chinese headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from domain.faults import BadInput
from domain.language import Text, joined, plain
from domain.time import Zone
from forecasting.cells import aware_times, has_offset, naive_times, numbers, refuse_first, seconds

HEADINGS: Final[dict[str, str]] = {
    "start": "start timestamp datetime date_time call_start start_time interval_start "
    "开始时间 来电时间 呼入时间 通话开始时间 日期时间 时段开始",
    "day": "date day 日期",
    "clock": "time interval slot 时间 时段",
    "calls": "calls call_count count volume offered 话务量 来电量 呼入量 来电数 呼入数 通话数",
    "queue": "queue skill work service 队列 技能 技能组 业务 业务类型",
    "channel": "channel media 渠道 媒体 接入渠道",
    "handle_s": "handle_s handle_time aht aht_s duration duration_s talk_s 处理时长 平均处理时长 通话时长",
    "wait_s": "wait wait_s wait_time queue_time q_time 等待时长 排队时长 等待时间",
    "answered": "answered outcome result 是否接通 接听结果 结果",
    "call_id": "call_id id uuid 流水号 通话编号 呼叫编号 呼叫id",
}
"""What a column may be called, lower case. A day beside a clock makes a start; either alone is one."""

ANY_QUEUE: Final = ""
"""The queue of records that name none."""
VOICE: Final = ("", "phone", "call", "calls", "voice", "tel", "电话", "语音", "热线")
"""Channels that are plain calls; any other makes a queue of its own."""
NO_ID: Final = ("", "-", "--", "0", "null", "none", "nan", "n/a", "无")
SERVED: Final = ("1", "yes", "true", "y", "answered", "agent", "served", "是", "接通", "已接", "已接听")
LOST: Final = ("0", "no", "false", "n", "abandoned", "hang", "hung up", "lost", "否", "放弃", "未接", "未接通", "")
CLOCK: Final = r"^\s*(\d{1,2}:\d{2}(?::\d{2})?)"
EARLIEST, LATEST = pd.Timestamp("1980-01-01"), pd.Timestamp("2200-01-01")
LONGEST_HOLE: Final = pd.Timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Records:
    """Rows that were understood: aware `start`, `calls`, `queue`, `handle_s` (NaN: unknown), `call_id` (or None).

    Of single calls also `wait_s` (NaN: unknown) and `answered` (None: unknown).
    """

    frame: pd.DataFrame
    per_call: bool


def understand(raw: pd.DataFrame, zone: Zone) -> Records:
    """Read a table of strings whose index counts the rows of the file."""
    columns = {field: column for field in HEADINGS if (column := _find(raw, field)) is not None}
    cells = _start_cells(raw, columns)
    if raw.empty:
        raise BadInput(Text("文件没有数据行", "the file has no rows"))
    frame = pd.DataFrame(index=raw.index)
    frame["queue"] = _queues(raw, columns)
    frame["start"] = _starts(cells, frame["queue"], zone)
    frame["calls"] = numbers(raw[columns["calls"]], required=True) if "calls" in columns else 1.0
    frame["handle_s"] = seconds(raw[columns["handle_s"]]) if "handle_s" in columns else float("nan")
    frame["wait_s"] = seconds(raw[columns["wait_s"]]) if "wait_s" in columns else float("nan")
    frame["answered"] = _answered(raw[columns["answered"]]) if "answered" in columns else None
    frame["call_id"] = _ids(raw[columns["call_id"]]) if "call_id" in columns else None
    return Records(frame, per_call="calls" not in columns)


def _find(raw: pd.DataFrame, field: str) -> str | None:
    found = [str(column) for column in raw.columns if str(column).strip().lower() in HEADINGS[field].split()]
    if len(found) > 1:
        words = Text("两列意思相同: {names}; 请只留一列", "two columns mean the same: {names}; leave one of them")
        raise BadInput(words.filled(names=joined([plain(name) for name in found])), row=1)
    return found[0] if found else None


def _queues(raw: pd.DataFrame, columns: dict[str, str]) -> pd.Series[str]:
    """The queue of each row: as named, with the channel behind it where that is no call: `service.chat`, or `chat`."""
    queue, channel = (
        raw[columns[field]].fillna("").str.strip() if field in columns else pd.Series(ANY_QUEUE, index=raw.index)
        for field in ("queue", "channel")
    )
    apart = (queue + "." + channel.str.lower()).str.removeprefix(".")
    return queue.where(channel.str.lower().isin(VOICE), apart)


def _start_cells(raw: pd.DataFrame, columns: dict[str, str]) -> pd.Series[str]:
    """The cells that tell when; a day and a clock in two columns are joined, and of `08:00-08:30` the first counts."""
    if "start" in columns:
        return raw[columns["start"]]
    if {"day", "clock"} <= columns.keys():
        clock = raw[columns["clock"]].str.extract(CLOCK, expand=False)
        why = Text("不是时刻, 应如 08:30", "is not a time of day; write 08:30")
        refuse_first(raw[columns["clock"]], clock.isna(), why)
        day = raw[columns["day"]].str.strip().str.removesuffix(" 00:00:00")
        return (day + " " + clock.str.zfill(5)).rename(columns["day"])
    for alone in ("clock", "day"):
        if alone in columns:
            return raw[columns[alone]]
    words = Text(
        "缺少一列: 每个来电或时段的开始时间; 可用列名如 {names}; 文件中有 {found}",
        "a column is missing: the start of each call or interval; call it one of {names}; the file has {found}",
    )
    names = joined([plain(name) for name in HEADINGS["start"].split()[:3]])
    found = joined([plain(column) for column in raw.columns])
    raise BadInput(words.filled(names=names, found=found), row=1)


def _starts(cells: pd.Series[str], queue: pd.Series[str], zone: Zone) -> pd.Series[pd.Timestamp]:
    """Aware local times; naive ones are wall clock, and the second of two equal ones in an autumn hour is the later."""
    told = has_offset(cells)
    if told.any():
        times = aware_times(cells)
        _refuse_strays(cells, times.dt.tz_localize(None))
        return times.dt.tz_convert(zone.key)
    naive = naive_times(cells)
    _refuse_strays(cells, naive)
    repeat = pd.DataFrame({"queue": queue, "start": naive}).duplicated()
    return naive.dt.tz_localize(zone.key, ambiguous=(~repeat).to_numpy(), nonexistent="shift_forward")


def _refuse_strays(cells: pd.Series[str], times: pd.Series[pd.Timestamp]) -> None:
    """Refuse a date that lies far from all others: one such row would stretch the history over decades."""
    why = Text("离其他记录太远, 请核对日期", "is too far from all other records; check the date")
    refuse_first(cells, (times < EARLIEST) | (times > LATEST), why)
    order = times.sort_values(kind="stable")
    holes = (order.diff() > LONGEST_HOLE).to_numpy()
    if holes.any():
        place = int(holes.argmax())
        few = order.index[:place] if place <= len(order) / 2 else order.index[place:]
        refuse_first(cells, pd.Series(cells.index.isin(few), index=cells.index), why)


def _answered(cells: pd.Series[str]) -> pd.Series[bool]:
    """Whether each call was served; other words than these are refused."""
    words = cells.fillna("").str.strip().str.lower()
    refuse_first(
        cells, ~words.isin([*SERVED, *LOST]), Text("应写 answered 或 abandoned", "write answered or abandoned")
    )
    return words.isin(SERVED)


def _ids(cells: pd.Series[str]) -> pd.Series[str]:
    """Call ids; placeholders are none."""
    ids = cells.fillna("").str.strip()
    return ids.mask(ids.str.lower().isin(NO_ID))
