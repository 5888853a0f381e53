from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.rights import Role
from api.cycle.tick import tick
from api.leave.policy import Tier as Post
from domain.swaps import SwapKind
from tests.api.clients import World, new_world
from tests.api.leave.office import Office
from tests.api.swaps.parties import SITE, Floor

DECISIONS = f"{SITE}/decisions"


def inbox(client: TestClient) -> list[tuple[str, int]]:
    return [(row["matter"], row["id"]) for row in client.get("/api/v1/me/inbox").json()["items"]]


def lend(client: TestClient, deputy: str, role: str = "manager", hours: float = 48, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    now = more.pop("now")
    told = {"deputy": deputy, "role": role, "first_at": now.isoformat(), "reason": "on a business trip"}
    body = {**told, "last_at": (now + timedelta(hours=hours)).isoformat(), **more}
    made = client.post("/api/v1/me/delegations", json=body)
    found: dict[str, Any] = made.json() | {"status": made.status_code}
    return found


def test_the_inbox_holds_what_waits_for_each_role_and_empties_with_the_decision(world: World) -> None:
    floor = Floor(world)
    (legs,) = floor.legal(SwapKind.COVER)
    made = floor.file(legs).json()
    taker = floor.agents[legs[0].taker]
    assert inbox(taker) == [("answer", made["id"])]
    assert inbox(floor.scheduler) == []
    swap = floor.says(legs[0].taker, made, "take").json()
    assert inbox(taker) == []
    assert ("swap", swap["id"]) in inbox(floor.scheduler)
    assert ("swap", swap["id"]) in inbox(floor.manager)
    hours = {"kind": "unavailable", "start": "2027-01-04T08:00:00+08:00", "end": "2027-01-04T12:00:00+08:00"}
    asked = taker.post(f"{SITE}/requests", json=hours).json()["id"]
    leave = {"kind": "leave", "first": "2027-01-05", "last": "2027-01-05", "leave": "personal"}
    away = taker.post(f"{SITE}/requests", json=leave).json()["id"]
    assert {("hours", asked), ("leave", away)} <= set(inbox(floor.manager))
    assert {matter for matter, _ in inbox(floor.scheduler)} == {"swap"}
    assert floor.decides(floor.scheduler, swap).status_code == 200
    assert "swap" not in {matter for matter, _ in inbox(floor.manager)}


def test_the_inbox_speaks_the_readers_language_and_names_the_deadline(embedded: World) -> None:
    office = Office(embedded)
    office.asked("P4", "2027-01-04")
    manager = office.posts[Post.HEAD]
    (english,) = manager.get("/api/v1/me/inbox").json()["items"]
    (chinese,) = manager.get("/api/v1/me/inbox", headers={"Accept-Language": "zh-CN"}).json()["items"]
    assert english["said"].startswith("leave, ")
    assert chinese["said"].startswith("请假 ")
    assert english["due_at"] == "2026-11-27T09:00:00Z"


def test_a_deputy_decides_while_it_is_lent_and_no_longer(world: World) -> None:
    office = Office(world)
    head, scheduler = office.posts[Post.HEAD], office.scheduler
    row = office.asked("P4", "2027-01-04")
    assert (
        office.scheduler.put(
            f"{SITE}/requests/{row['id']}/decision", json={"state": "approved"}, headers={"If-Match": "*"}
        ).status_code
        == 403
    )
    given = lend(head, "scheduler-harbour", now=world.time.now)
    assert given["status"] == 201
    assert inbox(scheduler) == [("leave", row["id"])]
    decided = scheduler.put(
        f"{SITE}/requests/{row['id']}/decision", json={"state": "approved"}, headers={"If-Match": "*"}
    )
    assert decided.json()["state"] == "approved"
    assert scheduler.get(f"{SITE}/accounts").status_code in (403, 404)
    other = office.asked("P5", "2027-01-12")
    assert head.delete(f"/api/v1/me/delegations/{given['id']}").json()["ended_at"]
    assert inbox(scheduler) == []
    assert ("leave", other["id"]) in inbox(head)
    lend(head, "scheduler-harbour", hours=1, now=world.time.now)
    assert inbox(scheduler) != []
    world.time.passes(hours=1)
    assert inbox(world.signed_in("scheduler-harbour")) == []


def test_a_deputy_gets_the_decisions_and_not_the_role(embedded: World) -> None:
    office = Office(embedded)
    embedded.account("helper", (Role.AGENT, "harbour"), number="P8")
    helper = embedded.signed_in("helper")
    lend(office.scheduler, "helper", "scheduler", now=embedded.time.now)
    assert helper.post(f"{SITE}/rosters", json={"month": "2027-03"}).status_code == 403
    assert helper.get(f"{SITE}/swaps").status_code == 200


def test_nobody_is_the_deputy_of_somebody_in_his_own_matter(embedded: World) -> None:
    Office(embedded)
    embedded.account("head", (Role.MANAGER, "harbour"), number="P7")
    embedded.account("boss", (Role.MANAGER, "harbour"), (Role.GENERAL, None), number="P6")
    head, boss = embedded.signed_in("head"), embedded.signed_in("boss")
    helper = embedded.of_role(Role.LEADER, number="P1")
    lend(boss, "leader-harbour", "general", now=embedded.time.now)
    body = {"kind": "leave", "first": "2027-01-04", "last": "2027-01-07", "leave": "sick"}
    of_head, of_boss = (client.post(f"{SITE}/requests", json=body).json() for client in (head, boss))
    assert (of_head["tier"], of_boss["tier"]) == ("general", "general")
    assert inbox(helper) == [("leave", of_head["id"])]
    path = f"{SITE}/requests/{of_boss['id']}/decision"
    assert helper.put(path, json={"state": "approved"}, headers={"If-Match": "*"}).status_code == 403


@pytest.mark.parametrize(
    ("deputy", "role", "hours"),
    [
        ("nobody", "manager", 48),
        ("manager-harbour", "manager", 48),
        ("scheduler-harbour", "agent", 48),
        ("scheduler-harbour", "manager", 24 * 93),
        ("scheduler-harbour", "manager", -1),
        ("agent-lake", "manager", 48),
    ],
)
def test_what_cannot_be_lent_is_refused(embedded: World, deputy: str, role: str, hours: float) -> None:
    office = Office(embedded)
    embedded.of_role(Role.AGENT, "lake")
    assert lend(office.posts[Post.HEAD], deputy, role, hours, now=embedded.time.now)["status"] == 422


def test_what_was_lent_is_not_lent_on(embedded: World) -> None:
    office = Office(embedded)
    lend(office.posts[Post.HEAD], "scheduler-harbour", now=embedded.time.now)
    embedded.of_role(Role.LEADER, number="P1")
    assert lend(office.scheduler, "leader-harbour", now=embedded.time.now)["status"] == 403


def batch(client: TestClient, items: list[tuple[str, int]], state: str = "approved", **more: object) -> Any:  # noqa: ANN401
    told = [{"matter": matter, "id": number} for matter, number in items]
    return client.post(DECISIONS, json={"items": told, "state": state, **more})


def test_several_swaps_are_approved_at_once_each_checked_upon_the_others(world: World) -> None:
    floor = Floor(world)
    swaps = [floor.matched(legs) for legs in floor.legal(SwapKind.EXCHANGE, 2)]
    items = [("swap", swap["id"]) for swap in swaps]
    told = batch(floor.scheduler, items, dry_run=True).json()["items"]
    assert [floor.state(swap) for swap in swaps] == ["waiting-scheduler"] * 2
    done = batch(floor.scheduler, items).json()["items"]
    assert [one["done"] for one in done] == [one["done"] for one in told]
    assert done[0]["done"]
    assert [floor.state(swap) == "approved" for swap in swaps] == [one["done"] for one in done]


def test_what_is_decided_once_is_not_decided_again_in_the_same_batch(embedded: World) -> None:
    floor = Floor(embedded)
    swap = floor.matched(floor.legal(SwapKind.COVER)[0])
    done = batch(floor.scheduler, [("swap", swap["id"]), ("swap", swap["id"])]).json()["items"]
    assert [(row["done"], row["code"]) for row in done] == [(True, None), (False, "conflict")]
    assert floor.state(swap) == "approved"


def test_all_or_nothing_does_nothing_when_one_cannot_be(embedded: World) -> None:
    office = Office(embedded)
    one, other = office.asked("P4", "2027-01-04"), office.asked("P5", "2027-01-04")
    items = [("leave", one["id"]), ("leave", other["id"])]
    manager = office.posts[Post.HEAD]
    refused = batch(manager, items, all_or_nothing=True)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "over-budget")
    assert refused.json()["errors"][0]["pointer"] == "/items/1"
    assert office.row(one)["state"] == "open"
    assert [row["done"] for row in batch(manager, items).json()["items"]] == [True, False]
    assert office.row(one)["state"] == "approved"
    declined = batch(manager, [("leave", other["id"])], "declined", reason="full house").json()["items"]
    assert declined[0]["state"] == "declined"


