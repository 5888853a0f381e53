from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from api.audit.chain import first_bad, head_of
from api.ops.backup import backup, restore, verified
from api.store import tables as t
from api.store.store import Store
from domain.faults import BadInput
from domain.language import Refusal
from tests.api.clients import World, new_world
from tests.api.rosters.solved import december, drafted_world
from tests.api.rosters.test_rosters import published
from tests.api.stores import DATABASES, new_store


def counts(store: Store) -> dict[str, int]:
    with store.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in t.Table.metadata.sorted_tables
        }


def filled(world: World) -> World:
    drafted_world(world)
    assert published(world.signed_in("scheduler-harbour")).status_code == 201
    return world


@pytest.mark.parametrize("target", DATABASES)
def test_a_store_comes_back_whole_on_either_database_and_goes_on(world: World, target: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.gz"
    told = backup(filled(world).store, file)
    assert told.tables["duties"] == len(december()) + 3
    with new_store(target) as other:
        restore(other, file)
        assert counts(other) == counts(world.store)
        with world.store.reading() as one, other.reading() as two:
            assert head_of(one) == head_of(two)
            assert first_bad(two) is None
        moved = World(other, world.time)
        client = moved.signed_in("scheduler-harbour")
        path = "/api/v1/sites/harbour/rosters/2026-12/duties"
        assert client.get(path).json() == world.signed_in("scheduler-harbour").get(path).json()
        assert client.post("/api/v1/sites/harbour/rosters", json={"month": "2027-03"}).status_code == 201


def test_a_backup_that_was_cut_or_touched_is_refused(tmp_path: Path) -> None:
    with new_world("sqlite", "harbour") as world:
        file = tmp_path / "backup.gz"
        backup(world.store, file)
        whole = file.read_bytes()
        for content in (whole[:-20], whole[:60] + b"x" + whole[61:], b"", b"hello"):
            file.write_bytes(content)
            with pytest.raises(BadInput, match="damaged"):
                verified(file)


def test_a_sealed_backup_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    with new_world("sqlite", "harbour") as world:
        file = tmp_path / "backup.sealed"
        told = backup(world.store, file, "quiet river stones")
        assert b"harbour" not in file.read_bytes()
        assert verified(file, "quiet river stones") == told
        with pytest.raises(BadInput, match="passphrase"):
            verified(file, "wrong")


def test_only_an_empty_store_is_filled(tmp_path: Path) -> None:
    with new_world("sqlite", "harbour") as world:
        file = tmp_path / "backup.gz"
        backup(world.store, file)
        before = counts(world.store)
        with pytest.raises(Refusal, match="empty store"):
            restore(world.store, file)
        assert counts(world.store) == before
