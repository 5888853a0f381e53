from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from tests.api.clients import World, at
from tests.api.rosters.solved import PATH, december, drafted_world


@pytest.fixture
def desk(world: World) -> TestClient:
    """The scheduler, before a clean draft that is not published."""
    return drafted_world(world).signed_in("scheduler-harbour")


def published(client: TestClient, note: str = "") -> Response:
    tag = client.get(f"{PATH}/draft").headers["etag"]
    return client.post(f"{PATH}/publications", json={"note": note}, headers={"If-Match": tag})


def first_of(client: TestClient, agent: str, path: str = "draft") -> dict[str, Any]:
    """Somebody's first duty after the first week."""
    duties = client.get(f"{PATH}/{path}").json()["duties"]
    return next(duty for duty in duties if duty["agent"] == agent and duty["day"] >= "2026-12-07")


def away(duty: dict[str, Any]) -> dict[str, Any]:
    """The change that takes a duty away."""
    old = {name: duty[name] for name in ("shift", "work", "breaks")}
    return {"agent": duty["agent"], "day": duty["day"], "old": old, "new": None}


def night_off(client: TestClient, path: str) -> list[dict[str, Any]]:
    """The changes that leave a night without anybody."""
    duties = client.get(f"{PATH}/{path}").json()["duties"]
    return [away(duty) for duty in duties if duty["day"] == "2026-12-10" and duty["shift"] == "夜"]


def test_a_clean_draft_is_reported_clean_with_its_proof(desk: TestClient) -> None:
    report = desk.get(f"{PATH}/draft/report").json()
    assert report["clean"]
    assert (report["certificate"]["holds"], report["certificate"]["minutes"]) == (True, 31 * 24 * 60)


def test_an_edit_is_judged_and_kept_and_the_old_duty_must_be_there(desk: TestClient) -> None:
    duty = first_of(desk, "P4")
    would = desk.post(f"{PATH}/draft/verdict", json={"changes": [away(duty)]}).json()
    did = desk.patch(f"{PATH}/draft", json={"changes": [away(duty)]}).json()
    assert would["broken"] == did["broken"]
    assert did["revision"] == would["revision"] + 1
    assert duty not in desk.get(f"{PATH}/draft").json()["duties"]
    again = desk.patch(f"{PATH}/draft", json={"changes": [away(duty)]})
    assert (again.status_code, again.json()["code"]) == (412, "stale")


