"""The board: duties to give, open ones to claim, terms that count as consent; parts and rings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.cycle.tick import tick
from api.files.site_form import SiteFile
from api.group.plans import add_plan
from api.store import tables as t
from domain.roster import Duty
from domain.swaps import NOBODY, Leg, SwapKind
from tests.api.clients import World, at, document
from tests.api.rosters.solved import PATH, site_id
from tests.api.swaps.parties import PEOPLE, SITE, Floor, a_ring, form


@pytest.fixture
def floor(embedded: World) -> Floor:
    return Floor(embedded)


def test_a_posted_duty_is_taken_at_once_by_whoever_meets_its_terms(floor: Floor) -> None:
    ((leg,),) = floor.legal(SwapKind.COVER)
    post = floor.posted(leg, cover=True)
    board = floor.agents[leg.taker].get(f"{SITE}/posts").json()["items"]
    assert [row["id"] for row in board] == [post["id"]]
    taken = floor.agents[leg.taker].post(f"{PATH}/swaps", json={"legs": [{**form(leg), "post": post["id"]}]})
    assert (taken.status_code, taken.json()["state"]) == (201, "waiting-scheduler"), taken.text
    assert floor.decides(floor.scheduler, taken.json()).status_code == 200
    assert floor.agents[leg.taker].get(f"{SITE}/posts").json()["items"] == []
    assert floor.scheduler.get(f"{SITE}/posts?state=fulfilled").json()["items"][0]["id"] == post["id"]


def test_what_does_not_meet_the_terms_waits_for_who_posted(floor: Floor) -> None:
    ((give, back),) = floor.legal(SwapKind.DAY_OFF)
    post = floor.posted(give, cover=False, days=["2026-12-31"])
    legs = [{**form(give), "post": post["id"]}, form(back)]
    made = floor.agents[give.taker].post(f"{PATH}/swaps", json={"legs": legs})
    assert made.json()["state"] == "offered", made.text
    assert floor.says(give.giver, made.json(), "take").json()["state"] == "waiting-scheduler"


def test_what_comes_back_on_a_wanted_day_is_agreed_to(floor: Floor) -> None:
    ((give, back),) = floor.legal(SwapKind.DAY_OFF)
    post = floor.posted(give, cover=False, days=[str(back.duty.day)], shifts=[back.duty.shift])
    legs = [{**form(give), "post": post["id"]}, form(back)]
    made = floor.agents[give.taker].post(f"{PATH}/swaps", json={"legs": legs})
    assert made.json()["state"] == "waiting-scheduler", made.text


def test_an_open_duty_is_claimed_once_and_counts_for_nobodys_quota(floor: Floor) -> None:
    day, shift, takers = open_duty(floor)
    body = {"day": day, "shift": shift, "open": True}
    assert floor.agents["P1"].post(f"{PATH}/posts", json=body).status_code == 403
    post = floor.scheduler.post(f"{PATH}/posts", json=body).json()
    assert post["giver"] is None
    claims = [
        floor.agents[who].post(f"{PATH}/swaps", json={"legs": [{"taker": who, "post": post["id"]}]}) for who in takers
    ]
    assert [claim.status_code for claim in claims] == [201, 409]
    first = claims[0].json()
    assert (first["kind"], first["parties"][0]["used"]) == ("open-shift", 0)
    assert floor.decides(floor.scheduler, first).json()["state"] == "approved"
    assert (day, shift) in floor.duties(takers[0])
    again = floor.agents[takers[1]].post(f"{PATH}/swaps", json={"legs": [{"taker": takers[1], "post": post["id"]}]})
    assert again.status_code == 409


def open_duty(floor: Floor) -> tuple[str, str, list[str]]:
    """A duty that two people could work on top of theirs."""
    ground = floor.ground()
    for duty in ground.roster.planned:
        fresh = [
            who
            for who in PEOPLE
            if duty.day.day >= 5 and who != duty.agent and ground.verdict([Leg(nobodys(duty), who)]).allowed
        ]
        if len(fresh) > 1:
            return str(duty.day), duty.shift, fresh[:2]
    raise AssertionError


def nobodys(duty: Duty) -> Duty:
    return replace(duty, agent=NOBODY)


def test_a_duty_is_posted_once_and_taken_down_by_its_owner(floor: Floor) -> None:
    ((leg,),) = floor.legal(SwapKind.COVER)
    post = floor.posted(leg)
    body = {"day": str(leg.duty.day), "shift": leg.duty.shift}
    assert floor.agents[leg.giver].post(f"{PATH}/posts", json=body).status_code == 409
    path = f"{SITE}/posts/{post['id']}"
    assert floor.agents[leg.taker].delete(path).status_code == 404
    assert floor.agents[leg.giver].delete(path).json()["state"] == "withdrawn"
    assert floor.agents[leg.giver].post(f"{PATH}/posts", json=body).status_code == 201


def test_a_post_ends_with_the_cut_off(floor: Floor) -> None:
    ((leg,),) = floor.legal(SwapKind.COVER)
    floor.posted(leg)
    floor.world.time.now = at(2026, 12, leg.duty.day.day - 1, 16)  # midnight in Shanghai: the day of the duty
    tick(floor.world.service)
    scheduler = floor.world.signed_in("scheduler-harbour")
    assert [row["state"] for row in scheduler.get(f"{SITE}/posts?state=expired").json()["items"]] == ["expired"]


def test_three_people_swap_in_a_ring_all_or_nothing(floor: Floor) -> None:
    ring = a_ring(floor)
    made = floor.file(ring)
    assert (made.status_code, made.json()["kind"]) == (201, "cycle"), made.text
    second, third = ring[0].taker, ring[1].taker
    assert floor.says(second, made.json(), "take").json()["state"] == "offered"
    assert floor.says(third, made.json(), "take").json()["state"] == "waiting-scheduler"
    assert floor.decides(floor.scheduler, made.json()).json()["state"] == "approved"
    for leg in ring:
        assert (str(leg.duty.day), leg.duty.shift) in floor.duties(leg.taker)


def test_a_part_of_a_duty_changes_hands_where_shift_types_fill_its_place(embedded: World) -> None:
    parted = document()
    for code, start, end in (("前", "08:00", "12:00"), ("后", "12:00", "16:00")):
        label = {"zh": code, "en": code}
        parted["shifts"].append(
            {"code": code, "label": label, "start": start, "end": end, "works": ["service", "emergency"]}
        )
    floor = Floor(embedded)
    with embedded.store.writing() as work:
        add_plan(work, work.session.get_one(t.Site, site_id(embedded)), SiteFile.model_validate(parted), "", by=None)
    ground = floor.ground()
    duty, taker = next(
        (duty, who)
        for duty in ground.roster.planned
        for who in PEOPLE
        if duty.shift == "早" and duty.day.day >= 5 and who != duty.agent and ground.verdict([Leg(duty, who)]).allowed
    )
    split = {"kept": "前", "passed": "后"}
    made = floor.agents[duty.agent].post(f"{PATH}/swaps", json={"legs": [{**form(Leg(duty, taker)), "split": split}]})
    assert (made.status_code, made.json()["kind"]) == (201, "part"), made.text
    floor.says(taker, made.json(), "take")
    assert floor.decides(floor.scheduler, made.json()).status_code == 200
    assert (str(duty.day), "前") in floor.duties(duty.agent)
    assert (str(duty.day), "后") in floor.duties(taker)
    wrong = {**form(Leg(duty, taker)), "shift": None, "split": {"kept": "前", "passed": "夜"}}
    assert floor.agents[duty.agent].post(f"{PATH}/swaps", json={"legs": [wrong]}).status_code == 422


def test_partners_are_found_and_their_offer_is_taken(floor: Floor) -> None:
    ((leg,),) = floor.legal(SwapKind.COVER)
    ask = {"day": str(leg.duty.day), "shift": leg.duty.shift}
    found = floor.agents[leg.giver].post(f"{PATH}/partners", json=ask).json()
    assert leg.taker in [partner["number"] for partner in found["partners"]]
    best = found["partners"][0]
    legs = [{**ask, "giver": leg.giver, "taker": best["number"]}]
    if best["returns"]:
        back = {name: best["returns"][name] for name in ("day", "shift")}
        legs.append({**back, "giver": best["number"], "taker": leg.giver})
    assert floor.agents[leg.giver].post(f"{PATH}/swaps", json={"legs": legs}).status_code == 201


def test_why_somebody_cannot_is_told_to_who_keeps_the_roster_alone(floor: Floor) -> None:
    ((leg,),) = floor.legal(SwapKind.COVER)
    ask = {"day": str(leg.duty.day), "shift": leg.duty.shift, "giver": leg.giver}
    told = floor.scheduler.post(f"{PATH}/partners", json=ask).json()["hindered"]
    assert told
    assert all(each["rule"] and each["why"] for each in told)
    hidden = floor.agents[leg.giver].post(f"{PATH}/partners", json=ask).json()["hindered"]
    assert {each["number"] for each in hidden} == {each["number"] for each in told}
    assert not any(each["rule"] or each["why"] for each in hidden)
    assert floor.agents[leg.taker].post(f"{PATH}/partners", json=ask).status_code == 403


def test_a_post_is_no_consent_to_a_second_duty_in_the_same_swap(floor: Floor) -> None:
    ground = floor.ground()
    duties = [duty for duty in ground.roster.planned if duty.day.day >= 5]
    one, two, taker = next(
        (one, two, who)
        for one in duties
        for two in duties
        for who in PEOPLE
        if one < two and one.agent == two.agent != who and ground.verdict([Leg(one, who), Leg(two, who)]).allowed
    )
    post = floor.posted(Leg(one, taker), cover=True)
    legs = [{**form(Leg(one, taker)), "post": post["id"]}, form(Leg(two, taker))]
    made = floor.agents[taker].post(f"{PATH}/swaps", json={"legs": legs})
    assert (made.status_code, made.json()["state"]) == (201, "offered"), made.text


def test_a_colleague_does_not_hear_why_somebody_cannot(floor: Floor) -> None:
    """P1 is on leave from the seventh to the ninth."""
    duties = floor.scheduler.get(f"{PATH}/duties").json()["duties"]
    duty = next(duty for duty in duties if duty["day"] == "2026-12-08")
    legs = [{"giver": duty["agent"], "day": duty["day"], "shift": duty["shift"], "taker": "P1"}]
    made = floor.agents[duty["agent"]].post(f"{PATH}/swaps", json={"legs": legs})
    assert "leave" not in [breach["rule"] for breach in made.json().get("broken", made.json().get("errors"))]
    told = floor.scheduler.get(f"{SITE}/swaps/{made.json()['id']}").json()
    assert "leave" in [breach["rule"] for breach in told["broken"]]


def test_what_only_a_manager_may_waive_goes_to_him(floor: Floor) -> None:
    duties = floor.scheduler.get(f"{PATH}/duties").json()["duties"]
    duty = next(duty for duty in duties if duty["day"] == "2026-12-08")
    legs = [{"giver": duty["agent"], "day": duty["day"], "shift": duty["shift"], "taker": "P1"}]
    swap = floor.agents[duty["agent"]].post(f"{PATH}/swaps", json={"legs": legs}).json()
    assert floor.says("P1", swap, "take").json()["state"] == "waiting-manager"
    refused = floor.decides(floor.manager, swap)
    assert (refused.status_code, refused.json()["code"]) == (409, "rule-broken")
    rules = {error["rule"] for error in refused.json()["errors"]}
    waivers = [{"rule": rule, "reason": "本人自愿销假"} for rule in rules]
    assert floor.decides(floor.manager, swap, waivers=waivers).json()["state"] == "approved"


def test_a_leg_names_the_post_of_its_own_duty_and_each_post_once(floor: Floor) -> None:
    (one,), (two,) = floor.legal(SwapKind.COVER, 2)
    post = floor.posted(two)
    wrong = {**form(one), "post": post["id"]}
    assert floor.agents[one.giver].post(f"{PATH}/swaps", json={"legs": [wrong]}).status_code == 422
    day, shift, takers = open_duty(floor)
    free = floor.scheduler.post(f"{PATH}/posts", json={"day": day, "shift": shift, "open": True}).json()
    twice = [{"taker": who, "post": free["id"]} for who in takers]
    assert floor.agents[takers[0]].post(f"{PATH}/swaps", json={"legs": twice}).status_code == 422


def test_a_post_that_waits_in_a_swap_stays_until_it_is_decided(floor: Floor) -> None:
    day, shift, (taker, _) = open_duty(floor)
    told = {"day": day, "shift": shift, "open": True, "expires_at": "2026-11-26T20:00:00+08:00"}
    post = floor.scheduler.post(f"{PATH}/posts", json=told).json()
    claim = floor.agents[taker].post(f"{PATH}/swaps", json={"legs": [{"taker": taker, "post": post["id"]}]}).json()
    assert floor.scheduler.delete(f"{SITE}/posts/{post['id']}").status_code == 409
    floor.world.time.now = at(2026, 11, 26, 13)
    tick(floor.world.service)
    floor.scheduler = floor.world.signed_in("scheduler-harbour")
    floor.manager = floor.world.signed_in("manager-harbour")
    assert floor.decides(floor.scheduler, claim).json()["state"] == "approved"
