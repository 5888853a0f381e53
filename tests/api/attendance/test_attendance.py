"""Who came and went, and what counts as absence (S7, S18)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.attendance.marks import GRACE, Mark, mark_of
from api.auth.rights import Role
from domain.swaps import SwapKind
from domain.time import Span
from tests.api.clients import World, at
from tests.api.rosters.solved import PATH
from tests.api.swaps.parties import PEOPLE, SITE, Floor

START = datetime(2026, 12, 7, 0, tzinfo=UTC)
DUTY = Span(START, START + timedelta(hours=8))
minutes = st.integers(-60, 9 * 60).map(lambda told: START + timedelta(minutes=told))


@given(minutes, minutes)
def test_the_mark_follows_from_the_times(came: datetime, left: datetime) -> None:
    mark = mark_of(DUTY, came, left)
    assert (mark in (Mark.LATE, Mark.LATE_AND_EARLY)) == (came > DUTY.start + GRACE)
    assert (mark in (Mark.EARLY, Mark.LATE_AND_EARLY)) == (left < DUTY.end - GRACE)


def test_who_does_not_come_is_a_no_show_and_who_has_no_duty_works_extra() -> None:
    assert mark_of(DUTY, None, None) is Mark.NO_SHOW
    assert mark_of(None, START, None) is Mark.EXTRA


@pytest.fixture
def floor(world: World) -> Floor:
    """The seventh of December at noon in Shanghai."""
    made = Floor(world)
    made.agents.arrive("P1")
    world.time.now = at(2026, 12, 7, 4)
    made.scheduler, made.manager = world.signed_in("scheduler-harbour"), world.signed_in("manager-harbour")
    return made


def duty_of(floor: Floor, shift: str = "早") -> dict[str, Any]:
    duties = floor.scheduler.get(f"{PATH}/duties").json()["duties"]
    return next(duty for duty in duties if duty["day"] == "2026-12-07" and duty["shift"] == shift)


def test_a_late_arrival_is_marked_by_itself_and_seen_by_oneself(floor: Floor) -> None:
    duty = duty_of(floor)
    told = {"came_at": "2026-12-07T08:20:00+08:00"}
    marked = floor.scheduler.put(f"{SITE}/attendance/2026-12-07/{duty['agent']}", json=told)
    assert (marked.status_code, marked.json()["mark"], marked.json()["shift"]) == (200, "late", "早"), marked.text
    floor.agents.pop(duty["agent"], None)
    own = floor.agents.arrive(duty["agent"]) if duty["agent"] != "P1" else floor.world.signed_in("p1")
    assert [row["mark"] for row in own.get(f"{SITE}/attendance").json()["items"]] == ["late"]


def test_a_private_swap_is_absence_for_both_until_the_manager_excuses_it(floor: Floor) -> None:
    duty = duty_of(floor)
    busy = {d["agent"] for d in floor.scheduler.get(f"{PATH}/duties").json()["duties"] if d["day"] == "2026-12-07"}
    other = next(who for who in PEOPLE if who not in busy)
    told = {"came_at": "2026-12-07T08:00:00+08:00", "instead_of": duty["agent"], "note": "私下换班"}
    path = f"{SITE}/attendance/2026-12-07"
    marked = floor.scheduler.put(f"{path}/{other}", json=told)
    assert (marked.json()["mark"], marked.json()["instead_of"]) == ("absence", duty["agent"]), marked.text
    rows = floor.scheduler.get(f"{SITE}/attendance", params={"first": "2026-12-07"}).json()["items"]
    assert {(row["number"], row["mark"]) for row in rows} == {(other, "absence"), (duty["agent"], "absence")}
    assert floor.scheduler.post(f"{path}/{other}/excuse", json={"reason": "台风交通中断"}).status_code == 403
    excused = floor.manager.post(f"{path}/{other}/excuse", json={"reason": "台风交通中断"})
    assert (excused.json()["mark"], excused.json()["excuse"]) == ("excused", "台风交通中断")
    assert floor.manager.post(f"{path}/{other}/excuse", json={"reason": "台风交通中断"}).status_code == 409


def test_a_shift_leader_records_his_team_today_alone(floor: Floor) -> None:
    person = {"name": "员工1", "contract": "full", "team": "一班", "certificates": [{"skill": "service"}]}
    for number in ("P1", "P2"):
        tag = floor.scheduler.get(f"{SITE}/people/{number}").headers["etag"]
        floor.scheduler.put(f"{SITE}/people/{number}", json=person, headers={"If-Match": tag})
    leader = floor.world.of_role(Role.LEADER, number="P2")
    told = {"came_at": "2026-12-07T08:00:00+08:00"}
    assert leader.put(f"{SITE}/attendance/2026-12-07/P1", json=told).status_code == 200
    assert leader.put(f"{SITE}/attendance/2026-12-07/P5", json=told).status_code == 404
    assert leader.put(f"{SITE}/attendance/2026-12-04/P1", json=told).json()["code"] == "too-late"
    assert leader.put(f"{SITE}/attendance/2026-12-08/P1", json=told).status_code == 409


def test_somebody_leaves_after_he_came(floor: Floor) -> None:
    told = {"came_at": "2026-12-07T08:00:00+08:00", "left_at": "2026-12-07T07:00:00+08:00"}
    assert floor.scheduler.put(f"{SITE}/attendance/2026-12-07/P1", json=told).status_code == 422


def test_a_swapped_duty_that_nobody_works_is_absence_for_both_unless_the_leader_says_otherwise(world: World) -> None:
    floor = Floor(world)
    (leg,) = next(legs for legs in floor.legal(SwapKind.COVER, 3) if legs)
    floor.decides(floor.scheduler, floor.matched((leg,)))
    world.time.now = at(2026, 12, leg.duty.day.day, 15)
    scheduler = world.signed_in("scheduler-harbour")
    path = f"{SITE}/attendance/{leg.duty.day}"
    assert scheduler.put(f"{path}/{leg.taker}", json={}).json()["mark"] == "absence"
    rows = scheduler.get(f"{SITE}/attendance").json()["items"]
    assert {(row["number"], row["mark"]) for row in rows} == {(leg.giver, "absence"), (leg.taker, "absence")}
    alone = scheduler.put(f"{path}/{leg.taker}", json={"alone": True})
    assert alone.json()["mark"] == "no-show"
    rows = scheduler.get(f"{SITE}/attendance").json()["items"]
    assert [(row["number"], row["mark"]) for row in rows] == [(leg.taker, "no-show")]
