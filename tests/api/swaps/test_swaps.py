"""Swaps from the offer to the changed roster, and every way in which they end before it (S6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from api.auth.rights import Role
from api.cycle.tick import tick
from api.rosters.given import roster_row
from api.rosters.waivers import Waivers
from api.store import tables as t
from api.swaps.clock import escalate
from api.swaps.decide import approve
from api.swaps.judge import ground_of
from api.swaps.offer import unwaivable
from api.swaps.policy import SwapPolicy
from domain.swaps import Leg, SwapKind
from tests.api.clients import World, at
from tests.api.rosters.solved import MONTH, PATH, site_id
from tests.api.swaps.parties import PEOPLE, SITE, Floor, form


@pytest.fixture
def floor(world: World) -> Floor:
    return Floor(world)


def moved(floor: Floor, legs: tuple[Leg, ...]) -> bool:
    """Whether every duty of a swap is with who took it."""
    return all((str(leg.duty.day), leg.duty.shift) in floor.duties(leg.taker) for leg in legs)


@pytest.mark.parametrize("kind", [SwapKind.COVER, SwapKind.EXCHANGE, SwapKind.DAY_OFF])
def test_a_swap_goes_from_the_offer_to_the_changed_roster(floor: Floor, kind: SwapKind) -> None:
    (legs,) = floor.legal(kind)
    made = floor.file(legs)
    assert (made.status_code, made.json()["state"], made.json()["kind"]) == (201, "offered", kind.value), made.text
    partner = legs[0].taker
    shown = floor.agents[partner].get(f"{SITE}/swaps/{made.json()['id']}").json()
    assert shown["may"] == ["take", "decline", "later", "counter"]
    assert [party["number"] for party in shown["parties"] if party["effect"]] == [partner]
    whole = floor.scheduler.get(f"{SITE}/swaps/{made.json()['id']}").json()
    assert {party["number"] for party in whole["parties"] if party["effect"]} == {legs[0].giver, partner}
    taken = floor.says(partner, made.json(), "take")
    assert (taken.status_code, taken.json()["state"]) == (200, "waiting-scheduler"), taken.text
    assert not moved(floor, legs)
    done = floor.decides(floor.scheduler, made.json())
    assert (done.status_code, done.json()["state"]) == (200, "approved"), done.text
    assert moved(floor, legs)
    version = floor.scheduler.get(f"{PATH}/versions").json()["items"][0]
    assert (version["number"], version["kind"], version["certificate"]["holds"]) == (
        done.json()["version"],
        "swap",
        True,
    )


def test_everybody_named_is_told_at_every_step(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.EXCHANGE)
    floor.agents.arrive(legs[0].taker)
    floor.decides(floor.scheduler, floor.matched(legs))
    kinds = [n["kind"] for n in floor.agents[legs[0].taker].get("/api/v1/me/notices").json()["items"]]
    assert kinds[:4] == ["roster", "swap-approved", "swap-waiting-scheduler", "swap-offered"]
    waiting = floor.scheduler.get("/api/v1/me/notices").json()["items"][0]
    assert waiting["kind"] == "swap-waiting-scheduler"
    assert legs[0].giver in waiting["body"]


def test_an_offer_is_declined_or_cancelled_and_nothing_changes(floor: Floor) -> None:
    one, other = floor.legal(SwapKind.COVER, 2)
    declined = floor.says(one[0].taker, floor.file(one).json(), "decline").json()
    assert (declined["state"], declined["reason"]["code"]) == ("declined", "declined")
    assert floor.says(one[0].taker, declined, "take").status_code == 409
    made = floor.file(other).json()
    partner = floor.agents[other[0].taker].post(f"{SITE}/swaps/{made['id']}/cancel", json={}, headers=floor.tag(made))
    assert partner.status_code == 403
    asker = floor.agents[other[0].giver]
    assert (
        asker.post(f"{SITE}/swaps/{made['id']}/cancel", json={}, headers=floor.tag(made)).json()["state"] == "cancelled"
    )
    assert not moved(floor, one)


def test_later_keeps_the_offer_open(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    made = floor.file(legs).json()
    assert floor.says(legs[0].taker, made, "later").json()["state"] == "offered"
    assert floor.says(legs[0].taker, made, "take").json()["state"] == "waiting-scheduler"


def test_a_counter_offer_takes_the_place_of_the_offer(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.EXCHANGE)
    cover = floor.file((Leg(legs[0].duty, legs[0].taker),))
    if cover.status_code != 201:
        cover = floor.file(legs)
    partner = floor.agents[legs[0].taker]
    path = f"{SITE}/swaps/{cover.json()['id']}/counters"
    body = {"legs": [form(leg) for leg in legs], "note": "那你替我这天"}
    countered = partner.post(path, json=body, headers=floor.tag(cover.json()))
    assert (countered.status_code, countered.json()["state"]) == (201, "offered"), countered.text
    assert countered.json()["counters"] == cover.json()["id"]
    assert floor.state(cover.json()) == "countered"
    taken = floor.says(legs[0].giver, countered.json(), "take").json()
    assert taken["state"] == "waiting-scheduler"


def test_a_swap_that_breaks_a_rule_is_refused_with_rule_and_person(floor: Floor) -> None:
    ground = floor.ground()
    duties = [duty for duty in ground.roster.planned if duty.day.day >= 10]
    legs = next(
        (Leg(duty, taker),)
        for duty in duties
        for taker in PEOPLE
        if taker != duty.agent and unwaivable(ground.verdict((Leg(duty, taker),)))
    )
    refused = floor.file(legs)
    assert (refused.status_code, refused.json()["code"]) == (409, "rule-broken")
    assert refused.json()["errors"][0]["detail_zh"]


def test_a_swap_is_filed_the_day_before_at_the_latest_by_the_sites_calendar(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    day = legs[0].duty.day
    floor.world.time.now = at(day.year, day.month, day.day - 1, 15, 59)  # 23:59 of the day before in Shanghai
    agent = floor.agents[legs[0].giver]
    body = {"legs": [form(leg) for leg in legs], "dry_run": True}
    assert agent.post(f"{PATH}/swaps", json=body).status_code == 201
    floor.world.time.passes(minutes=1)
    late = agent.post(f"{PATH}/swaps", json=body)
    assert (late.status_code, late.json()["code"]) == (409, "too-late")
    assert "1 calendar days ahead" in late.json()["detail"]


def test_a_dry_run_tells_the_effects_and_leaves_nothing(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    told = floor.file(legs, dry_run=True).json()
    effect = next(party["effect"] for party in told["parties"] if party["number"] == legs[0].giver)
    assert effect["hours"][1] == pytest.approx(effect["hours"][0] - 8)
    assert floor.agents[legs[0].giver].get(f"{SITE}/swaps").json()["items"] == []


def test_the_fourth_swap_of_the_month_is_the_managers(floor: Floor) -> None:
    asker = floor.legal(SwapKind.COVER)[0][0].giver
    for number in range(1, 5):
        legs = next(legs for legs in covers_of(floor, asker))
        swap = floor.matched(legs)
        if number < 4:
            assert swap["state"] == "waiting-scheduler"
            assert floor.decides(floor.scheduler, swap).status_code == 200
        else:
            assert (swap["state"], swap["approver"]) == ("waiting-manager", "manager")
            assert floor.decides(floor.scheduler, swap).status_code == 403
            assert floor.decides(floor.manager, swap).json()["state"] == "approved"


def covers_of(floor: Floor, asker: str) -> Iterator[tuple[Leg, ...]]:
    """Legal covers of somebody's duties, now."""
    ground = floor.ground()
    for duty in ground.roster.planned:
        if duty.agent == asker and duty.day.day >= 5:
            for taker in PEOPLE:
                if taker != asker and ground.verdict((Leg(duty, taker),)).allowed:
                    yield (Leg(duty, taker),)


