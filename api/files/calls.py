"""Call records of a file as a clean history."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from api.files.days import special_days
from api.files.tables import naming, read_table
from domain.language import Text
from domain.time import Zone
from forecasting.cells import refuse_first
from forecasting.history import History, How, clean
from forecasting.records import ANY_QUEUE, understand


@dataclass(frozen=True, slots=True)
class Reading:
    """How the records of a file are to be read."""

    zone: Zone
    country: str | None = None
    how: How = field(default_factory=How)
    queue: str = ANY_QUEUE
    """The queue of calls that name none."""
    days: Path | None = None
    """A table of days over the calendar of the country."""


def read_history(path: Path, reading: Reading) -> History:
    """The history of a file."""
    table = read_table(path)
    with naming(path):
        records = understand(table, reading.zone)
        queues = records.frame["queue"]
        if reading.queue == ANY_QUEUE and (queues != ANY_QUEUE).any():
            refuse_first(queues, queues == ANY_QUEUE, Text("没有队列名", "names no queue"))
        records.frame["queue"] = queues.replace({ANY_QUEUE: reading.queue})
        first, last = records.frame["start"].min().year, records.frame["start"].max().year
        special = special_days(reading.country, range(first, last + 2), reading.days)
        return clean(records, reading.zone, special, reading.how)
