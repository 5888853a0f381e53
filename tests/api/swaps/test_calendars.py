"""Each kind of swap from the wish to the changed calendars: over HTTP alone, as people and their phones see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import combinations
from typing import Any

import pytest
from icalendar import Calendar

from api.files.site_form import SiteFile
from api.group.plans import add_plan
from api.store import tables as t
from api.swaps.clearing import cleared, propose
from domain.swaps import Leg, SwapKind, kind_of
from tests.api.clients import World, document
from tests.api.rosters.solved import MONTH, PATH, site_id
from tests.api.swaps.parties import PEOPLE, SITE, Floor, a_ring, form
from tests.api.swaps.test_board import open_duty

Hours = tuple[datetime, datetime]
Story = tuple[dict[str, Any], tuple[str, ...]]
"""A swap that waits for the scheduler, and the people in it."""


@pytest.fixture
def floor(world: World) -> Floor:
    return Floor(world)


class Phones:
    """Everybody's subscription, and what it shows."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        made = {who: floor.agents[who].post("/api/v1/me/feeds", json={"name": "手机"}).json() for who in PEOPLE}
        self._paths = {who: found["path"] for who, found in made.items()}

    def hours(self, who: str) -> set[Hours]:
        """What somebody works, by his calendar."""
        body = self._floor.world.client().get(self._paths[who]).content
        events = [event for event in Calendar.from_ical(body).walk("VEVENT") if event["transp"] == "OPAQUE"]
        return {(event.decoded("dtstart"), event.decoded("dtend")) for event in events}

    def all_hours(self) -> dict[str, set[Hours]]:
        return {who: self.hours(who) for who in PEOPLE}


def a_cover(floor: Floor) -> Story:
    """Somebody would give a duty away: he posts it, a colleague takes it from the board."""
    (legs,) = floor.legal(SwapKind.COVER)
    post = floor.posted(legs[0], cover=True)
    told = {**form(legs[0]), "post": post["id"]}
    made = floor.agents[legs[0].taker].post(f"{PATH}/swaps", json={"legs": [told]})
    return made.json(), (legs[0].giver, legs[0].taker)


def an_exchange(floor: Floor) -> Story:
    """Somebody wants the other shift of the day: he asks a colleague, who says yes."""
    (legs,) = floor.legal(SwapKind.EXCHANGE)
    return floor.matched(legs), (legs[0].giver, legs[0].taker)


def a_day_off(floor: Floor) -> Story:
    """Somebody wants a day off and names the days he would work for it; a colleague meets the terms."""
    (legs,) = floor.legal(SwapKind.DAY_OFF)
    back = legs[1].duty
    post = floor.posted(legs[0], cover=False, days=[str(back.day)], shifts=[back.shift])
    told = [{**form(legs[0]), "post": post["id"]}, form(legs[1])]
    made = floor.agents[legs[0].taker].post(f"{PATH}/swaps", json={"legs": told})
    return made.json(), (legs[0].giver, legs[0].taker)


def a_ring_of_three(floor: Floor) -> Story:
    """Three people post what they would give and want; the clearing sees the ring that nobody saw."""
    ring = a_ring(floor)
    taken = {leg.taker: leg.duty for leg in ring}
    for leg in ring:
        back = taken[leg.giver]
        floor.posted(leg, cover=False, days=[str(back.day)], shifts=[back.shift])
    world = floor.world
    found = cleared(world.store, site_id(world), MONTH, 10)
    with world.store.writing() as work:
        told = propose(work, site_id(world), MONTH, found)
    return {"id": told["swaps"][0]}, tuple(leg.giver for leg in ring)


def an_open_duty(floor: Floor) -> Story:
    """A duty that nobody has is claimed."""
    day, shift, takers = open_duty(floor)
    post = floor.scheduler.post(f"{PATH}/posts", json={"day": day, "shift": shift, "open": True}).json()
    body = {"legs": [{"taker": takers[0], "post": post["id"]}]}
    return floor.agents[takers[0]].post(f"{PATH}/swaps", json=body).json(), (takers[0],)


def several_duties(floor: Floor) -> Story:
    """Two duties go to the same colleague, together or not at all."""
    ground = floor.ground()
    duties = [duty for duty in ground.roster.planned if duty.day.day >= 5]
    for one, two in combinations(duties, 2):
        for taker in PEOPLE if one.agent == two.agent else ():
            legs = (Leg(one, taker), Leg(two, taker)) if taker != one.agent else ()
            if legs and kind_of(legs) is SwapKind.BUNDLE and ground.verdict(legs).allowed:
                return floor.matched(legs), (one.agent, taker)
    raise AssertionError("no two duties can go to one person")


def a_part(floor: Floor) -> Story:
    """Half a duty goes to a colleague, where the site has shift types for it."""
    parted = document()
    halves = (("前", "08:00", "12:00"), ("后", "12:00", "16:00"))
    works = ["service", "emergency"]
    parted["shifts"] += [
        {"code": code, "label": {"zh": code, "en": code}, "start": start, "end": end, "works": works}
        for code, start, end in halves
    ]
    with floor.world.store.writing() as work:
        site = work.session.get_one(t.Site, site_id(floor.world))
        add_plan(work, site, SiteFile.model_validate(parted), "", by=None)
    for (leg,) in floor.legal(SwapKind.COVER, 3):
        if leg.duty.shift == "早":
            told = {**form(leg), "split": {"kept": "前", "passed": "后"}}
            made = floor.agents[leg.giver].post(f"{PATH}/swaps", json={"legs": [told]}).json()
            return floor.says(leg.taker, made, "take").json(), (leg.giver, leg.taker)
    raise AssertionError("no early duty can be passed on")


STORIES: dict[SwapKind, Callable[[Floor], Story]] = {
    SwapKind.COVER: a_cover,
    SwapKind.EXCHANGE: an_exchange,
    SwapKind.DAY_OFF: a_day_off,
    SwapKind.CYCLE: a_ring_of_three,
    SwapKind.OPEN: an_open_duty,
    SwapKind.BUNDLE: several_duties,
    SwapKind.PART: a_part,
}


def test_there_is_a_story_of_every_kind() -> None:
    assert set(STORIES) == set(SwapKind)


@pytest.mark.parametrize("kind", list(STORIES))
def test_a_swap_goes_from_the_wish_to_the_changed_calendars(floor: Floor, kind: SwapKind) -> None:
    phones = Phones(floor)
    swap, people = STORIES[kind](floor)
    before = phones.all_hours()
    waiting = floor.scheduler.get(f"{SITE}/swaps/{swap['id']}").json()
    assert (waiting["kind"], waiting["state"]) == (kind.value, "waiting-scheduler"), waiting
    assert ("swap", swap["id"]) in [
        (row["matter"], row["id"]) for row in floor.scheduler.get("/api/v1/me/inbox").json()["items"]
    ]
    done = floor.decides(floor.scheduler, swap)
    assert done.status_code == 200, done.text
    after = phones.all_hours()
    assert {who for who in PEOPLE if before[who] != after[who]} == set(people)
    assert worked(after) - worked(before) == (8.0 if kind is SwapKind.OPEN else 0.0)
    told = {row["kind"] for row in floor.agents[people[0]].get("/api/v1/me/notices").json()["items"]}
    assert {"roster", "swap-approved"} <= told


def worked(calendars: dict[str, set[Hours]]) -> float:
    """Hours in all calendars together: a swap makes none and loses none."""
    spans = [span for mine in calendars.values() for span in mine]
    return sum((end - start).total_seconds() for start, end in spans) / 3600
