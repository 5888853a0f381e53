"""The agent's phone: what is next, a swap from search to force, wishes too late, offline, signing out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.api.rosters.solved import PATH
from tests.e2e.house import House

pytestmark = pytest.mark.enable_socket


def first_duty(house: House, number: str) -> str:
    """The day of somebody's first duty after the first week."""
    duties = house.world.signed_in("scheduler-harbour").get(f"{PATH}/duties").json()["duties"]
    return next(str(duty["day"]) for duty in duties if duty["agent"] == number and duty["day"] >= "2026-12-08")


def test_the_month_in_force_is_on_the_phone(published_house: House) -> None:
    with published_house.visitor("agent-p4", phone=True) as page:
        page.goto("/me/month/2026-12")
        expect(page.get_by_role("list", name="My shifts")).to_be_visible()
        count = published_house.world.signed_in("agent-p4").get("/api/v1/me/duties?first=2026-12-01&last=2026-12-31")
        expect(page.get_by_text(f"{len(count.json()['items'])} shifts")).to_be_visible()
        page.get_by_role("button", name="Everybody").click()
        expect(page.get_by_role("region", name="Everybody's shifts").get_by_role("row")).to_have_count(
            len(published_house.numbers()) + 1
        )


def test_a_swap_goes_from_search_over_consent_to_force(published_house: House) -> None:
    house = published_house
    day = first_duty(house, "P4")
    with house.visitor("agent-p4", phone=True) as page:
        page.goto(f"/me/swaps/new/{day}")
        partner = page.locator("ul button").first
        name = partner.locator("span").nth(1).inner_text().split("\n")[0]
        partner.click()
        expect(page.get_by_role("dialog")).to_contain_text("hours of the month")
        page.get_by_role("button", name="Send the request").click()
        expect(page.get_by_text("for the partner", exact=True)).to_be_visible()
    people = house.world.signed_in("scheduler-harbour").get("/api/v1/sites/harbour/people?limit=200").json()["items"]
    other = next(person["number"] for person in people if person["name"] == name)
    with house.visitor(f"agent-{other.lower()}", phone=True) as page:
        page.goto("/me/inbox")
        page.get_by_role("link", name="›").first.click()
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_text("for the scheduler", exact=True)).to_be_visible()
    with house.visitor("scheduler-harbour") as page:
        page.goto("/inbox")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Nothing waits for your decision")).to_be_visible()
    with house.visitor("agent-p4", phone=True) as page:
        page.goto("/me/swaps")
        expect(page.get_by_text("in force", exact=True)).to_be_visible()


def test_a_wish_that_comes_too_late_is_refused_with_the_reason(published_house: House) -> None:
    house = published_house
    with house.visitor("agent-p4", phone=True) as page:
        page.goto("/me/ask/wish")
        page.get_by_label("Day").fill("2026-12-15")
        page.get_by_role("button", name="File the wish").click()
        expect(page.get_by_role("alert")).to_be_visible()
        house.faults.clear()  # the browser itself tells of the refusal


def test_leave_is_filed_and_seen_below(published_house: House) -> None:
    with published_house.visitor("agent-p4", phone=True) as page:
        page.goto("/me/ask/leave")
        page.get_by_role("textbox", name="From").fill("2027-02-15")
        page.get_by_role("button", name="File the leave").click()
        expect(page.get_by_role("listitem").filter(has_text="annual leave")).to_be_visible()


def test_one_s_own_duties_are_readable_without_a_network(published_house: House) -> None:
    house = published_house
    with house.visitor("agent-p4", phone=True) as page:
        page.goto("/me")
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        page.get_by_role("heading", name="This week and the next").wait_for()
        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", name="This week and the next")).to_be_visible()
        expect(page.get_by_text("Offline")).to_be_visible()
        house.faults.clear()  # what is not kept cannot be fetched


def test_signing_out_leaves_nothing_behind(published_house: House) -> None:
    with published_house.visitor("agent-p4", phone=True) as page:
        page.goto("/me")
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        page.goto("/me/more")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        assert kept(page) == []


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("caches.keys()")
    return found
