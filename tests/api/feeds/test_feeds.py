from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar, Component
from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from domain.swaps import SwapKind
from tests.api.clients import World, at
from tests.api.leave.office import SITE as HARBOUR
from tests.api.leave.office import Office
from tests.api.rosters.solved import PATH, december
from tests.api.swaps.parties import Floor

MINE = "/api/v1/me/feeds"


def link(client: TestClient, **told: object) -> dict[str, Any]:
    made = client.post(MINE, json={"name": "手机", **told})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def events(world: World, path: str) -> dict[str, Component]:
    answer = world.client().get(path)
    assert answer.status_code == 200, answer.text
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


@pytest.fixture
def floor(world: World) -> Floor:
    return Floor(world)


def test_a_link_shows_ones_own_duties_and_nobody_elses(floor: Floor) -> None:
    path = link(floor.agents["P1"])["path"]
    body = floor.world.client().get(path).content.decode()
    mine = [row for row in december() if row[1] == "P1"]
    assert body.count("BEGIN:VEVENT") >= len(mine)
    for number in range(2, 9):
        assert f"员工{number}" not in body
    for property_ in ("ATTENDEE", "ORGANIZER", "METHOD", "MAILTO"):
        assert property_ not in body.upper()


def test_what_a_client_has_already_is_not_sent_again(floor: Floor) -> None:
    path, client = link(floor.agents["P1"])["path"], floor.world.client()
    first = client.get(path, headers={"Accept-Encoding": "identity"})
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["cache-control"] == "private, no-cache"
    for told in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-None-Match": "*"}):
        assert client.get(path, headers={"Accept-Encoding": "identity", **told}).status_code == 304
    plain = {"Accept-Encoding": "identity", "If-Modified-Since": modified}
    assert client.get(path, headers=plain).status_code == 304
    assert client.get(path, headers={**plain, "If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, headers={**plain, "If-Modified-Since": "yesterday"}).status_code == 200
    head = client.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["etag"], head.headers["content-length"]) == (
        b"",
        tag,
        str(len(first.content)),
    )
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != tag
    assert packed.content == first.content or gzip.decompress(packed.content) == first.content
    refused = client.post(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


def test_a_change_moves_the_tag_and_the_sequence_and_leaves_a_tombstone(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    giver, taker = (link(floor.agents[who])["path"] for who in (legs[0].giver, legs[0].taker))
    before = events(floor.world, giver), events(floor.world, taker)
    swap = floor.matched(legs)
    assert floor.decides(floor.scheduler, swap).status_code == 200
    after = events(floor.world, giver), events(floor.world, taker)
    (gone,) = [uid for uid, event in after[0].items() if event["status"] == "CANCELLED"]
    assert (before[0][gone]["status"], after[0][gone].decoded("sequence")) == ("CONFIRMED", 1)
    assert (str(after[0][gone]["transp"]), "cancelled" in str(after[0][gone]["summary"]).lower()) == (
        "TRANSPARENT",
        False,
    )
    (came,) = set(after[1]) - set(before[1])
    assert after[1][came].decoded("dtstart") == before[0][gone].decoded("dtstart")
    kept = set(before[0]) - {gone}
    assert {uid: after[0][uid].to_ical() for uid in kept} == {uid: before[0][uid].to_ical() for uid in kept}


def test_what_was_cancelled_is_told_for_thirty_days(floor: Floor) -> None:
    path = link(floor.agents["P4"])["path"]
    days = sorted({event.decoded("dtstart").date() for event in events(floor.world, path).values()})
    floor.world.time.now = at(2027, 1, 20)
    later = sorted({event.decoded("dtstart").date() for event in events(floor.world, path).values()})
    assert later == [day for day in days if day >= floor.world.time.now.date() - timedelta(days=30)]


def test_approved_leave_is_in_it_and_no_reason(world: World) -> None:
    office = Office(world, published=True)
    row = office.asked("P4", "2026-12-28", "2026-12-29", leave="marriage", note="in Hangzhou", until_noon=True)
    assert office.posts.popitem()  # the other posts do not matter here
    path = link(office.agent("P4"), language="en")["path"]
    assert "marriage" not in world.client().get(path).text
    head = world.signed_in("manager-harbour")
    decided = {"state": "approved", "reason": "congratulations"}
    head.put(f"{HARBOUR}/requests/{row['id']}/decision", json=decided, headers={"If-Match": "*"})
    (event,) = [event for event in events(world, path).values() if str(event["summary"]) == "marriage leave"]
    assert event.decoded("dtend").hour == 12
    assert str(event["transp"]) == "TRANSPARENT"
    assert "Hangzhou" not in event.to_ical().decode()


@pytest.mark.parametrize("wrong", ["", "x", "a" * 43, "%00", "..%2F..", "汉字"])
def test_a_wrong_secret_is_no_such_thing(embedded: World, wrong: str) -> None:
    assert embedded.client().get(f"/feeds/{wrong}/paiban.ics").status_code == 404


def test_a_link_is_renewed_and_ended_and_dies_with_its_account(floor: Floor) -> None:
    agent, world = floor.agents["P1"], floor.world
    made = link(agent)
    renewed = agent.post(f"{MINE}/{made['id']}/renewal").json()
    assert world.client().get(made["path"]).status_code == 404
    assert world.client().get(renewed["path"]).status_code == 200
    assert agent.get(MINE).json()["items"][0]["path"] is None
    assert floor.agents["P2"].delete(f"{MINE}/{made['id']}").status_code == 404
    assert agent.delete(f"{MINE}/{made['id']}").status_code == 204
    assert world.client().get(renewed["path"]).status_code == 404
    other = link(floor.agents["P2"])["path"]
    assert world.client().get(other).status_code == 200
    with world.store.writing() as work:
        account = work.session.query(t.Account).filter_by(login="p2").one()
        account.disabled = True
        work.did("account.changed", f"account/{account.id}")
    assert world.client().get(other).status_code == 404


def test_ones_links_tell_when_and_by_what_they_were_read(floor: Floor) -> None:
    agent = floor.agents["P1"]
    path = link(agent, name="iPad")["path"]
    floor.world.client().get(path, headers={"User-Agent": "iOS/18 dataaccessd"})
    (shown,) = agent.get(MINE).json()["items"]
    assert (shown["name"], shown["used_by"], shown["used_at"] is not None) == ("iPad", "iOS/18 dataaccessd", True)


def test_a_teams_calendar_is_for_its_leader_and_a_sites_for_who_keeps_its_roster(floor: Floor) -> None:
    world = floor.world
    told = {"name": "墙上屏幕", "scope": "site", "site": "harbour"}
    assert floor.agents["P1"].post(MINE, json=told).status_code == 403
    path = link(floor.scheduler, **told)["path"]
    found = events(world, path)
    assert {str(event["transp"]) for event in found.values()} == {"TRANSPARENT"}
    assert any("员工1" in str(event["summary"]) for event in found.values())
    assert floor.scheduler.post(MINE, json={**told, "site": "lake"}).status_code == 404
    with world.store.writing() as work:
        grant = work.session.query(t.RoleGrant).filter_by(role="scheduler").first()
        work.session.delete(grant)
        work.did("account.changed", "account/1")  # as every change of an account does
    assert world.client().get(path).status_code == 404


def test_a_leader_has_his_own_team_alone(embedded: World) -> None:
    floor = Floor(embedded)
    with embedded.store.writing() as work:
        person = work.session.query(t.Person).filter_by(number="P1").one()
        for name in ("一班", "二班"):
            work.session.add(t.Team(site_id=person.site_id, name=name))
        work.session.flush()
        person.team_id = work.session.query(t.Team).filter_by(name="一班").one().id
    leader = embedded.of_role(Role.LEADER, number="P1")
    told = {"name": "手机", "scope": "team", "site": "harbour"}
    found = events(embedded, link(leader, **told)["path"])
    assert {str(event["summary"]).split(": ")[1] for event in found.values()} == {"员工1"}
    assert leader.post(MINE, json={**told, "team": "二班"}).status_code == 403
    assert link(floor.scheduler, **told, team="二班")["team"] == "二班"
    path = link(leader, **told)["path"]
    with embedded.store.writing() as work:
        person = work.session.query(t.Person).filter_by(number="P1").one()
        person.team_id = work.session.query(t.Team).filter_by(name="二班").one().id
        work.did("person.changed", "person/P1")
    assert embedded.client().get(path).status_code == 404


def test_an_alarm_is_there_only_if_asked_for(floor: Floor) -> None:
    silent, loud = (link(floor.agents["P1"], alarm=alarm)["path"] for alarm in (None, 30))
    assert "VALARM" not in floor.world.client().get(silent).text
    body = floor.world.client().get(loud).text
    assert body.count("BEGIN:VALARM") == body.count("TRANSP:OPAQUE")
    assert "TRIGGER:-PT30M" in body


def test_a_withdrawn_month_is_cancelled_in_every_calendar(floor: Floor) -> None:
    path = link(floor.agents["P4"])["path"]
    tag = {"If-Match": floor.scheduler.get(f"{PATH}/draft").headers["etag"]}
    assert floor.scheduler.post(f"{PATH}/withdrawals", json={"note": "wrong"}, headers=tag).status_code == 201
    states = {
        str(event["status"]) for event in events(floor.world, path).values() if event.decoded("dtstart").month == 12
    }
    assert states == {"CANCELLED"}


def test_a_duty_of_an_open_swap_is_tentative_only_where_that_is_wished(floor: Floor) -> None:
    (legs,) = floor.legal(SwapKind.COVER)
    wished, plain = (link(floor.agents[legs[0].taker], swaps=wish)["path"] for wish in (True, False))
    before = len(events(floor.world, wished))
    tag = floor.world.client().head(wished).headers["etag"]
    swap = floor.matched(legs)
    assert floor.world.client().head(wished).headers["etag"] != tag
    (found,) = [event for event in events(floor.world, wished).values() if event["status"] == "TENTATIVE"]
    assert str(found["summary"]).startswith("换班待定")
    assert str(found["transp"]) == "TRANSPARENT"
    assert len(events(floor.world, plain)) == before
    assert floor.decides(floor.scheduler, swap).status_code == 200
    statuses = {str(event["status"]) for event in events(floor.world, wished).values()}
    assert "TENTATIVE" not in statuses


def test_a_roles_calendar_names_those_who_hold_its_certificate_on_the_day(floor: Floor) -> None:
    told = {"scope": "role", "site": "harbour", "skill": "emergency"}
    path = link(floor.scheduler, **told)["path"]
    assert "员工3" in floor.world.client().get(path).text
    with floor.world.store.writing() as work:
        person = work.session.scalars(select(t.Person).where(t.Person.number == "P3")).one()
        for held in person.certificates:
            held.last = at(2026, 12, 5).date()
        work.did("person.changed", "person/P3", person.site_id)
    named = [event for event in events(floor.world, path).values() if "员工3" in str(event["summary"])]
    assert named
    assert max(event.decoded("dtstart").date() for event in named) <= at(2026, 12, 5).date()
    refused = floor.scheduler.post(MINE, json={"name": "x", **told, "skill": "piano"})
    assert refused.status_code == 422
    assert floor.agents["P1"].post(MINE, json={"name": "x", **told}).status_code == 403
    site = {"name": "x", "scope": "site", "site": "harbour", "skill": "emergency"}
    assert floor.scheduler.post(MINE, json=site).status_code == 422
