"""Webhooks: what happens is told in order, signed, once a name, again until taken; and nobody is told too much."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook, WebhookVerificationError

from api.audit.chain import first_bad
from api.auth.rights import Role
from api.hooks.events import EVENTS
from api.hooks.send import TOO_MANY
from api.outside.outcome import HOOK_WAITS
from api.outside.pinned import AddressRefused
from tests.api.clients import World
from tests.api.notices.outgoing import Net, carried
from tests.api.rosters.solved import PATH, december, drafted_world

URL = "https://erp.gas.example/hooks"


@pytest.fixture
def admin(world: World) -> TestClient:
    drafted_world(world)
    return world.of_role(Role.ADMIN, None)


def made(admin: TestClient, **wish: object) -> dict[str, Any]:
    answer = admin.post("/api/v1/hooks", json={"name": "ERP", "url": URL, **wish})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def publish(world: World) -> None:
    desk = world.signed_in("scheduler-harbour")
    assert desk.post(f"{PATH}/publications", json={"note": "geheim"}, headers={"If-Match": "*"}).status_code == 201


def test_what_happens_is_told_signed_and_only_once(world: World, admin: TestClient) -> None:
    net = Net()
    made(admin, events=["roster.version"])
    publish(world)
    carried(world, net=net)
    assert carried(world, net=net) == 0
    ((url, body, headers),) = net.asked
    assert url == URL
    event = json.loads(body)
    assert event["type"] == "roster.version"
    assert event["timestamp"] == "2026-11-26T09:00:00Z"
    assert event["data"] == {
        "site": "harbour",
        "object": "roster/1/1",
        "month": "2026-12",
        "kind": "publication",
        "changes": len(december()),
    }
    assert b"geheim" not in body
    assert headers["webhook-id"].startswith("evt_")
    assert "." not in headers["webhook-id"]


def test_the_signature_is_of_these_octets_and_this_time(world: World, admin: TestClient) -> None:
    hook, net = made(admin), Net()
    publish(world)
    carried(world, net=net)
    _, body, headers = net.asked[0]
    signer = Webhook(hook["secret"])
    sign = signer.sign(headers["webhook-id"], world.time.now, body.decode())
    assert headers["webhook-signature"] == sign
    assert signer.sign(headers["webhook-id"], world.time.now, body.decode() + " ") != sign
    with pytest.raises(WebhookVerificationError):
        Webhook(made(admin)["secret"]).verify(body, headers)


def test_while_secrets_change_both_sign_and_then_the_new_one_alone(world: World, admin: TestClient) -> None:
    hook, net = made(admin), Net()
    fresh = admin.post(f"/api/v1/hooks/{hook['id']}/secret").json()["secret"]
    assert fresh != hook["secret"]
    admin.post(f"/api/v1/hooks/{hook['id']}/test")
    carried(world, net=net)
    world.time.passes(hours=25)
    world.signed_in("admin-all").post(f"/api/v1/hooks/{hook['id']}/test")
    carried(world, net=net)
    assert [len(headers["webhook-signature"].split()) for _, _, headers in net.asked] == [2, 1]
    assert [json.loads(body)["type"] for _, body, _ in net.asked] == ["webhook.test"] * 2


def test_a_receiver_that_fails_is_tried_again_under_the_same_name(world: World, admin: TestClient) -> None:
    hook = made(admin, events=["roster.version"])
    publish(world)
    net = Net(500, 302, TimeoutError(), 200)
    for _ in range(5):
        carried(world, net=net)
        world.time.passes(hours=3)
    assert len(net.asked) == 4
    assert len({headers["webhook-id"] for _, _, headers in net.asked}) == 1
    (delivery,) = world.signed_in("admin-all").get(f"/api/v1/hooks/{hook['id']}/deliveries").json()["items"]
    assert (delivery["state"], delivery["tries"], delivery["status"]) == ("sent", 4, 200)


def test_one_that_is_gone_is_ended_and_one_that_always_fails_is_stopped(world: World, admin: TestClient) -> None:
    gone, dead = made(admin, events=["roster.version"])["id"], made(admin, events=["roster.version"])["id"]
    publish(world)
    carried(world, net=Net(410, 500))
    states = {hook["id"]: hook["state"] for hook in admin.get("/api/v1/hooks").json()["items"]}
    assert sorted(states.values()) == ["active", "gone"]
    alive = dead if states[gone] == "gone" else gone
    for _ in range(TOO_MANY):
        admin.post(f"/api/v1/hooks/{alive}/test")
    net = Net(*[500] * 200)
    for _ in range(TOO_MANY * (len(HOOK_WAITS) + 2)):
        carried(world, net=net)
        world.time.passes(hours=30)
    admin = world.signed_in("admin-all")
    assert {hook["state"] for hook in admin.get("/api/v1/hooks").json()["items"]} == {"gone", "stopped"}
    kinds = [notice["kind"] for notice in admin.get("/api/v1/me/notices").json()["items"]]
    assert kinds.count("hook-stopped") == 2
    asked = len(net.asked)
    carried(world, net=net)
    assert len(net.asked) == asked
    assert admin.patch(f"/api/v1/hooks/{alive}", json={"state": "active"}).json()["failures"] == 0


def test_a_delivery_can_be_sent_once_more(world: World, admin: TestClient) -> None:
    hook = made(admin)["id"]
    sent = admin.post(f"/api/v1/hooks/{hook}/test").json()
    net = Net()
    carried(world, net=net)
    assert admin.post(f"/api/v1/hooks/{hook}/deliveries/{sent['id']}/resend").json()["state"] == "waiting"
    carried(world, net=net)
    assert [headers["webhook-id"] for _, _, headers in net.asked] == [sent["name"]] * 2
    other = made(admin)["id"]
    assert admin.post(f"/api/v1/hooks/{other}/deliveries/{sent['id']}/resend").status_code == 404


def test_a_hook_of_a_site_hears_of_that_site_alone(world: World, admin: TestClient) -> None:
    made(admin, site="lake")
    net = Net()
    publish(world)
    carried(world, net=net)
    assert net.asked == []


def test_an_address_within_is_refused_at_once_or_when_it_is_reached(world: World, admin: TestClient) -> None:
    for url in ("http://erp.gas.example/", "https://u:p@erp.gas.example/", "https://erp.gas.example:22/"):
        assert admin.post("/api/v1/hooks", json={"name": "x", "url": url}).status_code == 422
    hook = made(admin)["id"]
    admin.post(f"/api/v1/hooks/{hook}/test")
    carried(world, net=Net(AddressRefused("169.254.169.254")))
    (delivery,) = admin.get(f"/api/v1/hooks/{hook}/deliveries").json()["items"]
    assert (delivery["state"], delivery["reason"]) == ("waiting", "address refused")


def test_secrets_are_told_once_and_lie_sealed(world: World, admin: TestClient) -> None:
    secret = made(admin)["secret"]
    assert secret.startswith("whsec_")
    assert secret not in admin.get("/api/v1/hooks").text
    assert world.of_role(Role.MANAGER).get("/api/v1/hooks").status_code == 403
    with world.store.reading() as session:
        assert first_bad(session) is None


def test_an_ended_hook_leaves_nothing_behind(world: World, admin: TestClient) -> None:
    hook = made(admin)["id"]
    admin.post(f"/api/v1/hooks/{hook}/test")
    assert admin.delete(f"/api/v1/hooks/{hook}").status_code == 204
    assert admin.get(f"/api/v1/hooks/{hook}/deliveries").status_code == 404
    assert carried(world, net=Net()) == 0


def test_the_list_of_events_is_the_one_that_is_told(admin: TestClient) -> None:
    told = admin.get("/api/v1/hooks/events").json()["items"]
    assert [event["name"] for event in told] == list(EVENTS)
    assert admin.post("/api/v1/hooks", json={"name": "x", "url": URL, "events": ["no.such"]}).status_code == 422
