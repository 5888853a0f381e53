from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from tests.api.clients import World, at
from tests.api.people.test_people import imported
from tests.api.rosters.solved import PATH as ROSTER
from tests.api.rosters.solved import december, drafted_world

SITE = "/api/v1/sites/harbour"
PATH = f"{SITE}/requests"
WISH: dict[str, Any] = {"kind": "wish", "day": "2027-01-06", "wish": "off", "weight": 3}
LEAVE: dict[str, Any] = {"kind": "leave", "first": "2027-01-04", "last": "2027-01-05", "leave": "annual"}


@pytest.fixture
def staffed(world: World) -> World:
    imported(world.of_role(Role.SCHEDULER))
    return world


def test_a_wish_is_taken_until_the_23rd_at_half_past_five_of_the_sites_time(staffed: World) -> None:
    agent = staffed.of_role(Role.AGENT, number="P1")
    staffed.time.now = at(2026, 12, 23, 9)  # 17:00 in Shanghai
    agent = staffed.signed_in("agent-harbour")
    assert agent.post(PATH, json=WISH).status_code == 201
    staffed.time.passes(minutes=29)
    assert agent.post(PATH, json={**WISH, "day": "2027-01-07"}).status_code == 201
    staffed.time.passes(minutes=1)
    late = agent.post(PATH, json={**WISH, "day": "2027-01-08"})
    assert (late.status_code, late.json()["code"]) == (409, "too-late")
    assert "closed on 2026-12-23 17:30" in late.json()["detail"]
    assert "next chance: 2027-02, 2027-01-01 08:00 to 2027-01-23 17:30" in late.json()["detail"]
    assert agent.post(PATH, json={**WISH, "day": "2027-02-08"}).status_code == 201


def test_a_wish_is_withdrawn_by_who_made_it_before_wishes_close(staffed: World) -> None:
    agent = staffed.of_role(Role.AGENT, number="P1")
    one, other = (agent.post(PATH, json={**WISH, "day": f"2027-01-0{day}"}).json()["id"] for day in (6, 7))
    assert agent.delete(f"{PATH}/{one}").json()["state"] == "withdrawn"
    assert agent.delete(f"{PATH}/{one}").status_code == 409
    staffed.time.now = at(2026, 12, 24)
    agent = staffed.signed_in("agent-harbour")
    assert agent.delete(f"{PATH}/{other}").json()["code"] == "too-late"


def test_nobody_asks_for_another_but_who_keeps_the_roster(staffed: World) -> None:
    agent = staffed.of_role(Role.AGENT, number="P1")
    assert agent.post(PATH, json={**WISH, "number": "P2"}).status_code == 403
    scheduler = staffed.signed_in("scheduler-harbour")
    made = scheduler.post(PATH, json={**WISH, "number": "P2"}).json()
    assert made["number"] == "P2"
    assert [row["number"] for row in agent.get(PATH, params={"month": "2027-01"}).json()["items"]] == []
    assert agent.delete(f"{PATH}/{made['id']}").status_code == 404


def test_leave_is_decided_by_the_manager_and_never_by_who_asked(staffed: World) -> None:
    agent = staffed.of_role(Role.AGENT, number="P1")
    manager = staffed.of_role(Role.MANAGER, number="P2")
    made = agent.post(PATH, json=LEAVE)
    path, tag = f"{PATH}/{made.json()['id']}/decision", {"If-Match": made.headers["etag"]}
    assert agent.put(path, json={"state": "approved"}, headers=tag).status_code == 403
    decided = manager.put(path, json={"state": "declined", "reason": "too few people"}, headers=tag).json()
    assert (decided["state"], decided["reason"]) == ("declined", "too few people")
    own = manager.post(PATH, json=LEAVE)
    tag = {"If-Match": own.headers["etag"]}
    refused = manager.put(f"{PATH}/{own.json()['id']}/decision", json={"state": "approved"}, headers=tag)
    assert refused.json()["detail"] == "nobody decides on his own request"


