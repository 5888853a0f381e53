"""The posts that decide, and agents who ask for leave."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.auth.rights import Role
from api.leave.policy import Tier
from tests.api.clients import World
from tests.api.people.test_people import imported
from tests.api.rosters.solved import PATH, drafted_world

SITE = "/api/v1/sites/harbour"
REQUESTS = f"{SITE}/requests"


class Office:
    """The posts that decide, and agents who ask."""

    def __init__(self, world: World, *, published: bool = False) -> None:
        self.world = world
        if published:
            drafted_world(world)
            self.scheduler = world.signed_in("scheduler-harbour")
            tag = {"If-Match": self.scheduler.get(f"{PATH}/draft").headers["etag"]}
            assert self.scheduler.post(f"{PATH}/publications", json={}, headers=tag).status_code == 201
        else:
            self.scheduler = world.of_role(Role.SCHEDULER)
            imported(self.scheduler)
        self.posts = {
            Tier.HEAD: world.of_role(Role.MANAGER),
            Tier.ADMINISTRATION: world.of_role(Role.ADMINISTRATION),
            Tier.GENERAL: world.of_role(Role.GENERAL),
        }
        self._agents: dict[str, TestClient] = {}

    def agent(self, number: str) -> TestClient:
        if number not in self._agents:
            self.world.account(number.lower(), (Role.AGENT, "harbour"), number=number)
            self._agents[number] = self.world.signed_in(number.lower())
        return self._agents[number]

    def asks(self, number: str, first: str, last: str | None = None, **more: object) -> Response:
        body = {"kind": "leave", "first": first, "last": last or first, "leave": "personal", **more}
        return self.agent(number).post(REQUESTS, json=body)

    def asked(self, number: str, first: str, last: str | None = None, **more: object) -> dict[str, Any]:
        made = self.asks(number, first, last, **more)
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        return found

    def decides(self, tier: Tier, row: dict[str, Any], state: str = "approved", reason: str = "") -> Response:
        path = f"{REQUESTS}/{row['id']}/decision"
        body = {"state": state, "reason": reason}
        return self.posts[tier].put(path, json=body, headers={"If-Match": "*"})

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        items = self.world.signed_in("scheduler-harbour").get(REQUESTS, params={"limit": 200}).json()["items"]
        return next(item for item in items if item["id"] == row["id"])

    def notices(self, client: TestClient) -> list[str]:
        return [row["kind"] for row in client.get("/api/v1/me/notices").json()["items"]]
