from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from api.auth.rights import Role
from api.cycle.tick import tick
from api.leave.policy import LeavePolicy, Tier
from api.rosters.given import read_given
from api.rosters.routes import opened_roster
from api.store import tables as t
from domain.requests import Leave
from domain.time import Days
from tests.api.clients import World, at
from tests.api.leave.office import REQUESTS, SITE, Office
from tests.api.rosters.solved import MONTH, december, site_id


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.fixture
def quick(embedded: World) -> Office:
    return Office(embedded)


@pytest.mark.parametrize(
    ("last", "more", "tier"),
    [
        ("2027-01-04", {}, Tier.HEAD),
        ("2027-01-05", {}, Tier.HEAD),
        ("2027-01-06", {"until_noon": True}, Tier.ADMINISTRATION),
        ("2027-01-06", {}, Tier.ADMINISTRATION),
        ("2027-01-07", {}, Tier.GENERAL),
    ],
)
def test_who_decides_follows_from_the_length(quick: Office, last: str, more: dict[str, Any], tier: Tier) -> None:
    row = quick.asked("P4", "2027-01-04", last, **more)
    assert (row["tier"], row["state"]) == (tier.value, "open")
    for other in Tier:
        if other is not tier:
            assert quick.decides(other, row).status_code == 403
    assert "leave-asked" in quick.notices(quick.posts[tier])
    assert quick.decides(tier, row).json()["state"] == "approved"
    assert "leave-approved" in quick.notices(quick.agent("P4"))


def test_approved_leave_is_known_to_the_roster_and_refused_leave_is_not(office: Office) -> None:
    approved = office.asked("P4", "2026-12-14", "2026-12-15", from_noon=True)
    declined = office.asked("P5", "2026-12-14", "2026-12-15")
    assert office.decides(Tier.HEAD, approved).status_code == 200
    assert office.decides(Tier.HEAD, declined, "declined").status_code == 422
    refused = office.decides(Tier.HEAD, declined, "declined", "too few people")
    assert (refused.json()["state"], refused.json()["reason"]) == ("declined", "too few people")
    with office.world.store.writing() as work:
        given = read_given(work.session, opened_roster(work, site_id(office.world), MONTH))
    leaves = [leave for leave in given.situation.leaves if leave.agent in ("P4", "P5")]
    assert leaves == [Leave("P4", Days(date(2026, 12, 14), date(2026, 12, 15)), "personal", from_noon=True)]


def test_nobody_decides_on_his_own_leave_the_next_post_up_does(quick: Office) -> None:
    quick.world.account("head", (Role.MANAGER, "harbour"), (Role.AGENT, "harbour"), number="P7")
    head = quick.world.signed_in("head")
    body = {"kind": "leave", "first": "2027-01-04", "last": "2027-01-04", "leave": "personal"}
    row = head.post(REQUESTS, json=body).json()
    assert row["tier"] == "administration"
    decided = head.put(f"{REQUESTS}/{row['id']}/decision", json={"state": "approved"}, headers={"If-Match": "*"})
    assert decided.json()["detail"] == "nobody decides on his own request"
    assert quick.decides(Tier.ADMINISTRATION, row).status_code == 200


def test_leave_is_asked_for_ahead_and_the_refusal_tells_the_way_in_need(quick: Office) -> None:
    late = quick.asks("P4", "2026-11-26")
    assert (late.status_code, late.json()["code"]) == (409, "too-late")
    assert "tell the shift leader by phone" in late.json()["detail"]
    assert quick.asks("P4", "2026-11-26", leave="sick").status_code == 201
    assert quick.asks("P4", "2026-11-27").status_code == 201


def test_leave_does_not_overlap_and_two_halves_of_a_day_are_two_things(quick: Office) -> None:
    assert quick.asks("P4", "2027-01-04", until_noon=True).status_code == 201
    assert quick.asks("P4", "2027-01-04", until_noon=True).status_code == 409
    assert quick.asks("P4", "2027-01-04").status_code == 409
    assert quick.asks("P4", "2027-01-04", from_noon=True).status_code == 201
    assert quick.asks("P4", "2027-01-05", from_noon=True, until_noon=True).status_code == 422


