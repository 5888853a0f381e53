from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from api.auth.rights import Role
from api.cycle.tick import tick
from api.store import tables as t
from tests.api.clients import World
from tests.api.rosters.solved import PATH
from tests.api.swaps.parties import SITE, Floor

CALLOUTS = f"{SITE}/callouts"


class Desk(Floor):
    """The floor, and a duty whose person cannot come."""

    def __init__(self, world: World, takers: int = 2) -> None:
        super().__init__(world)
        self.duty, self.line = self._wanted(takers)

    def _wanted(self, takers: int) -> tuple[dict[str, Any], list[str]]:
        """A duty that at least so many could take."""
        for duty in self.scheduler.get(f"{PATH}/duties").json()["duties"]:
            if duty["day"] >= "2026-12-05":
                found = self.out(duty, dry_run=True).json()
                line = [ask["number"] for ask in found.get("asks", [])]
                if len(line) >= takers:
                    return duty, line
        raise AssertionError(f"no duty that {takers} could take")

    def out(self, duty: dict[str, Any] | None = None, **more: object) -> Response:
        duty = duty or self.duty
        body: dict[str, object] = {
            "number": duty["agent"],
            "day": duty["day"],
            "shift": duty["shift"],
            "note": "fever",
            **more,
        }
        return self.scheduler.post(CALLOUTS, json=body)

    def started(self, *, at_once: bool = False) -> dict[str, Any]:
        made = self.out(at_once=at_once)
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        return found

    def says(self, who: str, callout: dict[str, Any], answer: str) -> Response:
        return self.agents[who].post(f"{CALLOUTS}/{callout['id']}/answers", json={"answer": answer})

    def shown(self, callout: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.scheduler.get(f"{CALLOUTS}/{callout['id']}").json()
        return found

    def states(self, callout: dict[str, Any]) -> list[str]:
        return [ask["state"] for ask in self.shown(callout)["asks"]]


def test_the_first_in_line_is_asked_and_has_the_duty_with_its_pay_class_once_he_takes_it(world: World) -> None:
    desk = Desk(world)
    first, second = desk.line[:2]
    desk.agents.arrive(first)
    callout = desk.started()
    assert (callout["state"], desk.states(callout)[:2]) == ("asking", ["asked", "next"])
    mine = desk.agents[first].get(CALLOUTS).json()["items"]
    assert [(row["id"], row["cause"], row["note"], row["may"]) for row in mine] == [
        (callout["id"], None, "", ["accept", "decline"])
    ]
    (ask,) = mine[0]["asks"]
    assert ask["pay"] in (100, 150, 200, 300)
    assert ask["hours"][1] > ask["hours"][0]
    assert desk.agents[second].get(f"{CALLOUTS}/{callout['id']}").status_code == 404
    assert desk.says(second, callout, "accept").status_code == 404
    taken = desk.says(first, callout, "accept")
    assert taken.status_code == 200, taken.text
    assert (taken.json()["state"], taken.json()["taker"]) == ("filled", first)
    key = (desk.duty["day"], desk.duty["shift"])
    assert key in desk.duties(first)
    assert key not in desk.duties(desk.duty["agent"])
    entries = desk.scheduler.get(f"{SITE}/ledger/{first}").json()["items"]
    assert ("call-ins", 1.0, "call-in") in {(row["account"], row["amount"], row["cause"]) for row in entries}
    version = desk.scheduler.get(f"{PATH}/versions").json()["items"][0]
    assert (version["kind"], version["certificate"]["holds"]) == ("call-in", True)
    assert "callout-asked" in {row["kind"] for row in desk.agents[first].get("/api/v1/me/notices").json()["items"]}


def test_who_declines_or_keeps_silent_is_passed_over_and_when_nobody_is_left_everybody_who_keeps_hears(
    embedded: World,
) -> None:
    desk = Desk(embedded)
    callout = desk.started()
    asked = len(callout["asks"])
    assert desk.says(desk.line[0], callout, "decline").json()["asks"][0]["state"] == "declined"
    assert desk.states(callout)[:2] == ["declined", "asked"]
    for _ in range(asked):
        embedded.time.passes(minutes=20)
        tick(embedded.service)
    assert desk.states(callout) == ["declined", *["silent"] * (asked - 1)]
    assert desk.shown(callout)["state"] == "exhausted"
    kinds = {row["kind"] for row in embedded.signed_in("manager-harbour").get("/api/v1/me/notices").json()["items"]}
    assert "callout-exhausted" in kinds
    assert desk.out().status_code == 201


def test_near_its_start_all_are_asked_at_once_and_the_first_wins(world: World) -> None:
    desk = Desk(world)
    for number in desk.line:
        desk.agents.arrive(number)
    begins_at = desk.started()["start_at"]
    with world.store.reading() as session:
        begins = session.scalars(select(t.Callout.start_at)).one()
    world.time.now = begins - timedelta(hours=3)
    tick(world.service)
    callout = desk.world.signed_in("scheduler-harbour").get(CALLOUTS).json()["items"][0]
    assert callout["at_once"]
    assert {ask["state"] for ask in callout["asks"]} == {"asked"}
    assert {ask["answer_by"] for ask in callout["asks"]} == {begins_at}
    takers = [world.signed_in(number.lower()) for number in desk.line]
    path = f"{CALLOUTS}/{callout['id']}/answers"
    with ThreadPoolExecutor(len(takers)) as pool:
        answers = list(pool.map(lambda client: client.post(path, json={"answer": "accept"}).status_code, takers))
    assert sorted(answers) == [200, *[409] * (len(takers) - 1)]


def test_a_duty_that_the_floor_needs_comes_first(embedded: World) -> None:
    desk = Desk(embedded)
    vital, first, lesser = rivals(desk)
    with embedded.store.writing() as work:
        row = work.session.get_one(t.Callout, desk.out(lesser, at_once=True).json()["id"])
        row.floor = False
        number = row.id
    before = {ask["number"]: ask["state"] for ask in desk.shown({"id": number})["asks"]}
    found = desk.out(vital).json()
    after = {ask["number"]: ask["state"] for ask in desk.shown({"id": number})["asks"]}
    assert (found["asks"][0]["number"], found["asks"][0]["state"]) == (first, "asked")
    assert (before[first], after[first]) == ("asked", "dropped")
    assert {who: state for who, state in after.items() if who != first} == {
        who: state for who, state in before.items() if who != first
    }


def rivals(desk: Desk) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """A duty of the floor, who is first in its line, and another duty that he could take."""
    lines = []
    for duty in desk.scheduler.get(f"{PATH}/duties").json()["duties"]:
        found = desk.out(duty, dry_run=True).json() if duty["day"] >= "2026-12-05" else {}
        if found.get("asks"):
            lines.append((duty, found["floor"], [ask["number"] for ask in found["asks"]]))
    for vital, floor, line in lines:
        for lesser, _, other in lines:
            if floor and lesser != vital and line[0] in other and len(other) > 1:
                return vital, line[0], lesser
    raise AssertionError("no two duties want the same person")


def test_who_keeps_the_roster_answers_for_somebody_on_the_phone_with_a_reason(embedded: World) -> None:
    desk = Desk(embedded)
    callout, second = desk.started(), desk.line[1]
    path = f"{CALLOUTS}/{callout['id']}/answers"
    leader = embedded.of_role(Role.LEADER)
    assert leader.post(path, json={"answer": "accept", "behalf": second}).status_code == 422
    told = {"answer": "accept", "behalf": second, "reason": "said yes on the phone"}
    assert desk.agents[desk.line[0]].post(path, json=told).status_code == 403
    assert leader.post(path, json=told).json()["taker"] == second


def test_a_duty_is_looked_for_once_and_the_search_can_be_called_off(embedded: World) -> None:
    desk = Desk(embedded)
    callout = desk.started()
    assert desk.out().status_code == 409
    assert desk.agents[desk.line[0]].post(f"{CALLOUTS}/{callout['id']}/cancel").status_code == 403
    assert desk.scheduler.post(f"{CALLOUTS}/{callout['id']}/cancel").json()["state"] == "cancelled"
    assert desk.says(desk.line[0], callout, "accept").status_code == 409
    assert desk.out().status_code == 201


def test_a_duty_that_changes_or_begins_ends_the_search(embedded: World) -> None:
    desk = Desk(embedded)
    callout = desk.started()
    old = {name: desk.duty[name] for name in ("shift", "work", "breaks")}
    changes = [
        {"agent": desk.duty["agent"], "day": desk.duty["day"], "old": old, "new": None},
        {"agent": desk.line[1], "day": desk.duty["day"], "old": None, "new": old},
    ]
    assert desk.scheduler.post(f"{PATH}/changes", json={"changes": changes, "note": "found"}).status_code == 201
    assert desk.shown(callout)["state"] == "over"


def test_the_least_called_in_is_asked_first(embedded: World) -> None:
    desk = Desk(embedded)
    assert desk.says(desk.line[0], desk.started(), "accept").status_code == 200
    for duty in desk.scheduler.get(f"{PATH}/duties").json()["duties"]:
        if duty["day"] > desk.duty["day"]:
            found = desk.out(duty, dry_run=True).json()
            called = [ask["called"] for ask in found["asks"]]
            assert called == sorted(called)
            if 1 in called:
                return
    raise AssertionError("nobody was called in before")


def test_a_dry_run_asks_nobody(embedded: World) -> None:
    desk = Desk(embedded)
    assert desk.out(dry_run=True).status_code == 201
    assert desk.scheduler.get(CALLOUTS).json()["items"] == []


def test_an_agent_starts_no_search_and_a_duty_that_is_not_there_is_refused(embedded: World) -> None:
    desk = Desk(embedded)
    agent: TestClient = desk.agents["P1"]
    body = {"number": "P2", "day": desk.duty["day"]}
    assert agent.post(CALLOUTS, json=body).status_code == 403
    refused = desk.scheduler.post(CALLOUTS, json={"number": desk.duty["agent"], "day": desk.duty["day"], "shift": "晚"})
    assert refused.status_code == 422
