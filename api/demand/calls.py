"""Call records in the store: batches as they were imported, and the history that they make together."""

from __future__ import annotations

import gzip
import hashlib
import io
from datetime import date, timedelta
from typing import Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from api.files.site import SitePlan
from api.files.tables import naming, read_table
from api.http.problems import Problem
from api.http.uploads import Upload
from api.store import tables as t
from api.store.store import Work
from domain.calendar import Calendar
from domain.faults import BadInput
from domain.language import Text
from domain.time import Month, Zone
from forecasting.history import History, How, clean, refuse_clash
from forecasting.records import ANY_QUEUE, Records, understand

COLUMNS: Final = ("queue", "start", "calls", "handle_s", "wait_s", "answered", "call_id")
YEARS_BACK: Final = 4
"""Older records teach a forecast nothing."""


def read_upload(upload: Upload, plan: SitePlan) -> Records:
    """The rows of a file, each named with its fault."""
    with upload.file() as path:
        table = read_table(path)
        with naming(path):
            records = understand(table, plan.site.zone)
            records.frame["queue"] = records.frame["queue"].replace({ANY_QUEUE: plan.queue})
            for name in sorted(records.frame["queue"].unique()):
                plan.site.work(name)
            if not records.per_call:
                refuse_clash(records.frame.drop_duplicates(["queue", "start", "calls"]))
    return records


def pack(records: Records) -> bytes:
    """Rows as they are kept."""
    frame = records.frame.reindex(columns=list(COLUMNS)).copy()
    frame["start"] = frame["start"].dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    frame = frame.sort_values(["start", "queue"], kind="stable")
    return gzip.compress(frame.to_csv(index=False, lineterminator="\n").encode(), 6, mtime=0)


def batch_of(records: Records, name: str, zone: Zone) -> t.CallBatch:
    """A batch, not yet of a site."""
    content = pack(records)
    starts = records.frame["start"].dt.tz_convert(zone.key)
    return t.CallBatch(
        sha256=hashlib.sha256(content).hexdigest(),
        name=name,
        rows=len(records.frame),
        calls=int(records.frame["calls"].sum()),
        first=starts.min().date(),
        last=starts.max().date(),
        per_call=records.per_call,
        content=content,
    )


def add_batch(work: Work, site_id: int, batch: t.CallBatch) -> tuple[t.CallBatch, bool]:
    """Take a batch, and whether it is new: the same content is taken once."""
    mine = select(t.CallBatch).where(t.CallBatch.site_id == site_id)
    known = work.session.scalars(mine.where(t.CallBatch.sha256 == batch.sha256)).one_or_none()
    if known is not None:
        return known, False
    other = work.session.scalars(mine.where(t.CallBatch.per_call != batch.per_call).limit(1)).one_or_none()
    if other is not None:
        words = Text(
            "已有的记录是另一种: 逐条记录与按时段记录不能混用",
            "the records so far are of the other sort: single calls and counts per interval do not mix",
        )
        raise Problem("conflict", words)
    batch.site_id, batch.made_by, batch.made_at = site_id, work.actor.account_id, work.now
    work.session.add(batch)
    work.session.flush()
    work.did("calls.imported", f"batch/{batch.id}", site_id, name=batch.name, rows=batch.rows)
    return batch, True


def history_of(session: Session, site_id: int, plan: SitePlan, calendar: Calendar, month: Month) -> History:
    """What came before a month, from all batches together; a later import corrects an earlier one."""
    begin = month.days.first.replace(year=month.year - YEARS_BACK, day=1)
    last = month.days.first - timedelta(days=1)
    records = records_of(session, site_id, plan, begin, None)
    if records is None:
        raise BadInput(Text("还没有来电记录", "there are no call records yet"))
    return clean(records, plan.site.zone, calendar, How(plan.interval, plan.missing, until=last))


def records_of(session: Session, site_id: int, plan: SitePlan, first: date, last: date | None) -> Records | None:
    """The records of the batches that meet some days; a later import corrects an earlier one. None: there are none."""
    asked = select(t.CallBatch).where(t.CallBatch.site_id == site_id, t.CallBatch.last >= first)
    asked = asked if last is None else asked.where(t.CallBatch.first <= last)
    batches = session.scalars(asked.order_by(t.CallBatch.id).options(undefer(t.CallBatch.content))).all()
    if not batches:
        return None
    frame = pd.concat([_frame(batch, plan.site.zone) for batch in batches], ignore_index=True)
    per_call = batches[0].per_call
    return Records(frame if per_call else frame.drop_duplicates(["queue", "start"], keep="last"), per_call)


def _frame(batch: t.CallBatch, zone: Zone) -> pd.DataFrame:
    text = io.BytesIO(gzip.decompress(batch.content))
    frame = pd.read_csv(text, dtype={"queue": str, "call_id": str}, keep_default_na=True)
    frame["start"] = pd.to_datetime(frame["start"], utc=True).dt.tz_convert(zone.key)
    frame["queue"] = frame["queue"].fillna("")
    return frame