def test_a_balance_is_what_was_granted_less_work_days_taken_and_asked_for(office: Office) -> None:
    grant = {"number": "P4", "leave": "annual", "year": 2027, "days": 5, "note": "五年工龄"}
    assert office.agent("P4").post(f"{SITE}/leave/grants", json=grant).status_code == 403
    assert office.scheduler.post(f"{SITE}/leave/grants", json=grant).status_code == 201
    over_a_weekend = office.asked("P4", "2027-01-07", "2027-01-11", leave="annual")
    assert office.decides(Tier.GENERAL, over_a_weekend).status_code == 200
    office.asked("P4", "2027-01-13", leave="annual", from_noon=True)
    mine = office.agent("P4").get(f"{SITE}/leave/balances", params={"year": 2027}).json()["items"]
    annual = next(item for item in mine if item["leave"] == "annual")
    assert annual == {"leave": "annual", "year": 2027, "granted": 5.0, "taken": 3.0, "asked": 0.5, "left": 1.5}
    beyond = office.asks("P4", "2027-01-18", "2027-01-19", leave="annual")
    assert (beyond.status_code, beyond.json()["code"], beyond.json()["left"]) == (409, "over-budget", 1.5)
    assert office.agent("P5").get(f"{SITE}/leave/balances", params={"number": "P4"}).status_code == 404
    lieu = office.asks("P4", "2027-01-20", leave="lieu")
    assert lieu.json()["left"] == 0.0


def test_days_of_annual_leave_follow_from_the_years_with_the_company(quick: Office) -> None:
    with quick.world.store.writing() as work:
        person = work.session.scalars(select(t.Person).where(t.Person.number == "P4")).one()
        person.joined_on = date(2016, 3, 1)
    mine = quick.agent("P4").get(f"{SITE}/leave/balances", params={"year": 2026}).json()["items"]
    assert next(item["granted"] for item in mine if item["leave"] == "annual") == 10.0


def test_a_day_that_is_full_has_a_line_and_the_first_in_it_gets_the_place_that_comes_free(office: Office) -> None:
    first = office.asked("P4", "2027-01-04", "2027-01-05")
    second, third = office.asked("P5", "2027-01-05", "2027-01-06"), office.asked("P6", "2027-01-05")
    assert [row["state"] for row in (first, second, third)] == ["open", "waitlisted", "waitlisted"]
    effect = office.posts[Tier.HEAD].get(f"{REQUESTS}/{third['id']}/effect").json()
    assert effect["line"] == 2
    assert [(day["away"], day["places"]) for day in effect["days"]] == [(1, 1)]
    assert office.agent("P4").delete(f"{REQUESTS}/{first['id']}").json()["state"] == "withdrawn"
    assert [office.row(row)["state"] for row in (second, third)] == ["open", "waitlisted"]
    assert "leave-place" in office.notices(office.agent("P5"))
    assert office.decides(Tier.HEAD, second, "declined", "audit week").status_code == 200
    assert office.row(third)["state"] == "open"


def test_beyond_the_places_is_approved_with_a_reason_alone(quick: Office) -> None:
    first, second = quick.asked("P4", "2027-01-04"), quick.asked("P5", "2027-01-04")
    assert quick.decides(Tier.HEAD, first).status_code == 200
    refused = quick.decides(Tier.HEAD, second)
    assert (refused.status_code, refused.json()["code"]) == (409, "over-budget")
    assert quick.decides(Tier.HEAD, second, reason="wedding in the family").json()["state"] == "approved"


