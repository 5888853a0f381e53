from __future__ import annotations

import random

import pytest
from sqlalchemy import Connection, text

from api.audit.chain import Actor, Head, first_bad, head_of
from api.store.guards import unguards
from api.store.store import Store

COUNT = 20


def filled(store: Store, count: int = COUNT) -> Head:
    for number in range(count):
        with store.writing(Actor(1, f"r{number}")) as work:
            work.did("person.changed", f"person/{number}", 3, name="王芳", old=number)
    with store.reading() as session:
        return head_of(session)


def tampered(store: Store, statement: str, **values: object) -> None:
    """What somebody with the whole database in his hands could do: take the guards away, then change a row."""
    with store.engine.begin() as connection:
        for guard in unguards(store.dialect):
            if "audit" in guard:
                _quietly(connection, guard)
        connection.execute(text(statement), values)


def _quietly(connection: Connection, statement: str) -> None:
    with connection.begin_nested() as point:
        try:
            connection.execute(text(statement))
        except Exception:  # noqa: BLE001 - taken away before
            point.rollback()


def bad(store: Store, known: Head | None = None) -> int | None:
    with store.reading() as session:
        return first_bad(session, known)


def test_a_chain_that_nobody_touched_holds(store: Store) -> None:
    assert bad(store) is None
    head = filled(store)
    assert head.last == COUNT
    assert bad(store, head) is None


@pytest.mark.parametrize("seed", range(5))
def test_the_first_row_that_was_touched_is_named(store: Store, seed: int) -> None:
    filled(store)
    chance = random.Random(seed)  # noqa: S311 - no secret
    row = chance.randint(2, COUNT - 1)
    how = {
        "action": "UPDATE audit_entries SET action = 'nothing' WHERE id = :row",
        "who": "UPDATE audit_entries SET account_id = 2 WHERE id = :row",
        "request": "UPDATE audit_entries SET request = '' WHERE id = :row",
        "gone": "DELETE FROM audit_entries WHERE id = :row",
        "hash": "UPDATE audit_entries SET hash = (SELECT hash FROM audit_head) WHERE id = :row",
    }
    tampered(store, list(how.values())[seed], row=row)
    assert bad(store) == row


def test_a_chain_that_was_cut_is_found_by_its_head_and_by_one_kept_elsewhere(store: Store) -> None:
    known = filled(store)
    tampered(store, "DELETE FROM audit_entries WHERE id > 15")
    assert bad(store) == 16
    tampered(store, "UPDATE audit_head SET last = 15, hash = (SELECT hash FROM audit_entries WHERE id = 15)")
    assert bad(store) is None
    assert bad(store, known) == 16


def test_a_chain_written_anew_is_found_by_a_head_kept_elsewhere(store: Store) -> None:
    filled(store, 3)
    assert bad(store, Head(2, "f" * 64)) == 2
