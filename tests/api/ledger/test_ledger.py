from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from api.auth.rights import Role
from api.ledger.accounts import Account
from api.ledger.balance import rounded
from api.ledger.book import Cause, book
from api.rosters.given import read_given
from api.rosters.routes import opened_roster
from api.store import tables as t
from domain.time import Month
from tests.api.clients import World
from tests.api.rosters.solved import MONTH, PATH, drafted_world, site_id

SITE = "/api/v1/sites/harbour"


@pytest.fixture
def desk(world: World) -> TestClient:
    """The scheduler of a published December."""
    client = drafted_world(world).signed_in("scheduler-harbour")
    tag = {"If-Match": client.get(f"{PATH}/draft").headers["etag"]}
    assert client.post(f"{PATH}/publications", json={}, headers=tag).status_code == 201
    return client


def accounts(client: TestClient, month: str = "2027-01") -> dict[str, dict[str, float]]:
    found = client.get(f"{SITE}/ledger", params={"month": month, "limit": 200}).json()["items"]
    return {row["number"]: row["accounts"] for row in found}


def sums(world: World) -> set[int]:
    """What the entries of each matter and account add up to."""
    asked = select(func.sum(t.LedgerEntry.amount)).group_by(t.LedgerEntry.matter, t.LedgerEntry.account)
    with world.store.reading() as session:
        return set(map(int, session.scalars(asked)))


def nights(client: TestClient) -> Counter[str]:
    duties = client.get(f"{PATH}/duties").json()["duties"]
    return Counter(duty["agent"] for duty in duties if duty["shift"] == "夜")


def test_a_publication_books_what_each_carries_above_his_share(world: World, desk: TestClient) -> None:
    carried, found = nights(desk), accounts(desk)
    november = accounts(desk, "2026-12")
    whole = sum(carried.values())
    for number, mine in found.items():
        share = carried[number] - (mine["nights"] - november[number]["nights"])
        assert abs(share - whole / 8) < whole / 8 * 0.15  # P1 is on leave for three days and owes less
    assert abs(sum(mine["nights"] for mine in found.values())) < 1e-9
    assert sums(world) == {0}


def test_a_swapped_night_passes_from_one_account_to_the_other(world: World, desk: TestClient) -> None:
    before = accounts(desk)
    duties = desk.get(f"{PATH}/duties").json()["duties"]
    night, taker = passable(desk, duties)
    old = {name: night[name] for name in ("shift", "work", "breaks")}
    changes = [
        {"agent": night["agent"], "day": night["day"], "old": old, "new": None},
        {"agent": taker, "day": night["day"], "old": None, "new": old},
    ]
    assert desk.post(f"{PATH}/changes", json={"changes": changes, "note": "sick"}).status_code == 201
    after = accounts(desk)
    gained = {number: round(mine["nights"] - before[number]["nights"], 2) for number, mine in after.items()}
    assert {number: amount for number, amount in gained.items() if amount} == {night["agent"]: -1.0, taker: 1.0}
    newest = desk.get(f"{SITE}/ledger/{taker}").json()["items"]
    assert any(entry["account"] == "nights" and entry["amount"] == 1.0 for entry in newest)
    assert newest[0]["said"] == "a change within 2026-12"
    assert sums(world) == {0}


def passable(desk: TestClient, duties: list[dict[str, Any]]) -> tuple[dict[str, Any], str]:
    """A night and somebody who can take it."""
    for night in (duty for duty in duties if duty["shift"] == "夜" and duty["day"] > "2026-12-05"):
        query = {"day": night["day"], "shift": "夜", "giver": night["agent"]}
        found = desk.post(f"{PATH}/partners", json=query).json()
        for partner in found.get("partners", []):
            if partner["returns"] is None:
                return night, partner["number"]
    raise AssertionError("nobody can take any night")


def test_a_withdrawal_takes_everything_off_again(world: World, desk: TestClient) -> None:
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    before = accounts(desk, "2026-12")
    assert desk.post(f"{PATH}/withdrawals", json={"note": "wrong forecast"}, headers=tag).status_code == 201
    assert accounts(desk, "2027-01") == before
    assert sums(world) == {0}


def test_the_next_roster_starts_from_the_balances(world: World, desk: TestClient) -> None:
    found = accounts(desk)
    with world.store.writing() as work:
        row = opened_roster(work, site_id(world), Month(2027, 1))
        given = read_given(work.session, row)
    brought = {opening.agent: opening.burdens["nights"] for opening in given.situation.openings}
    assert brought == {
        number: rounded(round(mine["nights"] * 100)) for number, mine in found.items() if number in brought
    }
    assert any(brought.values())


def test_what_is_older_than_a_year_is_forgotten(desk: TestClient) -> None:
    assert accounts(desk, "2027-11") == accounts(desk)
    assert set(accounts(desk, "2028-01")["P1"].values()) == {0.0}


@pytest.mark.usefixtures("desk")
def test_one_sees_ones_own_account_and_nobody_elses(world: World) -> None:
    agent = world.of_role(Role.AGENT, number="P1")
    assert list(accounts(agent)) == ["P1"]
    assert agent.get(f"{SITE}/ledger/P1").json()["items"]
    assert agent.get(f"{SITE}/ledger/P2").status_code == 404


@pytest.mark.usefixtures("desk")
def test_a_booking_never_changes(world: World) -> None:
    with pytest.raises(IntegrityError, match="never change"), world.store.writing() as work:
        entry = work.session.scalars(select(t.LedgerEntry).limit(1)).one()
        entry.amount += 1


def test_the_site_holds_the_other_side_of_what_has_none(world: World) -> None:
    drafted_world(world)
    with world.store.writing() as work:
        person = work.session.scalars(select(t.Person.id).where(t.Person.number == "P1")).one()
        book(work, Cause(site_id(world), str(MONTH), "call-in", "callout/1"), {Account.CALL_INS: {person: 100}})
        sides = {
            entry.person_id: entry.amount
            for entry in work.session.scalars(select(t.LedgerEntry).where(t.LedgerEntry.cause == "call-in"))
        }
    assert sides == {person: 100, None: -100}


@pytest.mark.parametrize(("amount", "duties"), [(0, 0), (50, 0), (51, 1), (-50, 0), (-51, -1), (149, 1), (-151, -2)])
def test_hundredths_become_the_nearest_duties(amount: int, duties: int) -> None:
    assert rounded(amount) == duties