def test_sick_leave_takes_no_place(quick: Office) -> None:
    assert quick.decides(Tier.HEAD, quick.asked("P4", "2027-01-04", leave="sick")).status_code == 200
    assert quick.asked("P5", "2027-01-04")["state"] == "open"


def test_who_waits_in_vain_is_told_on_the_day(quick: Office) -> None:
    quick.asked("P4", "2026-12-01")
    waits = quick.asked("P5", "2026-12-01")
    quick.world.time.now = at(2026, 11, 30, 17)
    tick(quick.world.service)
    assert quick.row(waits)["state"] == "declined"
    assert "leave-full" in quick.notices(quick.world.signed_in("p5"))


def told(by: TestClient, **more: object) -> Response:
    body = {"kind": "leave", "first": "2026-12-07", "last": "2026-12-08", "leave": "personal", "by_phone": True}
    return by.post(REQUESTS, json={**body, "number": "P4", **more})


def test_leave_told_by_phone_is_filed_afterwards_and_decided(world: World) -> None:
    office = Office(world, published=True)
    missed = sorted({row[0] for row in december() if row[1] == "P4" and row[0] in ("2026-12-07", "2026-12-08")})
    assert missed
    assert told(office.agent("P4"), number=None).status_code == 422
    assert told(office.agent("P5")).status_code == 403
    row = told(office.scheduler).json()
    assert (row["state"], row["facts"]["missed"]) == ("told", missed)
    assert office.notices(office.agent("P4"))[0] == "leave-file"
    filing = {"leave": "sick", "note": "fever; the certificate follows"}
    filed = office.agent("P4").post(f"{REQUESTS}/{row['id']}/filing", json=filing).json()
    assert (filed["state"], filed["facts"]["leave"], filed["tier"]) == ("open", "sick", "head")
    assert office.agent("P4").post(f"{REQUESTS}/{row['id']}/filing", json=filing).status_code == 409
    assert office.decides(Tier.HEAD, row).json()["state"] == "approved"
    assert attendance(office) == []


def test_a_shift_leader_takes_the_call_of_his_team_alone(quick: Office) -> None:
    with quick.world.store.writing() as work:
        team = t.Team(site_id=site_id(quick.world), name="一班")
        work.session.add(team)
        work.session.flush()
        for number in ("P1", "P4"):
            work.session.scalars(select(t.Person).where(t.Person.number == number)).one().team_id = team.id
    leader = quick.world.of_role(Role.LEADER, number="P1")
    assert told(leader).status_code == 201
    assert told(leader, number="P5").status_code == 403


def attendance(office: Office) -> list[tuple[str, str, str]]:
    found = office.world.signed_in("manager-harbour").get(f"{SITE}/attendance").json()["items"]
    return sorted((row["number"], row["day"], row["mark"]) for row in found)


@pytest.fixture
def in_need(embedded: World) -> tuple[Office, dict[str, Any]]:
    """Somebody rings on the morning of the 7th: away for two days."""
    office = Office(embedded, published=True)
    embedded.time.now = at(2026, 12, 6, 23)
    row = told(embedded.signed_in("scheduler-harbour")).json()
    assert row["facts"]["missed"][0] == "2026-12-07"
    return office, row


def decided(office: Office, row: dict[str, Any], state: str, reason: str = "") -> Response:
    client = office.world.signed_in("manager-harbour")
    body = {"state": state, "reason": reason}
    return client.put(f"{REQUESTS}/{row['id']}/decision", json=body, headers={"If-Match": "*"})


def test_leave_in_need_that_is_never_filed_is_absence(in_need: tuple[Office, dict[str, Any]]) -> None:
    office, row = in_need
    office.world.time.passes(hours=24)
    tick(office.world.service)
    assert office.row(row)["state"] == "lapsed"
    assert attendance(office) == [("P4", day, "absence") for day in row["facts"]["missed"] if day <= "2026-12-08"]


