"""Call records that an exchange drops into a folder: taken once they lie still, refused with the reason beside them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from api.auth.rights import Role
from api.demand.drop import look
from api.store import tables as t
from tests.api.clients import World

GOOD = "start,queue,calls\n2026-11-02 08:00,service,12\n2026-11-02 08:30,service,9\n"
LARGEST = 1_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour").mkdir()
    return tmp_path


def dropped(folder: Path, name: str, content: str | bytes, *, age: float = 60) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def batches(world: World) -> int:
    with world.store.reading() as session:
        return session.scalar(select(func.count()).select_from(t.CallBatch)) or 0


def test_a_file_that_lies_still_is_taken_and_moved(world: World, folder: Path) -> None:
    dropped(folder, "harbour/a.csv", GOOD)
    assert look(world.store, folder, LARGEST) == 1
    assert batches(world) == 1
    assert [path.name for path in (folder / "harbour/taken").iterdir()] == ["a.csv"]
    assert look(world.store, folder, LARGEST) == 0


def test_the_same_records_again_count_once_and_keep_both_files(embedded: World, folder: Path) -> None:
    for _ in range(2):
        dropped(folder, "harbour/a.csv", GOOD)
        look(embedded.store, folder, LARGEST)
    assert batches(embedded) == 1
    assert sorted(path.name for path in (folder / "harbour/taken").iterdir()) == ["1-a.csv", "a.csv"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GOOD + "2026-11-02 09:00,service,viele\n", "4"),
        ("start,queue,calls\n2026-11-02 08:00,gas,12\n", "gas"),
        (b"\x00\x01\x02\x03", "a.csv"),
        (b"PK\x03\x04 a workbook", "a.csv"),
        ("", "a.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    embedded: World, folder: Path, content: str | bytes, words: str
) -> None:
    desk = embedded.of_role(Role.SCHEDULER)
    dropped(folder, "harbour/a.csv", content)
    assert look(embedded.store, folder, LARGEST) == 1
    assert batches(embedded) == 0
    assert words in (folder / "harbour/refused/a.txt").read_text(encoding="utf-8")
    assert (folder / "harbour/refused/a.csv").exists()
    notices = desk.get("/api/v1/me/notices").json()["items"]
    assert [notice["kind"] for notice in notices] == ["drop-refused"]


def test_what_is_still_written_or_hidden_or_a_link_or_of_no_site_is_let_be(embedded: World, folder: Path) -> None:
    dropped(folder, "harbour/fresh.csv", GOOD, age=1)
    dropped(folder, "harbour/.part.csv", GOOD)
    dropped(folder, "harbour/notes.txt", GOOD)
    dropped(folder, "nowhere/a.csv", GOOD)
    (folder / "harbour/link.csv").symlink_to(dropped(folder, "outside.csv", GOOD))
    assert look(embedded.store, folder, LARGEST) == 0
    assert look(embedded.store, folder / "missing", LARGEST) == 0
    assert batches(embedded) == 0


def test_encodings_of_old_exchanges_are_read(embedded: World, folder: Path) -> None:
    text = "开始时间,队列,话务量\n2026-11-02 08:00,service,12\n"
    dropped(folder, "harbour/a.csv", text.encode("gb18030"))
    dropped(folder, "harbour/b.csv", text.replace("12", "13").replace("08:00", "09:00").encode("utf-16"))
    assert look(embedded.store, folder, LARGEST) == 2
    assert batches(embedded) == 2