def test_nobody_decides_on_a_swap_of_his_own(world: World) -> None:
    floor = Floor(world)
    (legs,) = floor.legal(SwapKind.COVER)
    floor.agents.arrive(legs[0].taker)
    world.account("both", (Role.SCHEDULER, "harbour"))
    with world.store.writing() as work:
        person = work.session.scalars(select(t.Person).where(t.Person.number == legs[0].taker)).one()
        account = work.session.scalars(select(t.Account).where(t.Account.person_id == person.id)).one()
        account.person_id = None
        work.session.flush()
        work.session.scalars(select(t.Account).where(t.Account.login == "both")).one().person_id = person.id
    floor.agents[legs[0].taker] = both = world.signed_in("both")
    swap = floor.matched(legs)
    refused = floor.decides(both, swap)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_when_the_roster_under_it_moves_a_swap_is_void_and_its_parties_are_told_why(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.EXCHANGE)
    swap = floor.matched(legs)
    other = next(iter(covers_of(floor, legs[0].giver)))
    rival = next((c for c in covers_of(floor, legs[0].giver) if c[0].duty == legs[0].duty), other)
    change = {"agent": rival[0].giver, "day": str(rival[0].duty.day)}
    old = {"shift": rival[0].duty.shift, "work": rival[0].duty.work, "breaks": list(rival[0].duty.breaks)}
    body = {
        "changes": [{**change, "old": old, "new": None}, {**change, "agent": rival[0].taker, "old": None, "new": old}]
    }
    done = floor.scheduler.post(f"{PATH}/changes", json=body)
    assert done.status_code == 201, done.text
    expected = "superseded" if rival[0].duty in {leg.duty for leg in legs} else "waiting-scheduler"
    assert floor.state(swap) == expected


