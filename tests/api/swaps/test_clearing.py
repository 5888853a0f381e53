"""The board is cleared: one solve over all posts, its rings wait for who decides as swaps to which all agreed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from api.cycle.tick import tick
from api.files.site_form import SiteFile
from api.group.plans import add_plan
from api.store import tables as t
from api.swaps.clearing import cleared, propose
from domain.swaps import Leg
from tests.api.clients import World, at, document
from tests.api.rosters.solved import MONTH, site_id
from tests.api.swaps.parties import SITE, Floor, a_ring


@pytest.fixture
def floor(embedded: World) -> Floor:
    return Floor(embedded)


def posted_ring(floor: Floor) -> tuple[Leg, ...]:
    """A ring in which everybody posts his duty for the day of the one that he would get."""
    ring = a_ring(floor)
    taken = {leg.taker: leg.duty for leg in ring}
    for leg in ring:
        back = taken[leg.giver]
        floor.posted(leg, cover=False, days=[str(back.day)], shifts=[back.shift])
    return ring


def proposed(floor: Floor) -> dict[str, Any]:
    world = floor.world
    found = cleared(world.store, site_id(world), MONTH, 10)
    with world.store.writing() as work:
        return propose(work, site_id(world), MONTH, found)


def test_a_ring_that_nobody_saw_is_found_proposed_and_put_in_force(floor: Floor) -> None:
    ring = posted_ring(floor)
    told = proposed(floor)
    assert (told["met"], told["bound"], told["proved"], len(told["swaps"])) == (3, 3, True, 1)
    swap = floor.manager.get(f"{SITE}/swaps/{told['swaps'][0]}").json()
    assert (swap["kind"], swap["state"], swap["asker"]) == ("cycle", "waiting-scheduler", None)
    assert floor.decides(floor.scheduler, swap).json()["state"] == "approved"
    for leg in ring:
        assert (str(leg.duty.day), leg.duty.shift) in floor.duties(leg.taker)
    assert floor.scheduler.get(f"{SITE}/posts").json()["items"] == []
    assert proposed(floor)["swaps"] == []


def test_any_party_may_call_a_proposal_off(floor: Floor) -> None:
    ring = posted_ring(floor)
    told = proposed(floor)
    swap = {"id": told["swaps"][0]}
    agent = floor.agents[ring[1].giver]
    assert agent.get(f"{SITE}/swaps/{swap['id']}").json()["may"] == ["cancel"]
    ended = agent.post(f"{SITE}/swaps/{swap['id']}/cancel", json={}, headers=floor.tag(swap))
    assert ended.json()["state"] == "cancelled"
    assert len(floor.scheduler.get(f"{SITE}/posts").json()["items"]) == 3


def test_what_moved_since_it_was_found_is_left_out(floor: Floor) -> None:
    ring = posted_ring(floor)
    world = floor.world
    found = cleared(world.store, site_id(world), MONTH, 10)
    post = floor.agents[ring[0].giver].get(f"{SITE}/posts").json()["items"][-1]
    assert floor.scheduler.delete(f"{SITE}/posts/{post['id']}").status_code == 200
    with world.store.writing() as work:
        assert propose(work, site_id(world), MONTH, found)["swaps"] == []


def test_the_board_is_cleared_by_itself_at_its_times_once_each(floor: Floor) -> None:
    posted_ring(floor)
    world = floor.world
    with world.store.writing() as work:
        changed = {**document(), "swaps": {"clear_at": ["12:00", "18:00"]}}
        site = work.session.get_one(t.Site, site_id(world))
        add_plan(work, site, SiteFile.model_validate(changed), "", by=None)
    for hour in (3, 4, 5, 10, 11):  # UTC; noon in Shanghai is 4, six o'clock 10
        world.time.now = at(2026, 11, 27, hour)
        tick(world.service)
        with world.store.writing() as work:
            for job in work.session.scalars(select(t.Job).where(t.Job.kind == "clear", t.Job.state == "waiting")):
                job.state = "done"
    with world.store.reading() as session:
        made = session.scalars(select(t.Job.made_at).where(t.Job.kind == "clear").order_by(t.Job.id)).all()
    assert [moment.hour for moment in made] == [4, 10]
