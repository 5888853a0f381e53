"""Adjustments of a forecast from a table: `name,from,to,factor,queue` for a span, `name,day,calls,queue` for a day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from api.files.tables import column, column_if_any, naming, read_date, read_moment, read_table
from domain.faults import BadInput
from domain.language import Refusal, Text
from domain.time import Span, Zone
from forecasting.adjustments import DayTotal, Layer, Uplift


def read_layers(path: Path, zone: Zone) -> tuple[Layer, ...]:
    """The layers in the order of the file; times without an offset are the site's own."""
    table = read_table(path)
    with naming(path):
        names, queues = column(table, "name", "名称"), column_if_any(table, "queue", "队列")
        cells = {
            field: column_if_any(table, *heads)
            for field, heads in (
                ("from", ("from", "start", "开始")),
                ("to", ("to", "end", "结束")),
                ("factor", ("factor", "系数")),
                ("day", ("day", "date", "日期")),
                ("calls", ("calls", "来电量")),
            )
        }
        return tuple(
            _layer(
                str(names.loc[row]),
                {field: str(found.loc[row]) for field, found in cells.items() if found is not None},
                (None if queues is None else str(queues.loc[row]) or None, zone, int(row)),
            )
            for row in table.index
        )


def _layer(name: str, cells: dict[str, str], where: tuple[str | None, Zone, int]) -> Layer:
    queue, zone, row = where
    try:
        if cells.get("day"):
            return DayTotal(name, read_date(cells["day"]), _number(cells, "calls", row), queue)
        span = Span(_moment(cells, "from", zone, row), _moment(cells, "to", zone, row))
        return Uplift(name, span, _number(cells, "factor", row), queue)
    except BadInput:
        raise
    except Refusal as refusal:
        raise BadInput(refusal.text, row=row) from refusal


def _number(cells: dict[str, str], field: str, row: int) -> float:
    try:
        return float(cells.get(field, ""))
    except ValueError as error:
        raise BadInput(Text("应为数字", "a number is wanted"), row=row, column=field) from error


def _moment(cells: dict[str, str], field: str, zone: Zone, row: int) -> datetime:
    try:
        return read_moment(cells.get(field, ""), zone.info)
    except Refusal as refusal:
        raise BadInput(refusal.text, row=row, column=field) from refusal
