"""A published month with agents who may swap, and legal swaps in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, permutations
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.auth.rights import Role
from api.rosters.given import roster_row
from api.swaps.judge import Ground, ground_of
from constraints.verdict import Standing
from domain.roster import Duty, replaced
from domain.swaps import Leg, SwapKind, kind_of
from tests.api.clients import World
from tests.api.rosters.solved import MONTH, PATH, drafted_world, site_id

SITE = "/api/v1/sites/harbour"
PEOPLE = tuple(f"P{number}" for number in range(1, 9))


class Agents(dict[str, TestClient]):
    """The agents by number; whoever is asked for has an account and signs in."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def arrive(self, number: str) -> TestClient:
        """Somebody has an account before anything happens."""
        return self[number]

    def __missing__(self, number: str) -> TestClient:
        self._world.account(number.lower(), (Role.AGENT, "harbour"), number=number)
        self[number] = self._world.signed_in(number.lower())
        return self[number]


class Floor:
    """The people of a published December, signed in."""

    def __init__(self, world: World) -> None:
        self.world = drafted_world(world)
        self.scheduler = world.signed_in("scheduler-harbour")
        self.manager = world.of_role(Role.MANAGER)
        self.agents = Agents(world)
        tag = {"If-Match": self.scheduler.get(f"{PATH}/draft").headers["etag"]}
        assert self.scheduler.post(f"{PATH}/publications", json={}, headers=tag).status_code == 201

    def ground(self) -> Ground:
        """The month as it is in force."""
        with self.world.store.reading() as session:
            return ground_of(session, roster_row(session, site_id(self.world), MONTH))

    def legal(self, kind: SwapKind, count: int = 1) -> list[tuple[Leg, ...]]:
        """Swaps of a kind that no rule stands against, of different duties and people where it can be."""
        ground, found, seen = self.ground(), [], set[Duty]()
        duties = [duty for duty in ground.roster.planned if duty.day.day >= 5]
        for legs in _covers(duties) if kind is SwapKind.COVER else _exchanges(duties):
            mine = {leg.duty for leg in legs}
            if kind_of(legs) is kind and not mine & seen and ground.verdict(legs).allowed:
                found.append(legs)
                seen |= mine
                if len(found) == count:
                    return found
        raise AssertionError(f"only {len(found)} legal swaps")

    def file(self, legs: tuple[Leg, ...], asker: str | None = None, **more: object) -> Response:
        """A swap as somebody files it; by default who gives first."""
        body = {"legs": [form(leg) for leg in legs], **more}
        return self.agents[asker or legs[0].giver].post(f"{PATH}/swaps", json=body)

    def matched(self, legs: tuple[Leg, ...]) -> dict[str, Any]:
        """A swap to which all agreed."""
        made = self.file(legs)
        assert made.status_code == 201, made.text
        swap: dict[str, Any] = made.json()
        for party in swap["parties"]:
            if party["answer"] != "take":
                swap = self.says(party["number"], swap, "take").json()
        return swap

    def says(self, who: str, swap: dict[str, Any], answer: str) -> Response:
        path = f"{SITE}/swaps/{swap['id']}"
        return self.agents[who].post(f"{path}/answers", json={"answer": answer}, headers=self.tag(swap))

    def decides(self, client: TestClient, swap: dict[str, Any], state: str = "approved", **more: object) -> Response:
        path = f"{SITE}/swaps/{swap['id']}/decision"
        return client.put(path, json={"state": state, **more}, headers=self.tag(swap))

    def posted(self, leg: Leg, **wanted: object) -> dict[str, Any]:
        """A duty on the board, posted by who has it."""
        body = {"day": str(leg.duty.day), "shift": leg.duty.shift, "wanted": wanted}
        made = self.agents[leg.giver].post(f"{PATH}/posts", json=body)
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        return found

    def tag(self, swap: dict[str, Any]) -> dict[str, str]:
        """The swap as it is now."""
        return {"If-Match": self.manager.get(f"{SITE}/swaps/{swap['id']}").headers["etag"]}

    def state(self, swap: dict[str, Any]) -> str:
        found: str = self.manager.get(f"{SITE}/swaps/{swap['id']}").json()["state"]
        return found

    def duties(self, number: str) -> set[tuple[str, str]]:
        """What somebody works, by the published roster."""
        shown = self.scheduler.get(f"{PATH}/duties").json()["duties"]
        return {(duty["day"], duty["shift"]) for duty in shown if duty["agent"] == number}


def a_ring(floor: Floor) -> tuple[Leg, ...]:
    """A legal ring of three people."""
    ground = floor.ground()
    standing = Standing(ground.roster, ground.given.situation, ground.given.plan.policy)
    duties = [duty for duty in ground.roster.planned if duty.day.day >= 5]

    @cache
    def takes(own: Duty, other: Duty) -> bool:
        """Whether the person of the first could work the second in place of his."""
        if own.agent == other.agent or own.day == other.day:
            return False
        return standing.hindrance(replaced([own], [Leg(other, own.agent).taken])) is None

    for one, two in permutations(duties, 2):
        for three in duties if takes(one, two) else ():
            if not (takes(two, three) and takes(three, one)):
                continue
            ring = Leg(one, three.agent), Leg(three, two.agent), Leg(two, one.agent)
            if ground.verdict(ring).allowed:
                return ring
    raise AssertionError


def form(leg: Leg) -> dict[str, Any]:
    return {"giver": leg.giver, "day": leg.duty.day.isoformat(), "shift": leg.duty.shift, "taker": leg.taker}


def _covers(duties: list[Duty]) -> Iterator[tuple[Leg, ...]]:
    return ((Leg(duty, taker),) for duty in duties for taker in PEOPLE if taker != duty.agent)


def _exchanges(duties: list[Duty]) -> Iterator[tuple[Leg, ...]]:
    pairs = ((one, other) for one, other in combinations(duties, 2) if one.agent != other.agent)
    pairs = (pair for pair in pairs if (pair[0].day, pair[0].shift) != (pair[1].day, pair[1].shift))
    return ((Leg(one, other.agent), Leg(other, one.agent)) for one, other in pairs)
