"""What a file makes of a draft, whatever make the file is of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from api.files.cells import GRID, Sheet, read_sheets
from api.files.grid import Grid, find_grid
from api.files.marker import Marker, find_marker
from api.files.roster import duties_in
from api.files.tables import framed, naming, read_table
from api.rosters.given import Given, drafted
from api.sheets.overlay import Key, Overlaid, Reading
from api.sheets.sent import Sent
from domain.faults import BadInput
from domain.language import Text, plain
from domain.roster import Duty, Roster, diff
from domain.time import Month


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file laid over the draft."""

    overlaid: Overlaid
    remembers: bool
    """Whether it knows what each cell said when it was made, so that it does no harm to what changed since."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read before anything is locked, for that may take long: its sheets, or its one table."""

    sheets: list[Sheet] = field(default_factory=list)
    table: pd.DataFrame | None = None


def opened(sent: Sent) -> Opened:
    """Read a file."""
    if not sent.file.name.lower().endswith(".xlsx"):
        with sent.file.file() as path:
            return Opened(table=read_table(path))
    with naming(Path(sent.file.name)):
        return Opened(read_sheets(sent.file.content, GRID))


def incoming(sent: Sent, file: Opened, given: Given, key: Key) -> Incoming:
    """What a file says: a list of duties, a month that was exported, or a sheet of another make."""
    sheets = file.sheets
    with naming(Path(sent.file.name)):
        if file.table is not None:
            return _listed(duties_in(file.table, given.situation), given)
        if sent.sheet is None and "agent_id" in next(iter(sheets[0].rows), ()):
            return _listed(duties_in(framed(sheets[0].rows), given.situation), given)
        marker, month = find_marker(sheets), Month.parse(given.roster.month)
        if marker:
            _refuse_foreign(marker, given)
        read = Reading.of(grid_of(find_grid(sheets, month, sent.sheet), month), key, given)
        return Incoming(read.over_draft(marker.duties if marker else None), marker is not None)


def grid_of(found: Grid | None, month: Month) -> Grid:
    """A grid, which must be there."""
    if found is None:
        words = Text(
            "没有找到{month}的日期行: 应有一行写着1、2、3…或日期",
            "no row of days of {month} was found: one row is to read 1, 2, 3, … or dates",
        )
        raise BadInput(words.filled(month=month))
    return found


def _listed(duties: Iterable[Duty], given: Given) -> Incoming:
    """A list of duties is the whole month; rows of the eve are for the reader."""
    days = given.situation.horizon
    there = Roster.of(days, (duty for duty in duties if duty.day in days))
    return Incoming(Overlaid(diff(Roster.of(days, drafted(given).planned), there), (), (), ()), remembers=False)


def _refuse_foreign(marker: Marker, given: Given) -> None:
    here = given.plan.site.id, given.roster.month
    if (marker.site, marker.month) != here:
        words = Text("文件导出自{site}的{month}, 不是本月", "the file was exported from {month} of {site}")
        raise BadInput(words.filled(site=plain(marker.site), month=plain(marker.month)))