def test_leave_in_need_that_is_none_is_absence_until_today_and_its_note_stays_private(
    in_need: tuple[Office, dict[str, Any]],
) -> None:
    office, row = in_need
    filing = {"leave": "personal", "note": "a private matter"}
    assert office.agent("P4").post(f"{REQUESTS}/{row['id']}/filing", json=filing).status_code == 200
    assert decided(office, row, "declined", "that was no emergency").status_code == 200
    assert attendance(office) == [("P4", "2026-12-07", "absence")]
    auditor = office.world.of_role(Role.AUDITOR)
    assert "private" not in auditor.get(f"{SITE}/attendance").text


def test_who_came_after_all_keeps_his_record(in_need: tuple[Office, dict[str, Any]]) -> None:
    office, row = in_need
    duty = next(found for found in december() if found[1] == "P4" and found[0] == "2026-12-07")
    begins = {"早": at(2026, 12, 7), "中": at(2026, 12, 7, 8), "夜": at(2026, 12, 6, 16)}[duty[2]]
    office.world.time.now = begins + timedelta(hours=8)
    came = {"came_at": begins.isoformat(), "left_at": (begins + timedelta(hours=8)).isoformat()}
    scheduler = office.world.signed_in("scheduler-harbour")
    assert scheduler.put(f"{SITE}/attendance/2026-12-07/P4", json=came).json()["mark"] == "present"
    filing = {"leave": "personal", "note": "came after all"}
    office.agent("P4").post(f"{REQUESTS}/{row['id']}/filing", json=filing)
    assert decided(office, row, "declined", "you were here").status_code == 200
    assert ("P4", "2026-12-07", "present") in attendance(office)


def test_leave_in_need_is_not_taken_back_to_escape(in_need: tuple[Office, dict[str, Any]]) -> None:
    office, row = in_need
    filing = {"leave": "personal", "note": "flat tyre"}
    office.agent("P4").post(f"{REQUESTS}/{row['id']}/filing", json=filing)
    assert office.agent("P4").delete(f"{REQUESTS}/{row['id']}").json()["code"] == "too-late"


def test_leave_whose_first_duty_has_begun_can_still_be_approved(in_need: tuple[Office, dict[str, Any]]) -> None:
    office, row = in_need
    office.agent("P4").post(f"{REQUESTS}/{row['id']}/filing", json={"leave": "sick", "note": "fever"})
    office.world.time.now = at(2026, 12, 7, 14)
    assert decided(office, row, "approved").json()["state"] == "approved"
    found = office.world.signed_in("scheduler-harbour").get(f"{SITE}/callouts").json()["items"]
    assert {callout["day"] for callout in found} <= {"2026-12-08"}


def test_leave_in_parts_that_touch_is_as_long_as_its_parts(quick: Office) -> None:
    assert quick.asked("P4", "2027-01-04", "2027-01-05")["tier"] == "head"
    assert quick.asked("P4", "2027-01-06", "2027-01-07")["tier"] == "general"
    assert quick.asked("P4", "2027-01-12")["tier"] == "head"


def test_need_overtakes_leave_that_is_not_decided_yet(quick: Office) -> None:
    asked = quick.asked("P4", "2026-12-07")
    assert told(quick.scheduler).status_code == 201
    assert quick.row(asked)["state"] == "withdrawn"


def test_who_files_leave_for_somebody_does_not_decide_on_it(quick: Office) -> None:
    body = {"kind": "leave", "first": "2027-01-04", "last": "2027-01-04", "leave": "personal", "number": "P4"}
    row = quick.posts[Tier.HEAD].post(REQUESTS, json=body).json()
    assert quick.decides(Tier.HEAD, row).status_code == 403


def test_a_kind_that_the_policy_has_no_more_holds_nobody_up(quick: Office) -> None:
    first, second = quick.asked("P4", "2027-01-04"), quick.asked("P5", "2027-01-04")
    with quick.world.store.writing() as work:
        row = work.session.get_one(t.Request, second["id"])
        row.facts = {**row.facts, "leave": "gone-kind"}
    assert quick.agent("P4").delete(f"{REQUESTS}/{first['id']}").status_code == 200
    assert quick.decides(Tier.HEAD, second).json()["state"] == "approved"


