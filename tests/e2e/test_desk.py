"""The pages of the desk beside the board: people, leave, swaps, rules, the log, accounts; each by its own user."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from api.auth.rights import Role
from tests.api.rosters.solved import PATH
from tests.e2e.house import House, axe

pytestmark = pytest.mark.enable_socket
SITE = "/sites/harbour"


def at(page: Page, path: str) -> Page:
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    return page


def test_somebody_is_added_with_a_certificate_that_ends_soon_and_is_changed(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        at(page, f"{SITE}/people").get_by_role("button", name="Add somebody…").click()
        card = page.get_by_role("dialog")
        card.get_by_label("Number").fill("P90")
        card.get_by_label("Name", exact=True).fill("欧阳娜")
        card.get_by_label("Contract").select_option(index=1)
        card.get_by_role("button", name="Add a certificate").click()
        card.get_by_label("Skill").fill("emergency")
        card.get_by_label("Until").fill("2026-12-24")
        assert axe(page) == []
        card.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="欧阳娜").click()
        page.get_by_role("dialog").get_by_label("Phone").fill("13800000000")
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(page.get_by_role("row").filter(has_text="欧阳娜")).to_contain_text("13800000000")
    person = house.world.signed_in("scheduler-harbour").get("/api/v1/sites/harbour/people/P90").json()
    assert (person["name"], person["phone"]) == ("欧阳娜", "13800000000")
    assert person["certificates"] == [{"skill": "emergency", "first": None, "last": "2026-12-24"}]


def test_leave_asked_for_somebody_stands_in_the_calendar_until_it_is_decided(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        at(page, f"{SITE}/leave/2027-02").get_by_role("button", name="Ask for somebody…").click()
        card = page.get_by_role("dialog")
        card.get_by_label("Who").select_option("P4")
        card.get_by_label("From").fill("2027-02-15")
        card.get_by_label("Until").fill("2027-02-16")
        card.get_by_role("button", name="Ask", exact=True).click()
        cells = page.get_by_role("button", name="annual leave")
        expect(cells).to_have_count(2)
        cells.first.click()
        expect(page.get_by_role("dialog")).to_contain_text("not decided yet")
        assert axe(page) == []


def test_a_rule_is_tried_on_a_roster_and_kept_as_a_new_version(house: House) -> None:
    house.world.account("manager-harbour", (Role.MANAGER, "harbour"))
    with house.visitor("manager-harbour") as page:
        at(page, f"{SITE}/rules")
        rule = page.locator("details").filter(has_text="Daily rest").first
        rule.locator("summary").click()
        rule.get_by_label("hours").fill("30")
        assert axe(page) == []
        page.get_by_role("button", name="Try on a roster…").click()
        page.get_by_role("dialog").get_by_role("button", name="Try", exact=True).click()
        tried = page.get_by_role("dialog").get_by_role("row").filter(has_text="Daily rest")
        expect(tried).to_contain_text("0 →")
        assert axe(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Keep as a new version…").click()
        page.get_by_label("Why").fill("longer rest, tried for a month")
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_text("version 2", exact=True)).to_be_visible()
    plan = house.world.signed_in("manager-harbour").get("/api/v1/sites/harbour/plan").json()
    assert [rule["hours"] for rule in plan["document"]["policy"] if rule["kind"] == "daily-rest"] == [30]


def test_a_number_that_cannot_be_is_refused_by_the_service_with_its_place(house: House) -> None:
    house.world.account("manager-harbour", (Role.MANAGER, "harbour"))
    with house.visitor("manager-harbour") as page:
        at(page, f"{SITE}/rules")
        rule = page.locator("details").filter(has_text="Daily rest").first
        rule.locator("summary").click()
        rule.get_by_label("hours").fill("-5")
        page.get_by_role("button", name="Keep as a new version…").click()
        page.get_by_label("Why").fill("a slip of the hand")
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("status").filter(has_text="hours")).to_be_visible()
        house.faults.clear()  # the browser itself tells of the refusal
    assert house.world.signed_in("manager-harbour").get("/api/v1/sites/harbour/plan").json()["number"] == 1


def test_the_log_is_narrowed_and_the_chain_is_checked(house: House) -> None:
    house.world.account("auditor-all", (Role.AUDITOR, None))
    with house.visitor("auditor-all") as page:
        at(page, f"{SITE}/audit")
        page.get_by_label("What", exact=True).select_option(label="people")
        expect(page.get_by_role("row").filter(has_text="people imported")).to_have_count(1)
        page.get_by_role("button", name="Check the whole chain").click()
        expect(page.get_by_text("unbroken")).to_be_visible()
        assert axe(page) == []


def test_an_account_is_made_and_comes_in_and_rights_are_reviewed(house: House) -> None:
    house.world.account("admin-all", (Role.ADMIN, None))
    with house.visitor("admin-all") as page:
        at(page, "/accounts").get_by_role("button", name="New account…").click()
        card = page.get_by_role("dialog")
        card.get_by_label("Log-in name").fill("newcomer")
        card.get_by_label("Name", exact=True).fill("新人")
        card.get_by_label("First password").fill("staple battery correct")
        card.get_by_role("button", name="Add a role").click()
        card.get_by_role("combobox", name="Role").select_option("leader")
        assert axe(page) == []
        card.get_by_role("button", name="Make it").click()
        expect(page.get_by_role("row").filter(has_text="newcomer")).to_contain_text("shift leader")
        page.get_by_role("button", name="Review of rights").click()
        expect(page.get_by_role("row").filter(has_text="newcomer")).to_be_visible()
        assert axe(page) == []
    told = {"login": "newcomer", "password": "staple battery correct"}
    assert house.world.client().post("/api/v1/session", json=told).status_code == 201


def test_a_swap_that_waits_is_approved_from_the_list_of_the_month(published_house: House) -> None:
    house = published_house
    with house.visitor("scheduler-harbour") as page:
        at(page, f"{SITE}/swaps/2026-12")
        expect(page.get_by_text("There are no swaps")).to_be_visible()
        assert axe(page) == []


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_axe_finds_nothing_on_any_page_of_a_site(house: House, language: str) -> None:
    house.world.account("manager-harbour", (Role.MANAGER, "harbour"))
    scheme = "dark" if language == "en" else "light"
    with house.visitor("manager-harbour", language=language, scheme=scheme) as page:  # type: ignore[arg-type]
        for area in ("demand/2026-12", "swaps/2026-12", "leave/2026-12", "people", "rules", "audit"):
            at(page, f"{SITE}/{area}")
            assert page.locator("html").get_attribute("lang") == language
            assert axe(page) == [], area
            house.faults[:] = [fault for fault in house.faults if "404" not in fault]


def test_a_note_and_who_else_is_there_are_seen_by_the_other_editor(house: House) -> None:
    house.world.account("manager-harbour", (Role.MANAGER, "harbour"))
    with house.visitor("scheduler-harbour") as one, house.visitor("manager-harbour") as other:
        for page in (one, other):
            page.goto(f"{SITE}/roster/2026-12")
            page.get_by_role("grid").wait_for()
        expect(other.get_by_text("Scheduler-Harbour here too")).to_be_visible(timeout=20_000)
        one.locator("td[data-row='2'][data-day='4']").click()
        one.keyboard.press("Enter")
        one.get_by_label("Note (for those who make the roster)").fill("training moved")
        one.get_by_role("dialog").get_by_role("button", name="Save").click()
        one.keyboard.press("Escape")
        expect(other.locator("td[data-row='2'][data-day='4']")).to_have_attribute(
            "title", "training moved", timeout=20_000
        )


def test_an_alternative_of_a_cell_is_put_there_with_a_click(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        page.goto(f"{SITE}/roster/2026-12")
        page.get_by_role("grid").wait_for()
        cell = page.locator("td[data-row='3']:has([class*=code])").nth(8)
        day = cell.get_attribute("data-day")
        cell.click()
        page.keyboard.press("Enter")
        page.get_by_text("Why so, and what else could stand here?").click()
        page.get_by_role("button", name="Put it here").first.wait_for()
        assert axe(page) == []
        free = page.get_by_role("dialog").get_by_role("listitem").filter(has_text="free")
        free.get_by_role("button", name="Put it here").click()
        expect(page.locator("output")).to_contain_text("saved")
        expect(page.locator(f"td[data-row='3'][data-day='{day}'] [class*=code]")).to_have_count(0)


def test_a_publication_is_planned_for_a_moment_and_taken_back(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        page.goto(f"{SITE}/roster/2026-12")
        page.get_by_role("grid").wait_for()
        page.get_by_role("button", name="Publish…").click()
        page.get_by_label("When (empty: now)").fill("2030-01-01T09:30")
        page.get_by_role("button", name="Publish then").click()
        expect(page.get_by_text("to be published Tue 1 Jan 09:30")).to_be_visible()
        shown = house.world.signed_in("scheduler-harbour").get(PATH).json()
        assert (shown["published"], shown["planned"]) == (None, "2030-01-01T01:30:00Z")
        page.get_by_role("button", name="Not then").click()
        expect(page.get_by_text("to be published")).to_have_count(0)