def test_offers_end_at_their_time_and_decisions_before_the_duty_begins(floor: Floor) -> None:
    one, other = floor.legal(SwapKind.COVER, 2)
    offered = floor.file(one, expires_at="2026-11-27T00:00:00+08:00").json()
    waiting = floor.matched(other)
    floor.world.time.now = at(2026, 11, 26, 17)
    tick(floor.world.service)
    floor.manager = floor.world.signed_in("manager-harbour")
    assert floor.state(offered) == "expired"
    assert floor.state(waiting) == "waiting-scheduler"
    floor.world.time.now = at(2026, 12, 31)
    tick(floor.world.service)
    floor.manager = floor.world.signed_in("manager-harbour")
    assert floor.state(waiting) == "expired"


def test_an_approved_swap_is_taken_back_by_a_party_in_time(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.EXCHANGE)
    swap = floor.matched(legs)
    floor.decides(floor.scheduler, swap)
    undo = f"{SITE}/swaps/{swap['id']}/undo"
    back = floor.agents[legs[0].taker].post(undo, json={"reason": "记错日期"}, headers=floor.tag(swap))
    assert (back.status_code, back.json()["state"]) == (200, "withdrawn"), back.text
    assert (str(legs[0].duty.day), legs[0].duty.shift) in floor.duties(legs[0].giver)
    assert floor.agents[legs[0].giver].post(undo, json={}, headers=floor.tag(swap)).status_code == 409