def test_a_verdict_names_the_rule_in_words_and_the_law_behind_it(desk: TestClient) -> None:
    duty = first_of(desk, "P4")
    night = {"agent": "P4", "day": duty["day"], "new": {"shift": "夜" if duty["shift"] != "夜" else "早"}}
    broken = desk.post(f"{PATH}/draft/verdict", json={"changes": [night]}).json()["broken"]
    assert any(breach["hard"] and "员工4" in breach["words"] for breach in broken)
    zh = desk.post(f"{PATH}/draft/verdict", json={"changes": [night]}, headers={"Accept-Language": "zh"}).json()
    assert zh["broken"][0]["words"] != broken[0]["words"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agent": "P99", "day": "2026-12-07", "new": {"shift": "早"}}, "nobody with the id"),
        ({"agent": "P1", "day": "2027-01-01", "new": {"shift": "早"}}, "not in the month"),
        ({"agent": "P1", "day": "2026-12-07", "new": {"shift": "晚"}}, "there is no shift"),
        ({"agent": "P1", "day": "2026-12-07", "new": {"shift": "夜", "work": "service"}}, "does not serve"),
        ({"agent": "P1", "day": "2026-12-07", "new": {"shift": "早", "breaks": [1, 2]}}, "breaks"),
        ({"agent": "P1", "day": "2026-12-07"}, "must change something"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_the_reason(
    desk: TestClient, change: dict[str, Any], words: str
) -> None:
    refused = desk.patch(f"{PATH}/draft", json={"changes": [change]})
    assert refused.status_code == 422
    assert words in refused.text


def test_publishing_makes_a_version_with_its_proof_and_tells_whom_it_touches(world: World) -> None:
    desk = drafted_world(world).signed_in("scheduler-harbour")
    agent = world.of_role(Role.AGENT, number="P1")
    assert agent.get(f"{PATH}/duties").json() == {
        "month": "2026-12",
        "version": None,
        "published_at": None,
        "duties": [],
        "people": [],
    }
    made = published(desk, "十二月")
    assert made.status_code == 201, made.text
    assert made.json()["certificate"]["holds"]
    in_force = agent.get(f"{PATH}/duties")
    assert len(in_force.json()["duties"]) == len(december())
    assert agent.get(f"{PATH}/duties", headers={"If-None-Match": in_force.headers["etag"]}).status_code == 304
    own = agent.get("/api/v1/me/duties", params={"first": "2026-12-01", "last": "2026-12-31"}).json()["items"]
    assert len(own) == sum(row[1] == "P1" for row in december())
    assert own[0]["start"].endswith("+08:00")
    with world.store.reading() as session:
        notices = session.scalars(select(t.Notice).where(t.Notice.kind == "roster")).all()
        assert [(notice.kind, len(notice.facts["changes"])) for notice in notices] == [("roster", len(own))]
    whole = desk.get(f"{PATH}/versions/1").json()
    assert len(whole["duties"]) == len(whole["diff"]) == len(december())


def test_a_draft_with_a_hard_breach_is_not_published_and_nothing_is_left_behind(desk: TestClient) -> None:
    assert desk.patch(f"{PATH}/draft", json={"changes": night_off(desk, "draft")}).status_code == 200
    refused = published(desk)
    assert (refused.status_code, refused.json()["code"]) == (409, "rule-broken")
    assert any(error["rule"] == "emergency-floor" for error in refused.json()["errors"])
    assert desk.get(PATH).json()["published"] is None
    assert desk.get(f"{PATH}/versions").json()["items"] == []


def test_a_stale_draft_is_not_published(desk: TestClient) -> None:
    tag = desk.get(f"{PATH}/draft").headers["etag"]
    desk.patch(f"{PATH}/draft", json={"changes": [away(first_of(desk, "P4"))]})
    stale = desk.post(f"{PATH}/publications", json={}, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert desk.post(f"{PATH}/publications", json={}).status_code == 428


def test_a_change_of_what_is_in_force_that_breaks_the_floor_is_refused_with_the_minute(desk: TestClient) -> None:
    published(desk)
    refused = desk.post(f"{PATH}/changes", json={"changes": night_off(desk, "duties"), "note": "sick"})
    assert (refused.status_code, refused.json()["code"]) == (409, "rule-broken")
    assert refused.json()["errors"][0]["rule"] == "emergency-floor"
    assert desk.get(PATH).json()["versions"] == 1


def test_who_gives_a_vital_duty_away_is_told_who_could_take_it(desk: TestClient) -> None:
    published(desk)
    refused = desk.post(f"{PATH}/changes", json={"changes": night_off(desk, "duties")[:1], "note": "sick"})
    if refused.status_code == 201:
        refused = desk.post(f"{PATH}/changes", json={"changes": night_off(desk, "duties")[:1], "note": "sick"})
    slot = refused.json()["instead"][0]
    assert slot["duty"]["shift"] == "夜"
    for stand_in in slot["stand_ins"]:
        took = {"agent": stand_in["agent"], "day": slot["duty"]["day"], "new": {"shift": "夜", "work": "emergency"}}
        if stand_in["gives_up"]:
            took["old"] = {name: stand_in["gives_up"][name] for name in ("shift", "work", "breaks")}
        verdict = desk.post(f"{PATH}/draft/verdict", json={"changes": [away(slot["duty"]), took]}).json()
        assert verdict["allowed"]


def exchange(desk: TestClient) -> list[dict[str, Any]]:
    """Two people exchange the same day's duties, where no rule is against it."""
    duties = desk.get(f"{PATH}/duties").json()["duties"]
    by_day: dict[str, list[dict[str, Any]]] = {}
    for duty in duties:
        by_day.setdefault(duty["day"], []).append(duty)
    for day in sorted(by_day):
        for one in by_day[day]:
            for other in by_day[day]:
                if one["shift"] == "早" and other["shift"] == "中" and day > "2026-12-05":
                    changes = [_to(one, other), _to(other, one)]
                    verdict = desk.post(f"{PATH}/draft/verdict", json={"changes": changes}).json()
                    if verdict.get("allowed"):
                        return changes
    raise AssertionError("no exchange is possible")


def _to(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {**away(one), "new": {name: other[name] for name in ("shift", "work", "breaks")}}


def test_a_change_makes_a_version_of_its_own_and_the_draft_follows(desk: TestClient) -> None:
    published(desk)
    changes = exchange(desk)
    made = desk.post(f"{PATH}/changes", json={"changes": changes, "note": "exchange"})
    assert made.status_code == 201, made.text
    versions = desk.get(f"{PATH}/versions").json()["items"]
    assert [(version["number"], version["kind"], version["changes"]) for version in versions] == [
        (2, "change", 2),
        (1, "publication", len(december())),
    ]
    in_force = desk.get(f"{PATH}/duties").json()["duties"]
    assert desk.get(f"{PATH}/draft").json()["duties"] == in_force
    assert desk.get(f"{PATH}/versions/2").json()["duties"] == in_force
    assert desk.get(f"{PATH}/versions/1").json()["duties"] != in_force


def test_a_row_of_a_duty_lives_on_through_changes_and_a_withdrawal_leaves_tombstones(world: World) -> None:
    desk = drafted_world(world).signed_in("scheduler-harbour")
    published(desk)
    changes = exchange(desk)
    with world.store.reading() as session:
        before = {row.id: row.sequence for row in session.scalars(select(t.Duty))}
    desk.post(f"{PATH}/changes", json={"changes": changes})
    with world.store.reading() as session:
        after = {row.id: row.sequence for row in session.scalars(select(t.Duty))}
    assert after.keys() == before.keys()
    assert sum(after.values()) == sum(before.values()) + 2
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    assert desk.post(f"{PATH}/withdrawals", json={"note": "wrong month"}, headers=tag).status_code == 201
    assert desk.get(f"{PATH}/duties").json()["duties"] == []
    with world.store.reading() as session:
        mine = select(t.Duty).where(t.Duty.day >= date(2026, 12, 1))
        assert {row.state for row in session.scalars(mine)} == {"cancelled"}


def test_what_has_begun_cannot_be_changed(world: World) -> None:
    desk = drafted_world(world).signed_in("scheduler-harbour")
    published(desk)
    world.time.now = at(2026, 12, 10)
    desk = world.signed_in("scheduler-harbour")
    duty = desk.get(f"{PATH}/duties").json()["duties"][0]
    late = desk.post(f"{PATH}/changes", json={"changes": [away(duty)]})
    assert late.json()["code"] in ("too-late", "rule-broken")
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    gone = desk.post(f"{PATH}/withdrawals", json={"note": "too late"}, headers=tag)
    assert (gone.status_code, gone.json()["code"]) == (409, "too-late")


def test_of_fifty_rival_changes_of_one_duty_exactly_one_wins(world: World) -> None:
    desk = drafted_world(world).signed_in("scheduler-harbour")
    published(desk)
    changes = exchange(desk)
    cookies, headers = dict(desk.cookies), dict(desk.headers)

    def ask(_: int) -> int:
        client = TestClient(world.app, headers=headers, cookies=cookies, raise_server_exceptions=False)
        return client.post(f"{PATH}/changes", json={"changes": changes}).status_code

    with ThreadPoolExecutor(16) as pool:
        statuses = sorted(pool.map(ask, range(50)))
    assert statuses == [201] + [412] * 49


def test_a_version_is_read_and_who_keeps_the_roster_sees_by_whom(world: World) -> None:
    desk = drafted_world(world).signed_in("scheduler-harbour")
    published(desk)
    agent = world.of_role(Role.AGENT, number="P1")
    path = f"{PATH}/versions/1/receipts"
    assert agent.post(path).status_code == agent.post(path).status_code == 204
    assert [row["agent"] for row in desk.get(path).json()["items"]] == ["P1"]
    assert agent.get(path).status_code == 403
    assert desk.post(path).status_code == 403


def test_cells_are_pinned_and_a_version_becomes_the_draft_again(desk: TestClient) -> None:
    published(desk)
    desk.patch(f"{PATH}/draft", json={"changes": [away(first_of(desk, "P4"))]})
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    taken = desk.post(f"{PATH}/draft/take", json={"version": 1}, headers=tag)
    assert taken.status_code == 200
    assert len(desk.get(f"{PATH}/draft").json()["duties"]) == len(december())
    tag = {"If-Match": taken.headers["etag"]}
    pins = {"pins": [{"agent": "P1", "day": "2026-12-12", "shift": None}]}
    assert desk.put(f"{PATH}/pins", json=pins, headers=tag).status_code == 200
    assert desk.get(f"{PATH}/draft").json()["pins"] == pins["pins"]
    wrong = {"pins": [{"agent": "P1", "day": "2026-12-12", "shift": "晚"}]}
    tag = {"If-Match": desk.get(f"{PATH}/draft").headers["etag"]}
    assert desk.put(f"{PATH}/pins", json=wrong, headers=tag).status_code == 422
    assert desk.post(f"{PATH}/draft/take", json={"candidate": 5}, headers=tag).status_code == 404


def test_duties_that_the_floor_cannot_do_without_come_with_their_stand_ins(desk: TestClient) -> None:
    found = desk.get(f"{PATH}/draft/fragile").json()
    assert found["slots"]
    assert found["survives"] == all(slot["survives"] for slot in found["slots"])


def test_a_shift_leader_sees_the_draft_of_his_team_alone(world: World) -> None:
    desk = drafted_world(world).signed_in("scheduler-harbour")
    person = {"name": "员工1", "contract": "full", "team": "一班", "certificates": [{"skill": "service"}]}
    for number in ("P1", "P2"):
        tag = desk.get(f"/api/v1/sites/harbour/people/{number}").headers["etag"]
        desk.put(f"/api/v1/sites/harbour/people/{number}", json=person, headers={"If-Match": tag})
    leader = world.of_role(Role.LEADER, number="P2")
    assert {duty["agent"] for duty in leader.get(f"{PATH}/draft").json()["duties"]} == {"P1", "P2"}
    assert leader.get(f"{PATH}/draft/report").status_code == 403
    assert world.of_role(Role.AGENT, number="P3").get(f"{PATH}/draft").status_code == 403


def test_months_are_opened_once_and_listed_newest_first(desk: TestClient) -> None:
    assert desk.post("/api/v1/sites/harbour/rosters", json={"month": "2027-01"}).status_code == 201
    assert desk.post("/api/v1/sites/harbour/rosters", json={"month": "2027-01"}).status_code == 409
    months = [row["month"] for row in desk.get("/api/v1/sites/harbour/rosters").json()["items"]]
    assert months == ["2027-01", "2026-12", "2026-11"]
    assert desk.get("/api/v1/sites/harbour/rosters/2027-13").status_code == 404
    assert desk.get("/api/v1/sites/harbour/rosters/2027-05").status_code == 404
