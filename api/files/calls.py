"""Call records of a file as a clean history."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.files.tables import naming, read_table
from domain.calendar import Calendar
from domain.time import Zone
from forecasting.calendar import calendar
from forecasting.history import History, clean
from forecasting.records import ANY_QUEUE, understand


@dataclass(frozen=True, slots=True)
class Reading:
    """How the records of a file are to be read."""

    zone: Zone
    country: str | None = None
    interval: int | None = None
    missing: float | None = None
    queue: str = ANY_QUEUE
    """The queue of calls that name none."""


def read_history(path: Path, how: Reading) -> History:
    """The history of a file."""
    table = read_table(path)
    with naming(path):
        records = understand(table, how.zone)
        records.frame["queue"] = records.frame["queue"].fillna("").replace({ANY_QUEUE: how.queue})
        first, last = records.frame["start"].min().year, records.frame["start"].max().year
        special = calendar(how.country, range(first, last + 2)) if how.country else Calendar()
        return clean(records, how.zone, special, interval=how.interval, missing=how.missing)