def test_who_keeps_the_roster_acts_for_an_absent_person_with_a_reason(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    body = {"legs": [form(leg) for leg in legs], "behalf": legs[0].giver}
    assert floor.scheduler.post(f"{PATH}/swaps", json=body).status_code == 422
    made = floor.scheduler.post(f"{PATH}/swaps", json={**body, "reason": "住院"})
    assert made.status_code == 201, made.text
    other = floor.agents[legs[0].taker].post(f"{PATH}/swaps", json={**body, "reason": "住院"})
    assert other.status_code == 403


def test_the_swaps_of_others_do_not_exist_for_an_agent(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    swap = floor.file(legs).json()
    stranger = next(number for number in PEOPLE if number not in {legs[0].giver, legs[0].taker})
    assert floor.agents[stranger].get(f"{SITE}/swaps/{swap['id']}").status_code == 404
    assert floor.agents[stranger].get(f"{SITE}/swaps").json()["items"] == []
    leader = floor.world.of_role(Role.LEADER)
    assert [row["id"] for row in leader.get(f"{SITE}/swaps").json()["items"]] == [swap["id"]]
    assert floor.file(legs, asker=stranger).status_code == 403


def test_a_swap_is_taken_back_by_its_parties_alone(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.EXCHANGE)
    swap = floor.matched(legs)
    floor.decides(floor.scheduler, swap)
    leader = floor.world.of_role(Role.LEADER)
    for client in (leader, floor.scheduler, floor.manager):
        answer = client.post(f"{SITE}/swaps/{swap['id']}/undo", json={}, headers=floor.tag(swap))
        assert answer.status_code == 403
    assert floor.state(swap) == "approved"


def test_nobody_makes_up_the_other_sides_consent(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    swap = floor.file(legs).json()
    reply = {"answer": "take", "behalf": legs[0].taker, "reason": "电话同意"}
    path = f"{SITE}/swaps/{swap['id']}/answers"
    assert floor.agents[legs[0].giver].post(path, json=reply, headers=floor.tag(swap)).status_code == 403
    assert floor.scheduler.post(path, json=reply, headers=floor.tag(swap)).json()["state"] == "waiting-scheduler"
    assert floor.scheduler.get(f"{SITE}/swaps/{swap['id']}").json()["may"] == []
    assert floor.decides(floor.scheduler, swap).status_code == 403
    assert floor.decides(floor.manager, swap).json()["state"] == "approved"


def test_offers_that_come_later_do_not_hold_up_a_swap_that_waits(floor: Floor) -> None:
    asker = floor.legal(SwapKind.COVER)[0][0].giver
    first, *others = distinct(floor, asker, 5)
    swap = floor.matched(first)
    assert all(floor.file(legs).status_code == 201 for legs in others)
    assert floor.decides(floor.scheduler, swap).json()["state"] == "approved"


def distinct(floor: Floor, asker: str, most: int) -> list[tuple[Leg, ...]]:
    """Covers of different duties of one person."""
    found: dict[str, tuple[Leg, ...]] = {}
    for legs in covers_of(floor, asker):
        found.setdefault(str(legs[0].duty.day), legs)
    return list(found.values())[:most]


def test_an_offer_is_not_taken_after_its_time(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    swap = floor.file(legs, expires_at="2026-11-26T18:00:00+08:00").json()
    assert floor.file(legs, expires_at="2026-11-26T10:00:00+08:00").status_code == 422
    floor.agents.arrive(legs[0].taker)
    floor.world.time.now = at(2026, 11, 26, 10, 1)
    assert floor.says(legs[0].taker, swap, "take").json()["code"] == "too-late"


def test_a_decision_is_not_overwritten_by_the_clock_that_looks_at_the_same_moment(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    swap, store, site = floor.matched(legs), floor.world.store, site_id(floor.world)
    floor.world.time.passes(hours=24)

    def looks() -> None:
        with store.writing() as work:
            escalate(work, site, SwapPolicy())

    clock = Thread(target=looks)
    with store.writing() as work:
        ground = ground_of(work.session, roster_row(work.session, site, MONTH, lock=True))
        row = work.session.get_one(t.Swap, swap["id"], with_for_update={"of": t.Swap})
        approve(work, ground, row, manager=True, waivers=Waivers())
        work.session.flush()
        clock.start()
        clock.join(0.5)
    clock.join()
    with store.reading() as session:
        assert session.get_one(t.Swap, swap["id"]).state == "approved"


def test_whoever_has_yet_to_answer_is_reminded_by_day_alone_and_each_time_once(embedded: World) -> None:
    floor = Floor(embedded)
    (legs,) = floor.legal(SwapKind.COVER)
    floor.agents.arrive(legs[0].taker)
    ends = at(2026, 11, 28, 2)  # 10:00 in Shanghai: a reminder a day before, the other falls due at 06:00
    made = floor.file(legs, expires_at=ends.isoformat())
    assert made.status_code == 201, made.text
    counts = []
    for hour in (20, 27, 44, 46, 47):  # since the 26th, UTC; in Shanghai 04:00, 11:00, then 04:00, 06:00, 07:00
        embedded.time.now = at(2026, 11, 26) + timedelta(hours=hour)
        tick(embedded.service)
        with embedded.store.reading() as session:
            told = select(t.Notice).where(t.Notice.kind == "swap-reminder")
            counts.append(len(session.scalars(told).all()))
    assert counts == [0, 1, 1, 1, 2]
