"""Ways outside that people choose: each notice where it is wanted, when it may be told, together where several wait."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, time
from typing import Any

import http_ece  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.auth.rights import Role
from api.notices.fan import after_quiet
from api.notices.rows import Word, tell
from api.notices.topics import Topic, topic_of
from api.notices.words import CYCLE, WAYS
from api.outside.post import Posted
from api.store import tables as t
from domain.time import Zone
from tests.api.clients import World
from tests.api.notices.outgoing import Net, Pillar, carried
from tests.api.rosters.solved import staffed

WECOM = {"kind": "wecom", "name": "企业微信", "address": "693axxx6-7aoc-4bc4"}
CALLOUT = {
    "floor": True,
    "day": "2026-12-07",
    "shift": "早",
    "taker": "",
    "pay": 200,
    "answer_by": "2026-12-07T00:00:00Z",
}


@pytest.fixture
def agent(world: World) -> TestClient:
    staffed(world)
    with world.store.writing() as work:
        work.session.scalars(select(t.Person).where(t.Person.number == "P2")).one().email = "p2@gas.example"
    return world.of_role(Role.AGENT, number="P2")


def told(world: World, kind: str = "wishes-open", matter: str = "1", **facts: Any) -> None:  # noqa: ANN401 - facts
    with world.store.writing() as work:
        account = work.session.scalars(select(t.Account).where(t.Account.login == "agent-harbour")).one()
        site = work.session.scalars(select(t.Site).where(t.Site.code == "harbour")).one()
        tell(work, Word(site.id, kind, matter), {account.id: facts or {"month": "2026-12"}})


def channel(client: TestClient, **wish: object) -> dict[str, Any]:
    made = client.post("/api/v1/me/channels", json={**WECOM, **wish})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def test_a_notice_goes_to_every_channel_that_wants_its_topic(world: World, agent: TestClient) -> None:
    channel(agent)
    channel(agent, kind="feishu", address="abcdef-0123", topics=["swaps"])
    told(world)
    net, pillar = Net(), Pillar()
    assert carried(world, pillar, net) == 2
    assert [letter["Subject"] for letter in pillar.letters] == ["2026-12的排班意愿现已开放"]
    assert [body["msgtype"] for body in net.bodies] == ["text"]
    assert "2026-12的排班意愿现已开放" in net.bodies[0]["text"]["content"]
    assert "https://paiban.example" in net.bodies[0]["text"]["content"]


def test_several_that_wait_for_one_address_come_as_one(world: World, agent: TestClient) -> None:
    channel(agent)
    for number in range(3):
        told(world, matter=str(number))
    net, pillar = Net(), Pillar()
    carried(world, pillar, net)
    assert len(net.asked) == len(pillar.letters) == 1
    assert net.bodies[0]["text"]["content"].startswith("3条通知")
    assert pillar.letters[0]["Subject"].startswith("3条通知")


def test_quiet_hours_hold_back_what_is_not_urgent(world: World, agent: TestClient) -> None:
    settings = {"quiet_from": "16:00", "quiet_until": "07:00", "mail": False}  # it is 17:00 at the site
    assert agent.put("/api/v1/me/notice-settings", json=settings).status_code == 200
    channel(agent)
    told(world)
    told(world, "callout-asked", "2", **CALLOUT)
    net = Net()
    carried(world, Pillar(), net)
    assert len(net.asked) == 1
    assert "应急底线" in net.bodies[0]["text"]["content"]
    world.time.passes(hours=15)
    carried(world, Pillar(), net)
    assert len(net.asked) == 2


@pytest.mark.parametrize(
    ("hour", "due"), [(21, 21), (22, 31), (23, 31), (24, 31), (30, 31), (31, 31), (32, 32)]
)  # 22:00 to 07:00, in hours of the 1st
def test_quiet_hours_go_over_midnight(hour: int, due: int) -> None:
    zone = Zone("Asia/Shanghai")
    first = datetime(2026, 12, 1, tzinfo=UTC).date()
    now = zone.at(first, hour * 60)
    assert after_quiet((time(22), time(7)), zone, now) == zone.at(first, due * 60)


def test_a_robot_that_refuses_is_told_to_its_owner_once(world: World, agent: TestClient) -> None:
    channel(agent)
    told(world)
    net = Net(Posted(200, {}, b'{"errcode":93000,"errmsg":"invalid webhook url"}'))
    carried(world, None, net)
    assert agent.get("/api/v1/me/channels").json()["items"][0]["state"] == "failing"
    notices = agent.get("/api/v1/me/notices").json()["items"]
    assert [notice["kind"] for notice in notices] == ["channel-failed", "wishes-open"]
    assert "93000" in notices[0]["body"]
    told(world, matter="2")
    carried(world, None, net)
    assert agent.get("/api/v1/me/channels").json()["items"][0]["state"] == "active"


def test_one_that_is_busy_is_tried_again_later(world: World, agent: TestClient) -> None:
    channel(agent)
    told(world)
    net = Net(503, ConnectionResetError())
    for _ in range(4):
        carried(world, None, net)
        world.time.passes(minutes=5)
    assert len(net.asked) == 3


def test_push_is_sealed_for_one_browser_and_ends_with_its_subscription(world: World, agent: TestClient) -> None:
    browser = ec.generate_private_key(ec.SECP256R1())
    point = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    auth = b"0123456789abcdef"
    keys = {"p256dh": base64.urlsafe_b64encode(point).decode(), "auth": base64.urlsafe_b64encode(auth).decode()}
    subscription = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", **keys}
    channel(agent, kind="push", address="", push=subscription)
    told(world)
    net = Net(201, 410)
    carried(world, None, net)
    url, body, headers = net.asked[0]
    plain = json.loads(http_ece.decrypt(body, private_key=browser, auth_secret=auth, version="aes128gcm"))
    assert plain["title"] == "2026-12的排班意愿现已开放"
    assert (url, headers["Content-Encoding"]) == (subscription["endpoint"], "aes128gcm")
    key = agent.get("/api/v1/me/push-key").json()["key"]
    assert headers["Authorization"].endswith(f"k={key}")
    told(world, matter="2")
    carried(world, None, net)
    assert agent.get("/api/v1/me/channels").json()["items"][0]["state"] == "gone"


@pytest.mark.parametrize(
    "wish",
    [
        {"address": "kurz"},
        {"kind": "push", "address": ""},
        {"kind": "push", "address": "", "push": {"endpoint": "https://10.0.0.1/", "p256dh": "x", "auth": "y"}},
        {"kind": "slack", "address": "https://evil.example/"},
        {"topics": ["weather"]},
    ],
)
def test_a_way_that_leads_nowhere_known_is_refused(world: World, wish: dict[str, object]) -> None:
    client = world.of_role(Role.SCHEDULER)
    assert client.post("/api/v1/me/channels", json={**WECOM, **wish}).status_code == 422


def test_ones_channels_are_ones_own_and_tell_no_address(world: World, agent: TestClient) -> None:
    mine = channel(agent)["id"]
    assert "693axxx6" not in agent.get("/api/v1/me/channels").text
    with world.store.reading() as session:
        assert b"693axxx6" not in session.get_one(t.Channel, mine).address
    other = world.signed_in("scheduler-harbour")
    assert other.delete(f"/api/v1/me/channels/{mine}").status_code == 404
    assert other.patch(f"/api/v1/me/channels/{mine}", json={}).status_code == 404
    assert other.post(f"/api/v1/me/channels/{mine}/test").status_code == 404
    assert agent.patch(f"/api/v1/me/channels/{mine}", json={"topics": ["swaps"]}).json()["topics"] == ["swaps"]
    assert agent.post(f"/api/v1/me/channels/{mine}/test").status_code == 204
    assert agent.delete(f"/api/v1/me/channels/{mine}").status_code == 204
    assert agent.get("/api/v1/me/channels").json()["items"] == []


def test_settings_are_kept_and_half_quiet_hours_refused(agent: TestClient) -> None:
    wish = {"quiet_from": "22:00:00", "quiet_until": "07:00:00", "mail": True, "mail_topics": ["roster"]}
    assert agent.put("/api/v1/me/notice-settings", json=wish).json() == wish
    assert agent.get("/api/v1/me/notice-settings").json() == wish
    assert agent.put("/api/v1/me/notice-settings", json={"quiet_from": "22:00"}).status_code == 422
    same = {"quiet_from": "22:00", "quiet_until": "22:00"}
    assert agent.put("/api/v1/me/notice-settings", json=same).status_code == 422


def test_every_kind_of_notice_has_a_topic() -> None:
    assert {topic_of(kind) for kind in WAYS} == set(Topic) - {Topic.CYCLE}
    assert {topic_of(kind) for kind in CYCLE} == {Topic.CYCLE}
