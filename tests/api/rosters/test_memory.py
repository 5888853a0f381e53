"""What is given for a month is remembered, and read anew when anything of it changed."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.auth.rights import Role
from api.rosters.given import read_given, roster_row
from api.store import tables as t
from constraints.given import Given as RulesGiven
from tests.api.clients import World, document
from tests.api.rosters.solved import MONTH, PATH, drafted_world, site_id
from tests.api.rosters.test_rosters import away, first_of

SITE = "/api/v1/sites/harbour"


@pytest.fixture
def desk(world: World) -> TestClient:
    return drafted_world(world).signed_in("scheduler-harbour")


def given(world: World) -> RulesGiven:
    with world.store.reading() as session:
        return read_given(session, roster_row(session, site_id(world), MONTH)).rules


def test_edits_of_the_draft_leave_what_is_given_as_it_is(world: World, desk: TestClient) -> None:
    before = given(world)
    for _ in range(3):
        desk.patch(f"{PATH}/draft", json={"changes": [away(first_of(desk, "P4"))]})
    world.signed_in("scheduler-harbour")
    assert given(world) is before


def test_whatever_is_given_otherwise_is_read_anew(world: World, desk: TestClient) -> None:
    manager = world.of_role(Role.MANAGER)
    seen = [given(world)]

    def is_new() -> RulesGiven:
        seen.append(given(world))
        assert seen[-1] is not seen[-2]
        return seen[-1]

    person = desk.get(f"{SITE}/people/P4")
    told = {name: person.json()[name] for name in ("contract", "team", "certificates")}
    changed = desk.put(f"{SITE}/people/P4", json={**told, "name": "改名"}, headers={"If-Match": person.headers["etag"]})
    assert changed.status_code == 200, changed.text
    assert is_new().person("P4").name == "改名"
    tag = desk.get(f"{PATH}/draft").headers["etag"]
    desk.put(f"{PATH}/pins", json={"pins": [{"agent": "P4", "day": "2026-12-05"}]}, headers={"If-Match": tag})
    assert len(is_new().situation.pins) == 1
    asked = {"kind": "leave", "first": "2026-12-08", "last": "2026-12-08", "leave": "annual", "number": "P4"}
    made = desk.post(f"{SITE}/requests", json=asked)
    assert made.status_code == 201, made.text
    body = {"items": [{"matter": "leave", "id": made.json()["id"]}], "state": "approved", "reason": "ok"}
    assert manager.post(f"{SITE}/decisions", json=body).json()["items"][0]["done"]
    assert "P4" in {leave.agent for leave in is_new().situation.leaves}
    day = {"first": "2026-12-24", "last": "2026-12-24", "kind": "statutory", "name": "节"}
    assert desk.post(f"{SITE}/special-days", json=day).status_code == 201
    is_new()
    plan = manager.get(f"{SITE}/plan")
    manager.put(
        f"{SITE}/plan", json={"document": document(), "note": "same"}, headers={"If-Match": plan.headers["etag"]}
    )
    is_new()


class UndoneError(Exception):
    pass


@pytest.mark.usefixtures("desk")
def test_a_transaction_sees_its_own_changes_and_what_it_undoes_is_not_remembered(world: World) -> None:
    before = given(world)
    with pytest.raises(UndoneError), world.store.writing() as work:
        row = roster_row(work.session, site_id(world), MONTH)
        assert read_given(work.session, row).rules is before
        person = work.session.scalars(select(t.Person).where(t.Person.number == "P4")).one()
        person.name = "改名"
        assert read_given(work.session, row).rules.person("P4").name == "改名"
        work.session.execute(update(t.Person).where(t.Person.number == "P5").values(name="再改"))
        assert read_given(work.session, row).rules.person("P5").name == "再改"
        raise UndoneError
    assert given(world) is before
