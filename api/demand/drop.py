"""A folder into which an exchange drops its call records: `FOLDER/SITE/*.csv`, taken once they lie still.

A file that was taken moves to `taken/`, one that cannot be read to `refused/` with the reason beside it. Records
and move are two things: a file that is found again after a crash is known by its content and counts once.
"""

from __future__ import annotations

import logging
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import select

from api.auth.rights import Role
from api.demand.calls import add_batch, batch_of, read_upload
from api.group.plans import newest, read_plan
from api.http.problems import Problem
from api.http.uploads import Upload
from api.notices.rows import Word, tell_roles
from api.store import tables as t
from api.store.store import Store
from domain.faults import BadInput
from domain.language import Refusal, Text, plain

LOG: Final = logging.getLogger("paiban.drop")
STILL_S: Final = 10.0
"""A file that was not written for so long is whole."""
ENDINGS: Final = (".csv", ".csv.gz", ".xlsx")
TAKEN, REFUSED = "taken", "refused"


def look(store: Store, folder: Path, largest: int) -> int:
    """Take what lies still in the folders of the sites; how many files were taken or refused."""
    with store.reading() as session:
        sites = {site.code: site.id for site in session.scalars(select(t.Site).where(t.Site.active))}
    found = [(sites[path.parent.name], path) for path in _files(folder) if path.parent.name in sites]
    for site_id, path in found:
        try:
            _settle(store, site_id, path, largest)
        except FileNotFoundError:
            LOG.info("another worker was quicker")
        except Exception:
            LOG.exception("drop folder", extra={"site": site_id})
    return len(found)


def _files(folder: Path) -> Iterator[Path]:
    """Plain files that lie still, the oldest first; links and hidden files are let be."""
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        if place.is_dir() and not place.is_symlink():
            lying = [(written, path) for path in place.iterdir() if (written := _still(path)) is not None]
            yield from (path for _, path in sorted(lying))


def _still(path: Path) -> float | None:
    """When a file that lies still was written; None: it does not, or is none to be taken."""
    try:
        told = path.lstat()
    except FileNotFoundError:
        return None
    name = path.name.lower()
    ours = stat.S_ISREG(told.st_mode) and not name.startswith(".") and name.endswith(ENDINGS)
    return told.st_mtime if ours and time.time() - told.st_mtime >= STILL_S else None


def called(path: Path) -> str:
    """The name of a file as it can be told: in whatever letters it was written, on one line."""
    words = os.fsencode(path.name).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in words)


def _settle(store: Store, site_id: int, path: Path, largest: int) -> None:
    try:
        _take(store, site_id, path, largest)
    except (Refusal, Problem) as fault:
        words = fault.full if isinstance(fault, BadInput) else fault.text or plain("refused")
        LOG.warning("file refused", extra={"file": called(path), "site": site_id})
        _tell(store, site_id, called(path), words)
        _moved(path, REFUSED).with_suffix(".txt").write_text(f"{words.zh}\n{words.en}\n", encoding="utf-8")
    else:
        _moved(path, TAKEN)


def _take(store: Store, site_id: int, path: Path, largest: int) -> None:
    if path.stat().st_size > largest:
        raise BadInput(Text("文件过大", "the file is too large"), file=called(path))
    with store.reading() as session:
        plan = read_plan(newest(session, site_id))
    upload = Upload(called(path), path.read_bytes())
    batch = batch_of(read_upload(upload, plan), upload.name, plan.site.zone)
    with store.writing() as work:
        add_batch(work, site_id, batch)


def _tell(store: Store, site_id: int, name: str, words: Text) -> None:
    facts = {"file": name, "zh": words.zh, "en": words.en}
    with store.writing() as work:
        word = Word(site_id, "drop-refused", f"drop/{site_id}/{name}/{work.now.isoformat()}")
        tell_roles(work, (Role.SCHEDULER,), word, facts)
        work.did("calls.refused", f"site/{site_id}", site_id, name=name)


def _moved(path: Path, where: str) -> Path:
    """Move a file aside; one of the same name keeps its own."""
    place = path.parent / where
    place.mkdir(exist_ok=True)
    goal, number = place / path.name, 1
    while goal.exists():
        goal, number = place / f"{number}-{path.name}", number + 1
    return path.replace(goal)
