"""Orders whose customers are called back, from a table `kind,closed,count`."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from api.files.tables import column, column_if_any, naming, read_moment, read_table
from domain.faults import BadInput
from domain.language import Refusal, Text, joined, plain
from forecasting.callbacks import OrderKind, Orders

KINDS: Final = {
    **{kind.value: kind for kind in OrderKind},
    "投诉": OrderKind.COMPLAINT,
    "收费维修": OrderKind.CHARGEABLE,
    "改装": OrderKind.CONVERSION,
    "应急": OrderKind.EMERGENCY,
    "其他": OrderKind.OTHER,
}


def read_orders(path: Path, zone: tzinfo) -> list[Orders]:
    """Orders with the moment at which they were, or are expected to be, closed; without a count, one each."""
    table = read_table(path)
    with naming(path):
        kinds, closed = column(table, "kind", "类别"), column(table, "closed", "完成时间", "办结时间")
        counts = column_if_any(table, "count", "数量")
        return [
            Orders(
                _kind(str(kinds.loc[row]), int(row)),
                _moment(str(closed.loc[row]), zone, int(row)),
                1.0 if counts is None else _count(str(counts.loc[row]), int(row)),
            )
            for row in table.index
        ]


def _kind(words: str, row: int) -> OrderKind:
    if words not in KINDS:
        text = Text("“{words}”不是工单类别, 可用: {known}", "“{words}” is no kind of order; known are {known}")
        known = joined([plain(kind) for kind in KINDS])
        raise BadInput(text.filled(words=plain(words), known=known), row=row, column="kind")
    return KINDS[words]


def _moment(words: str, zone: tzinfo, row: int) -> datetime:
    try:
        return read_moment(words, zone)
    except Refusal as refusal:
        raise BadInput(refusal.text, row=row, column="closed") from refusal


def _count(words: str, row: int) -> float:
    try:
        count = float(words or "1")
    except ValueError:
        count = -1.0
    if not 0 <= count < float("inf"):
        raise BadInput(Text("应为非负数", "a number of zero or more is wanted"), row=row, column="count")
    return count
