"""Leave from a table: a row each, `agent_id,first,last,kind` and half days; headings in English or Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from api.files.tables import column, column_if_any, naming, read_date, read_table, told
from api.leave.policy import LeavePolicy
from domain.faults import BadInput
from domain.language import Refusal, Text, plain
from domain.requests import Leave
from domain.time import Days

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "agent_id": ("agent_id", "id", "工号"),
    "first": ("first", "from", "开始", "开始日期"),
    "last": ("last", "until", "结束", "结束日期"),
    "kind": ("kind", "leave", "假别", "类型"),
    "from_noon": ("from_noon", "首日下午起"),
    "until_noon": ("until_noon", "末日上午止"),
}
NOONS: Final = ("from_noon", "until_noon")
LONGEST_DAYS: Final = 366
YES: Final = frozenset({"1", "是", "yes", "true", "y"})
NO: Final = frozenset({"", "0", "否", "no", "false", "n"})


def read_leave(path: Path, policy: LeavePolicy) -> list[tuple[int, Leave]]:
    """The leave of a file, each with its row; kinds by their id or name."""
    table = read_table(path)
    with naming(path):
        columns = {
            name: column_if_any(table, *names) if name in NOONS else column(table, *names)
            for name, names in COLUMNS.items()
        }
        found = list(_rows(table, columns, policy))
        if not found:
            raise BadInput(Text("文件里没有休假", "there is no leave in the file"))
        return found


def _rows(
    table: pd.DataFrame, columns: dict[str, pd.Series[str] | None], policy: LeavePolicy
) -> Iterator[tuple[int, Leave]]:
    for row in table.index:
        cells = {name: "" if found is None else str(found.loc[row]) for name, found in columns.items()}
        yield int(row), _leave(cells, policy, int(row))


def _leave(cells: dict[str, str], policy: LeavePolicy, row: int) -> Leave:
    first, last = (told(name, lambda name=name: read_date(cells[name]), row) for name in ("first", "last"))  # type: ignore[misc]
    kind = told("kind", lambda: _kind(cells["kind"], policy), row)
    noons = [told(name, lambda name=name: _yes(cells[name]), row) for name in NOONS]  # type: ignore[misc]
    days = told("last", lambda: Days(first, last), row)
    if len(days) > LONGEST_DAYS:
        raise BadInput(Text("一次最多一年", "one year at most at a time"), row=row, column="last")
    return told("until_noon", lambda: Leave(cells["agent_id"], days, kind, *noons), row)


def _kind(words: str, policy: LeavePolicy) -> str:
    for kind in policy.kinds:
        if words in {kind.id, kind.zh, kind.en}:
            return kind.id
    return policy.kind(words).id


def _yes(words: str) -> bool:
    if words.lower() in YES | NO:
        return words.lower() in YES
    raise Refusal(Text("应为1或空: “{words}”", "“{words}” is neither 1 nor empty").filled(words=plain(words)))
