from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.rights import Role
from api.board.strips import moved_by, strips
from api.rosters.given import drafted, read_given, roster_row
from constraints.figures import cover
from domain.roster import Change, Duty
from tests.api.clients import World
from tests.api.rosters.solved import MONTH, PATH, drafted_world, site_id
from tests.api.rosters.test_rosters import away, first_of, published


@pytest.fixture
def desk(world: World) -> TestClient:
    return drafted_world(world).signed_in("scheduler-harbour")


def board(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{PATH}/board").json()
    return found


def test_the_board_shows_people_days_shifts_and_the_draft_with_its_tag(desk: TestClient) -> None:
    found = board(desk)
    assert len(found["days"]) == 31
    assert {duty["agent"] for duty in found["duties"]} <= {person["number"] for person in found["people"]}
    assert all(len(shift["back"]) == 6 for shift in found["shifts"])
    assert [each["number"] for each in found["totals"]] == [person["number"] for person in found["people"]]
    assert desk.get(f"{PATH}/board").headers["etag"] == desk.get(f"{PATH}/draft").headers["etag"]


def test_what_is_in_force_stands_beside_the_draft(desk: TestClient) -> None:
    assert board(desk)["in_force"] == []
    published(desk)
    duty = first_of(desk, "P4")
    desk.patch(f"{PATH}/draft", json={"changes": [away(duty)]})
    found = board(desk)
    assert duty in found["in_force"]
    assert duty not in found["duties"]


def test_the_floor_of_every_day_agrees_with_the_certificate(desk: TestClient) -> None:
    floor = board(desk)["strips"]["floor"]
    proof = desk.get(f"{PATH}/draft/report").json()["certificate"]
    assert min(day["fewest"] for day in floor) == proof["minimum"]
    assert sum(day["minutes_below"] for day in floor) == proof["minutes_below"]


def test_an_edit_tells_the_strips_and_totals_that_it_moves(desk: TestClient) -> None:
    duty = first_of(desk, "P4")
    before = board(desk)
    edit = desk.patch(f"{PATH}/draft", json={"changes": [away(duty)]}).json()
    after = board(desk)
    days = {day["day"] for day in edit["strips"]["floor"]}
    assert days == {duty["day"], (date.fromisoformat(duty["day"]) + timedelta(days=1)).isoformat()}
    for strip in ("floor", "cover"):
        moved = {(day["day"], day.get("work")): day for day in edit["strips"][strip]}
        old = {(day["day"], day.get("work")): day for day in before["strips"][strip]}
        new = {(day["day"], day.get("work")): day for day in after["strips"][strip]}
        assert {**old, **moved} == new
    assert edit["totals"] == [each for each in after["totals"] if each["number"] == "P4"]
    assert edit["totals"][0]["paid_minutes"] < next(
        each["paid_minutes"] for each in before["totals"] if each["number"] == "P4"
    )


def test_strips_of_some_days_are_those_of_the_whole_month(world: World) -> None:
    drafted_world(world)
    with world.store.reading() as session:
        given = read_given(session, roster_row(session, site_id(world), MONTH))
        roster = drafted(given)
    whole = strips(roster, given, given.situation.horizon)
    for day in given.situation.horizon:
        part = strips(roster, given, [day])
        assert part.cover == [each for each in whole.cover if each.day == day]
        assert part.floor == [each for each in whole.floor if each.day == day]
    assert [heads for each in whole.cover for heads in each.have] == [
        found.heads
        for found in sorted(cover(roster, given.situation), key=lambda it: (it.need.span.start.date(), it.need.work))
    ]


def test_a_night_moves_the_strips_of_the_next_day() -> None:
    night = Duty(date(2026, 12, 31), "P1", "夜", "emergency")
    assert moved_by([Change("P1", night.day, None, night)]) == {date(2026, 12, 31), date(2027, 1, 1)}


def test_leaders_and_agents_do_not_see_the_board(world: World) -> None:
    drafted_world(world)
    for role in (Role.AGENT, Role.LEADER):
        assert world.of_role(role, number=None).get(f"{PATH}/board").status_code == 403


def test_a_note_stands_on_its_cell_until_it_is_taken_away(desk: TestClient) -> None:
    note = {"agent": "P4", "day": "2026-12-05", "words": "培训顺延"}
    written = desk.put(f"{PATH}/notes", json=note)
    assert written.status_code == 200, written.text
    assert board(desk)["notes"] == [{**note, "by": "Scheduler-Harbour"}]
    assert board(desk)["revision"] == written.json()["revision"]
    desk.put(f"{PATH}/notes", json={**note, "words": "改到周六"})
    assert [each["words"] for each in board(desk)["notes"]] == ["改到周六"]
    desk.put(f"{PATH}/notes", json={**note, "words": ""})
    assert board(desk)["notes"] == []


def test_a_note_belongs_to_somebody_of_the_site_and_a_day_of_the_month(desk: TestClient) -> None:
    note = {"agent": "P4", "day": "2027-01-01", "words": "培训"}
    assert desk.put(f"{PATH}/notes", json=note).status_code == 422
    assert desk.put(f"{PATH}/notes", json={**note, "agent": "P99", "day": "2026-12-05"}).status_code == 404


def test_those_before_the_board_hear_of_each_other_until_they_are_gone(world: World, desk: TestClient) -> None:
    other = world.of_role(Role.MANAGER)
    where = {"agent": "P4", "day": "2026-12-05"}
    assert desk.post(f"{PATH}/presence", json=where).json()["others"] == []
    heard = other.post(f"{PATH}/presence", json={}).json()
    assert heard["others"] == [{"name": "Scheduler-Harbour", **where}]
    assert heard["revision"] == board(desk)["revision"]
    assert desk.post(f"{PATH}/presence", json=where).json()["others"][0]["agent"] is None
    world.time.passes(minutes=1)
    assert desk.post(f"{PATH}/presence", json=where).json()["others"] == []


def test_each_alternative_of_a_cell_says_what_it_breaks_and_costs(desk: TestClient) -> None:
    duty = first_of(desk, "P4")
    found = desk.get(f"{PATH}/draft/why", params={"agent": "P4", "day": duty["day"]}).json()
    others = [(each["duty"] or {}).get("shift") for each in found["alternatives"]]
    assert None in others
    forbidden = [each for each in found["alternatives"] if not each["allowed"]]
    assert forbidden
    assert all(each["breaks_rules"] for each in forbidden)
    ranked = [each["cost"] for each in found["alternatives"] if each["allowed"]]
    assert ranked == sorted(ranked)
    verdict = desk.post(f"{PATH}/draft/verdict", json={"changes": [away(duty)]}).json()
    rest = next(each for each in found["alternatives"] if each["duty"] is None)
    assert (rest["allowed"], rest["cost"]) == (verdict["allowed"], verdict["cost"])
