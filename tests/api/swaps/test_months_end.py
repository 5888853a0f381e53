"""Swaps across the end of a month: two rosters, judged and put in force as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.auth.rights import Role
from api.rosters.given import roster_row
from api.swaps.judge import Ground, ground_of
from domain.swaps import Leg
from tests.api.clients import World
from tests.api.rosters.solved import MONTH, PATH, site_id
from tests.api.rosters.two_months import JANUARY, two_months
from tests.api.swaps.parties import SITE, Agents, form

Told = dict[str, Any]


class Turn:
    """Both months, and a legal exchange of a duty of the one for a duty of the other."""

    def __init__(self, world: World) -> None:
        self.scheduler, self.agents = two_months(world), Agents(world)
        self.manager = world.of_role(Role.MANAGER)
        with world.store.reading() as session:
            ground = ground_of(session, roster_row(session, site_id(world), MONTH))
        self.legs = [form(leg) for leg in next(legs for legs in exchanges(ground) if ground.verdict(legs).allowed)]

    def file(self, legs: list[Told], path: str = PATH) -> Response:
        return self.agents[legs[0]["giver"]].post(f"{path}/swaps", json={"legs": legs})

    def duties(self, path: str) -> list[Told]:
        found: list[Told] = self.scheduler.get(f"{path}/duties").json()["duties"]
        return found

    def has(self, who: str, leg: Told) -> bool:
        path = PATH if leg["day"] < "2027" else JANUARY
        mine = [(duty["day"], duty["shift"]) for duty in self.duties(path) if duty["agent"] == who]
        return (leg["day"], leg["shift"]) in mine

    def approved(self) -> Told:
        swap = self.file(self.legs).json()
        path, taker = f"{SITE}/swaps/{swap['id']}", self.legs[0]["taker"]
        self.agents[taker].post(f"{path}/answers", json={"answer": "take"}, headers={"If-Match": "*"})
        done = self.manager.put(f"{path}/decision", json={"state": "approved"}, headers={"If-Match": "*"})
        assert done.status_code == 200, done.text
        found: Told = done.json()
        return found


def exchanges(ground: Ground) -> Iterator[tuple[Leg, ...]]:
    """A duty of the last days for one of the first days of the month after."""
    assert ground.after is not None
    late = [duty for duty in ground.roster.planned if duty.day.day >= 28]
    early = [duty for duty in ground.after.roster.planned if duty.day.day <= 6]
    pairs = ((give, back) for give in late for back in early if give.agent != back.agent)
    return ((Leg(give, back.agent), Leg(back, give.agent)) for give, back in pairs)


@pytest.fixture
def turn(world: World) -> Turn:
    return Turn(world)


def versions(client: TestClient, path: str) -> int:
    found: int = client.get(path).json()["versions"]
    return found


def test_a_duty_of_december_is_swapped_for_one_of_january_in_one_transaction(turn: Turn) -> None:
    before = versions(turn.scheduler, PATH), versions(turn.scheduler, JANUARY)
    done = turn.approved()
    assert (done.get("state"), done.get("kind")) == ("approved", "day-off"), done
    for told in turn.legs:
        assert turn.has(told["taker"], told)
        assert not turn.has(told["giver"], told)
    assert (versions(turn.scheduler, PATH), versions(turn.scheduler, JANUARY)) == (before[0] + 1, before[1] + 1)


def test_it_is_taken_back_in_both_months(turn: Turn) -> None:
    swap = turn.approved()
    path = f"{SITE}/swaps/{swap['id']}/undo"
    back = turn.agents[turn.legs[0]["giver"]].post(path, json={"reason": "想法变了"}, headers={"If-Match": "*"})
    assert back.json()["state"] == "withdrawn", back.text
    assert all(turn.has(told["giver"], told) for told in turn.legs)


def test_it_is_void_when_the_later_month_moves(turn: Turn) -> None:
    swap, late = turn.file(turn.legs).json(), turn.legs[1]
    duty = next(each for each in turn.duties(JANUARY) if (each["agent"], each["day"]) == (late["giver"], late["day"]))
    old = {name: duty[name] for name in ("shift", "work", "breaks")}
    for change in ({**old, "shift": "早"}, {**old, "shift": "中"}, None):
        told = {"agent": duty["agent"], "day": duty["day"], "old": old, "new": change and {**change, "breaks": []}}
        done = turn.scheduler.post(f"{JANUARY}/changes", json={"changes": [told], "note": "moved"})
        if done.status_code == 201:
            break
    else:
        raise AssertionError("nothing can be changed there")
    assert turn.manager.get(f"{SITE}/swaps/{swap['id']}").json()["state"] == "superseded"


def test_it_is_filed_in_the_earlier_month(turn: Turn) -> None:
    refused = turn.file(turn.legs, JANUARY)
    assert (refused.status_code, "in the earlier one" in refused.text) == (422, True)
    assert turn.file(turn.legs[1:], PATH).status_code == 422
