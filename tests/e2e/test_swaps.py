"""Each kind of swap on a phone, and who decides: an exchange, a posted duty, an open one, the fourth of a month."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.swaps import SwapKind
from tests.api.clients import new_world
from tests.api.rosters.solved import PATH
from tests.api.swaps.parties import SITE, Floor
from tests.api.swaps.test_board import open_duty
from tests.api.swaps.test_swaps import covers_of
from tests.e2e.house import House, axe, listening

pytestmark = pytest.mark.enable_socket
There = tuple[House, Floor]


@pytest.fixture
def there(browser: Browser) -> Iterator[There]:
    """A published December with agents at their phones."""
    with new_world("sqlite", "harbour") as world:
        floor = Floor(world)
        with listening(world) as address:
            yield House(browser, world, address), floor


def state(page: Page, words: str) -> None:
    expect(page.get_by_text(words, exact=True).first).to_be_visible()


def accepted(house: House, who: str, then: str) -> None:
    """Somebody finds the request in the inbox of his phone and takes it."""
    with house.visitor(who, phone=True) as page:
        page.goto("/me/inbox")
        page.get_by_role("link", name="›").first.click()
        page.get_by_role("button", name="Accept").click()
        state(page, then)


def decided(house: House, login: str) -> None:
    with house.visitor(login) as page:
        page.goto("/inbox")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Nothing waits for your decision")).to_be_visible()


def test_an_exchange_names_the_day_that_comes_back(there: There) -> None:
    house, floor = there
    (legs,) = floor.legal(SwapKind.EXCHANGE)
    mine, theirs = legs
    for leg in legs:
        floor.agents.arrive(leg.giver)
    with house.visitor(mine.giver.lower(), phone=True) as page:
        page.goto(f"/me/swaps/new/{mine.duty.day}")
        page.get_by_role("group").get_by_role("button", name=str(theirs.duty.day.day), exact=False).first.wait_for()
        wanted = page.locator("fieldset button").filter(has_text=str(theirs.duty.day.day)).first
        if not wanted.count():
            pytest.skip("the day that would come back lies further off than the form looks")
        wanted.click()
        name = floor.scheduler.get(f"{SITE}/people/{theirs.giver}").json()["name"]
        page.get_by_role("button").filter(has_text=name).filter(has_text="for ").first.click()
        expect(page.get_by_role("dialog")).to_contain_text("hours of the month")
        assert axe(page) == []
        page.get_by_role("button", name="Send the request").click()
        state(page, "for the partner")
    accepted(house, theirs.giver.lower(), "for the scheduler")
    decided(house, "scheduler-harbour")
    assert (str(theirs.duty.day), theirs.duty.shift) in floor.duties(mine.giver)
    assert (str(mine.duty.day), mine.duty.shift) in floor.duties(theirs.giver)


def test_a_duty_on_the_board_is_taken_by_a_colleague_and_decided(there: There) -> None:
    house, floor = there
    ((leg,),) = floor.legal(SwapKind.COVER)
    for who in (leg.giver, leg.taker):
        floor.agents.arrive(who)
    with house.visitor(leg.giver.lower(), phone=True) as page:
        page.goto(f"/me/swaps/new/{leg.duty.day}")
        page.get_by_role("button", name="Post it on the board").click()
        page.get_by_label("A word").fill("who could?")
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.get_by_text("who could?")).to_be_visible()
    with house.visitor(leg.taker.lower(), phone=True) as page:
        page.goto("/me/swaps/board")
        page.get_by_role("button").filter(has_text="who could?").click()
        assert axe(page) == []
        page.get_by_role("button", name="I take it").click()
        page.wait_for_url("**/me/swaps")
        state(page, "for the scheduler")
    decided(house, "scheduler-harbour")
    assert (str(leg.duty.day), leg.duty.shift) in floor.duties(leg.taker)


def test_an_open_duty_is_claimed(there: There) -> None:
    house, floor = there
    day, shift, takers = open_duty(floor)
    who = takers[0]
    floor.agents.arrive(who)
    floor.scheduler.post(f"{PATH}/posts", json={"day": day, "shift": shift, "open": True})
    with house.visitor(who.lower(), phone=True) as page:
        page.goto("/me/swaps/board")
        page.get_by_role("button").filter(has_text="open, to be claimed").click()
        page.get_by_role("button", name="I take it").click()
        page.wait_for_url("**/me/swaps")
        state(page, "for the scheduler")
    with house.visitor("scheduler-harbour") as page:
        page.goto("/sites/harbour/swaps/2026-12")
        page.get_by_role("row").filter(has_text="open shift").get_by_role("button").click()
        page.get_by_role("dialog").get_by_role("button", name="Approve").click()
        expect(page.get_by_role("row").filter(has_text="open shift")).to_contain_text("in force")
    assert (day, shift) in floor.duties(who)


def test_the_fourth_swap_of_a_month_goes_to_the_manager(there: There) -> None:
    house, floor = there
    asker = floor.legal(SwapKind.COVER)[0][0].giver
    for _ in range(3):
        swap = floor.matched(next(covers_of(floor, asker)))
        assert floor.decides(floor.scheduler, swap).status_code == 200
    (leg,) = next(covers_of(floor, asker))
    floor.agents.arrive(leg.taker)
    with house.visitor(asker.lower(), phone=True) as page:
        page.goto(f"/me/swaps/new/{leg.duty.day}")
        name = floor.scheduler.get(f"{SITE}/people/{leg.taker}").json()["name"]
        page.get_by_role("button").filter(has_text=name).filter(has_text="as a cover").first.click()
        expect(page.get_by_role("dialog")).to_contain_text("swap 4 of the month; up to 3 by the scheduler")
        page.get_by_role("button", name="Send the request").click()
        state(page, "for the partner")
    accepted(house, leg.taker.lower(), "for the manager")
    with house.visitor("scheduler-harbour") as page:
        page.goto("/inbox")
        expect(page.get_by_text("Nothing waits for your decision")).to_be_visible()
    decided(house, "manager-harbour")
    assert (str(leg.duty.day), leg.duty.shift) in floor.duties(leg.taker)