def test_undecided_leave_climbs_post_by_post_and_the_highest_is_reminded(quick: Office) -> None:
    row = quick.asked("P4", "2027-01-04")
    seen = []
    for _ in range(4):
        seen.append(quick.row(row)["tier"])
        quick.world.time.passes(hours=24)
        tick(quick.world.service)
    assert seen == ["head", "administration", "general", "general"]
    general = quick.world.signed_in("general-harbour")
    assert {"leave-escalated", "leave-late"} <= set(quick.notices(general))


def test_the_effect_on_cover_is_shown_before_approval_and_approval_starts_the_search(world: World) -> None:
    office = Office(world, published=True)
    duties = [row for row in december() if row[1] == "P4" and "2026-12-09" <= row[0] <= "2026-12-10"]
    row = office.asked("P4", "2026-12-09", "2026-12-10")
    effect = office.posts[Tier.HEAD].get(f"{REQUESTS}/{row['id']}/effect").json()
    assert [found["duty"]["day"] for found in effect["duties"]] == [duty[0] for duty in duties]
    assert all(found["stand_ins"] >= 0 and isinstance(found["floor"], bool) for found in effect["duties"])
    assert office.agent("P4").get(f"{REQUESTS}/{row['id']}/effect").status_code == 404
    assert office.decides(Tier.HEAD, row, reason="her wedding").status_code == 200
    callouts = office.scheduler.get(f"{SITE}/callouts").json()["items"]
    assert sorted(found["day"] for found in callouts) == [duty[0] for duty in duties]
    assert {found["cause"] for found in callouts} == {"leave"}


def test_withdrawn_leave_calls_the_search_off(embedded: World) -> None:
    office = Office(embedded, published=True)
    row = office.asked("P4", "2026-12-09", "2026-12-10")
    assert office.decides(Tier.HEAD, row, reason="her wedding").status_code == 200
    assert office.agent("P4").delete(f"{REQUESTS}/{row['id']}").json()["state"] == "withdrawn"
    states = {found["state"] for found in office.scheduler.get(f"{SITE}/callouts").json()["items"]}
    assert states <= {"cancelled", "exhausted"}


def test_leave_that_has_begun_is_not_withdrawn(quick: Office) -> None:
    row = quick.asked("P4", "2026-12-01", "2026-12-02")
    quick.decides(Tier.HEAD, row)
    quick.world.time.now = at(2026, 12, 1, 1)
    assert quick.world.signed_in("p4").delete(f"{REQUESTS}/{row['id']}").json()["code"] == "too-late"


def test_the_terms_are_told(quick: Office) -> None:
    terms = quick.agent("P4").get(f"{SITE}/leave", headers={"Accept-Language": "zh-CN"}).json()
    assert terms["tiers"] == {"head": 2.0, "administration": 3.0, "general": None}
    assert {kind["id"]: kind["label"] for kind in terms["kinds"]}["annual"] == "年假"
    assert terms["places"] == 1


def test_a_kind_that_is_not_there_is_refused_with_those_that_are(quick: Office) -> None:
    refused = quick.asks("P4", "2027-01-04", leave="holiday")
    assert refused.status_code == 422
    assert (
        "annual" in refused.json()["errors"][0]["detail"] if refused.json().get("errors") else refused.json()["detail"]
    )


@pytest.mark.parametrize(
    ("halves", "tier"),
    [(1, Tier.HEAD), (4, Tier.HEAD), (5, Tier.ADMINISTRATION), (6, Tier.ADMINISTRATION), (7, Tier.GENERAL)],
)
def test_the_borders_of_the_posts_are_the_house_rule(halves: int, tier: Tier) -> None:
    assert LeavePolicy().tier(halves) is tier