def test_the_log_tells_only_what_was_done(embedded: World) -> None:
    office = Office(embedded)
    one, other = office.asked("P4", "2027-01-04"), office.asked("P5", "2027-01-04")
    batch(office.posts[Post.HEAD], [("leave", other["id"]), ("leave", one["id"]), ("leave", 999)], reason="")
    auditor = embedded.of_role(Role.AUDITOR)
    entries = auditor.get("/api/v1/audit", params={"limit": 200}).json()["items"]
    turned = {row["object"] for row in entries if row["action"] == "leave.turned"}
    assert f"request/{one['id']}" in turned or f"request/{other['id']}" in turned
    assert "request/999" not in turned


def test_what_the_scheduler_leaves_lying_goes_to_the_manager_and_is_still_his(embedded: World) -> None:
    floor = Floor(embedded)
    swap = floor.matched(floor.legal(SwapKind.COVER)[0])
    embedded.time.passes(hours=24)
    tick(embedded.service)
    manager = embedded.signed_in("manager-harbour")
    assert manager.get(f"{SITE}/swaps/{swap['id']}").json()["state"] == "waiting-manager"
    kinds = [row["kind"] for row in manager.get("/api/v1/me/notices").json()["items"]]
    assert "swap-waiting-manager" in kinds
    scheduler = embedded.signed_in("scheduler-harbour")
    tag = {"If-Match": scheduler.get(f"{SITE}/swaps/{swap['id']}").headers["etag"]}
    decided = scheduler.put(f"{SITE}/swaps/{swap['id']}/decision", json={"state": "approved"}, headers=tag)
    assert decided.json()["state"] == "approved"


def test_decisions_that_one_has_not_yet_are_not_lent() -> None:
    with new_world("sqlite", "harbour", second_factor="required") as world:
        manager, _ = world.of_role(Role.MANAGER), world.of_role(Role.SCHEDULER)
        found = lend(manager, "scheduler-harbour", now=world.time.now)
        assert (found["status"], found["code"]) == (403, "set-up-first")


def test_hours_decided_with_others_are_in_the_log(embedded: World) -> None:
    office = Office(embedded)
    hours = {"kind": "unavailable", "start": "2027-01-04T08:00:00+08:00", "end": "2027-01-04T12:00:00+08:00"}
    row = office.agent("P4").post(f"{SITE}/requests", json=hours).json()
    wrong = batch(office.posts[Post.HEAD], [("leave", row["id"])]).json()["items"]
    assert wrong[0]["code"] == "not-found"
    assert batch(office.posts[Post.HEAD], [("hours", row["id"])]).json()["items"][0]["done"]
    entries = embedded.of_role(Role.AUDITOR).get("/api/v1/audit", params={"limit": 50}).json()["items"]
    assert ("request.decided", f"request/{row['id']}") in {(entry["action"], entry["object"]) for entry in entries}
