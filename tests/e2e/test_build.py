"""From calls to a roster by hand: import, forecast, what is laid over it, building, what-if, mending, publishing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.clients import working_world
from tests.api.harbour import calls
from tests.api.rosters.solved import PATH, staffed
from tests.e2e.house import House, axe, listening

pytestmark = pytest.mark.enable_socket
SITE = "/sites/harbour"
LONG = 90_000


@pytest.fixture
def working(request: pytest.FixtureRequest) -> Iterator[House]:
    """A site with its people whose jobs run; its engine starts before the browser has an event loop in this thread."""
    with working_world("sqlite") as world:
        staffed(world)
        browser: Browser = request.getfixturevalue("browser")
        with listening(world) as address:
            yield House(browser, world, address)


def test_the_whole_month_of_a_scheduler(working: House, tmp_path: Path) -> None:
    calls(tmp_path / "calls.csv.gz")
    with working.visitor("scheduler-harbour") as page:
        foreseen(page, tmp_path / "calls.csv.gz")
        working.faults.clear()  # before a forecast is made there is none: the browser tells of each 404
        laid_over(page)
        assert axe(page) == []
        page.goto(f"{SITE}/roster/2026-12")
        page.get_by_role("grid").wait_for()
        built(page)
        asked_what_if(page)
        mended(page)
        page.get_by_role("button", name="Publish…").click()
        page.get_by_label("Note to the people").fill("December")
        page.get_by_role("button", name="Publish now").click()
        expect(page.get_by_text("published v1", exact=False)).to_be_visible(timeout=LONG)
    assert working.world.signed_in("scheduler-harbour").get(PATH).json()["published"] == 1


def foreseen(page: Page, file: Path) -> None:
    """Calls go in, a forecast and the people it needs come out."""
    page.goto(f"{SITE}/demand/2026-12")
    page.get_by_label("File (CSV or Excel)").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("calls", exact=False).filter(has_text="rows")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("button", name="Take back")).to_be_visible()
    page.get_by_role("button", name="Forecast anew").click()
    expect(page.get_by_text("person-hours needed")).to_be_visible(timeout=LONG)


def laid_over(page: Page) -> None:
    """A cold snap is laid over the forecast, drawn along by keys and by pointer, and the need follows."""
    page.get_by_role("button", name="+ Lay something over it").click()
    page.get_by_label("What for").fill("cold snap")
    page.get_by_role("dialog").get_by_label("From").fill("2026-12-14")
    page.get_by_role("dialog").get_by_label("Until").fill("2026-12-15")
    page.get_by_role("button", name="Keep", exact=True).click()
    bar = page.get_by_role("button", name="cold snap +20 %")
    bar.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="cold snap +20 %")).to_be_visible()
    box = bar.bounding_box()
    assert box is not None
    day = box["width"] / 2
    page.mouse.move(box["x"] + day, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 3 * day, box["y"] + 10, steps=6)
    page.mouse.up()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="cold snap +20 %").press("Enter")
    expect(page.get_by_role("dialog").get_by_label("From")).to_have_value("2026-12-17")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Work the people out anew").click()
    page.get_by_text("Targets and their price in people").click()
    expect(page.get_by_role("row").filter(has_text="95 %")).to_be_visible(timeout=LONG)


def built(page: Page) -> None:
    """A roster is built and becomes the draft."""
    page.get_by_role("button", name="Build…").click()
    page.get_by_role("dialog").get_by_label("Time").select_option("30")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert axe(page) == []
    page.wait_for_timeout(6000)
    page.get_by_role("button", name="Stop and take the best").click()
    take = page.get_by_role("button", name="Make it the draft")
    expect(take).to_be_visible(timeout=LONG)
    assert axe(page) == []
    take.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("td [class*=code]").first).to_be_visible()


def asked_what_if(page: Page) -> None:
    """One person more: both rosters stand side by side in their figures."""
    page.get_by_role("button", name="Build…").click()
    page.get_by_role("button", name="What if").click()
    page.get_by_label("Demand").select_option("1")
    page.get_by_label("More people").select_option("1")
    page.get_by_role("dialog").get_by_label("Time").select_option("30")
    page.get_by_role("button", name="Compare with the month as it is").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.wait_for_timeout(8000)
    page.get_by_role("button", name="Stop, with what there is").click()
    expect(page.get_by_role("row").filter(has_text="as it is").first).to_be_visible(timeout=LONG)
    assert axe(page) == []
    page.keyboard.press("Escape")


def mended(page: Page) -> None:
    """A day is empty; the fewest changes that mend the month come with their reasons."""
    page.locator("td[data-row='0'][data-day='15']").click()
    last = page.locator("tbody tr").count() - 1
    page.locator(f"td[data-row='{last}'][data-day='15']").click(modifiers=["Shift"])
    page.keyboard.press("Delete")
    expect(page.locator("output")).to_contain_text("saved")
    page.get_by_role("button", name="Build…").click()
    page.get_by_role("button", name="Mend", exact=True).click()
    page.get_by_role("button", name="Mend the draft").click()
    take = page.get_by_role("button", name="Take this way").first
    expect(take).to_be_visible(timeout=LONG)
    assert axe(page) == []
    take.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