def test_wishes_have_a_budget_and_the_refusal_names_what_is_left(staffed: World) -> None:
    agent = staffed.of_role(Role.AGENT, number="P1")
    budget = "/api/v1/sites/harbour/wishes/2027-01/budget"
    for day in range(4, 7):
        assert agent.post(PATH, json={**WISH, "day": f"2027-01-0{day}", "weight": 3}).status_code == 201
    beyond = agent.post(PATH, json={**WISH, "day": "2027-01-08", "weight": 4})
    assert (beyond.status_code, beyond.json()["code"], beyond.json()["left"]) == (409, "over-budget", 3)
    assert "12 (0 of it for wishes refused before): 9 used, 3 left, 4 wanted" in beyond.json()["detail"]
    assert agent.post(PATH, json={**WISH, "day": "2027-01-08", "weight": 3}).status_code == 201
    shown = agent.get(budget).json()
    assert {name: shown[name] for name in ("budget", "credit", "used", "left")} == {
        "budget": 12,
        "credit": 0,
        "used": 12,
        "left": 0,
    }
    assert agent.post(PATH, json={**WISH, "day": "2027-02-08", "weight": 9}).status_code == 201


def test_a_withdrawn_wish_gives_its_weight_back(staffed: World) -> None:
    agent = staffed.of_role(Role.AGENT, number="P1")
    made = [agent.post(PATH, json={**WISH, "day": f"2027-01-0{day}", "weight": 6}).json()["id"] for day in (4, 5)]
    assert agent.post(PATH, json=WISH).json()["code"] == "over-budget"
    agent.delete(f"{PATH}/{made[0]}")
    assert agent.post(PATH, json=WISH).status_code == 201


def test_everybody_sees_what_became_of_his_wishes_and_is_given_credit_for_the_refused(world: World) -> None:
    scheduler = drafted_world(world).signed_in("scheduler-harbour")
    agent = world.of_role(Role.AGENT, number="P4")
    duties = [row for row in december() if row[1] == "P4"]
    free = next(day for day in range(2, 31) if f"2026-12-{day:02d}" not in {row[0] for row in duties})
    worked = [row[0] for row in duties if row[0] > "2026-12-05"]
    with world.store.writing() as work:
        person = work.session.scalars(select(t.Person).where(t.Person.number == "P4")).one()
        for day in (f"2026-12-{free:02d}", *worked[:3]):
            facts = {"wish": "off", "shift": None, "weight": 9}
            told = {"kind": "wish", "state": "open", "made_at": work.now, "facts": facts}
            first = date.fromisoformat(day)
            work.session.add(t.Request(site_id=person.site_id, person_id=person.id, first=first, last=first, **told))
    tag = {"If-Match": scheduler.get(f"{ROSTER}/draft").headers["etag"]}
    assert scheduler.post(f"{ROSTER}/publications", json={}, headers=tag).status_code == 201
    mine = agent.get(PATH, params={"month": "2026-12", "kind": "wish"}).json()["items"]
    states = {row["first"]: (row["state"], row["said"]) for row in mine}
    assert states[f"2026-12-{free:02d}"] == ("granted", None)
    assert all(states[day][0] == "refused" and states[day][1] for day in worked[:3])
    chinese = agent.get(PATH, params={"kind": "wish"}, headers={"Accept-Language": "zh-CN"}).json()["items"]
    assert chinese[0]["said"] != mine[0]["said"]
    notice = agent.get("/api/v1/me/notices").json()["items"][0]
    assert (notice["kind"], notice["facts"]["wishes"]) == ("roster", {"asked": 36, "refused": 27})
    budget = agent.get("/api/v1/sites/harbour/wishes/2027-01/budget").json()
    assert budget["credit"] > 0
    assert scheduler.get(f"{SITE}/ledger/P4").json()["items"][0]["account"] == "wishes"


@pytest.mark.parametrize(
    "wrong",
    [
        {**WISH, "wish": "on"},
        {**WISH, "wish": "on", "shift": "晚"},
        {**WISH, "weight": 10},
        {**LEAVE, "last": "2027-01-01"},
        {"kind": "unavailable", "start": "2027-01-04T08:00:00", "end": "2027-01-04T09:00:00+08:00"},
        {"kind": "unavailable", "start": "2027-01-04T10:00:00+08:00", "end": "2027-01-04T09:00:00+08:00"},
        {"kind": "holiday"},
    ],
)
def test_what_cannot_be_asked_for_is_refused(staffed: World, wrong: dict[str, Any]) -> None:
    assert staffed.of_role(Role.AGENT, number="P1").post(PATH, json=wrong).status_code == 422
