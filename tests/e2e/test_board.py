"""The scheduler's board, by hand: keys, clipboard, drag, undo, verdicts, publishing, two editors."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.rosters.solved import PATH
from tests.api.rosters.test_rosters import away
from tests.e2e.house import House, axe

pytestmark = pytest.mark.enable_socket
WHERE = "/sites/harbour/roster/2026-12"


def opened(page: Page) -> Page:
    page.goto(WHERE)
    page.get_by_role("grid").wait_for()
    expect(page.get_by_role("button", name="amber")).to_be_visible()
    return page


def cell(page: Page, row: int, day: int) -> Locator:
    return page.locator(f"td[data-row='{row}'][data-day='{day - 1}']")


def codes(house: House) -> dict[tuple[str, str], str]:
    """The draft as the service has it."""
    duties = house.world.signed_in("scheduler-harbour").get(f"{PATH}/draft").json()["duties"]
    return {(duty["agent"], duty["day"]): duty["shift"] for duty in duties}


def pins(house: House) -> int:
    return len(house.world.signed_in("scheduler-harbour").get(f"{PATH}/draft").json()["pins"])


def free_and_taken(page: Page) -> tuple[Locator, Locator]:
    """A free cell and one with a duty, in the first row, in the second half of the month."""
    line = [cell(page, 0, day) for day in range(12, 30)]
    marks = [each.locator("[class*=code]").count() for each in line]
    return line[marks.index(0)], line[marks.index(1)]


def standing(at: Locator) -> str:
    """The code in a cell; empty: none."""
    return "".join(at.locator("[class*=code]").all_inner_texts())


def saved(page: Page) -> str:
    """The verdict on the last edit."""
    verdict = page.locator("output")
    expect(verdict).to_contain_text("saved")
    return verdict.inner_text()


def test_a_key_sets_a_shift_and_the_verdict_names_rule_and_source(either: House) -> None:
    with either.visitor("scheduler-harbour") as page:
        free, _ = free_and_taken(opened(page))
        before = codes(either)
        free.click()
        page.keyboard.press("1")
        assert "saved" in saved(page)
        assert len(codes(either)) == len(before) + 1
        page.keyboard.press("Control+z")
        expect(free.locator("[class*=code]")).to_have_count(0)
        expect(page.get_by_role("button", name="Redo")).to_be_enabled()
        expect(page.locator("output")).not_to_contain_text("saving")
        assert codes(either) == before


def test_copy_and_paste_take_a_block_along(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        opened(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        cell(page, 1, 8).click()
        for _ in range(3):
            page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Control+c")
        text = page.evaluate("navigator.clipboard.readText()")
        assert text.count("\t") == 3
        cell(page, 2, 8).click()
        page.keyboard.press("Control+v")
        saved(page)
        told = [standing(cell(page, row, day)) for row in (1, 2) for day in range(8, 12)]
        assert told[:4] == told[4:] == text.split("\t")


def test_unknown_codes_are_told_and_nothing_is_pasted(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        opened(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        before = codes(house)
        page.evaluate("navigator.clipboard.writeText('甲\\t早')")
        cell(page, 0, 8).click()
        page.keyboard.press("Control+v")
        expect(page.get_by_text("no shift “甲”")).to_be_visible()
        assert codes(house) == before


@pytest.mark.parametrize("way", ["drag", "keys"])
def test_a_duty_is_moved_by_dragging_and_by_keys_alike(house: House, way: str) -> None:
    with house.visitor("scheduler-harbour") as page:
        free, taken = free_and_taken(opened(page))
        code = taken.locator("[class*=code]").inner_text()
        taken.click()
        if way == "drag":
            taken.drag_to(free)
        else:
            page.keyboard.press("m")
            free.focus()
            free.click()
            page.keyboard.press("m")
        saved(page)
        expect(free.locator("[class*=code]")).to_have_text(code)
        expect(taken.locator("[class*=code]")).to_have_count(0)


def test_a_broken_rule_is_red_in_the_cell_and_in_the_list_and_blocks_publishing(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        opened(page)
        late = ((row, day) for row in range(8) for day in range(3, 29) if standing(cell(page, row, day)) == "中")
        row, day = next((row, day) for row, day in late if standing(cell(page, row, day + 1)) != "早")
        cell(page, row, day + 1).click()
        page.keyboard.press("1")
        assert "breaks a rule" in saved(page)
        expect(cell(page, row, day + 1).locator("[class*=badge][data-hard]")).to_be_visible()
        page.get_by_role("button", name="red ·").click()
        expect(page.get_by_role("complementary")).to_contain_text("at least")
        page.get_by_role("button", name="Publish…").click()
        expect(page.get_by_role("dialog")).to_contain_text("blocks publishing")
        expect(page.get_by_role("button", name="Publish now")).to_be_disabled()


def test_a_clean_draft_is_published_and_then_told_apart_from_its_changes(either: House) -> None:
    with either.visitor("scheduler-harbour") as page:
        opened(page)
        expect(page.get_by_text("draft · not published")).to_be_visible()
        page.get_by_role("button", name="Publish…").click()
        page.get_by_label("Note to the people").fill("新年快乐")
        page.get_by_role("button", name="Publish now").click()
        expect(page.get_by_text("Version 1 is published and proved")).to_be_visible()
        expect(page.get_by_text("published v1", exact=True)).to_be_visible()
        free, _ = free_and_taken(page)
        free.click()
        page.keyboard.press("2")
        saved(page)
        expect(page.get_by_text("1 cells differ")).to_be_visible()
        page.get_by_role("button", name="Versions…").click()
        compared = page.get_by_role("dialog", name="Compare versions")
        expect(compared).to_contain_text("新年快乐")
        assert axe(page) == []
        page.keyboard.press("Escape")
        expect(free.locator("[data-draft]")).to_be_visible()


def test_a_locked_cell_shows_its_lock_and_the_service_keeps_it(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        _, taken = free_and_taken(opened(page))
        before = pins(house)
        taken.click()
        page.keyboard.press("l")
        expect(taken.locator("svg")).to_be_visible()
        expect(page.locator("output")).not_to_contain_text("saving")
        assert pins(house) == before + 1


def test_the_card_of_a_cell_takes_a_chinese_code_as_it_is_typed(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        free, _ = free_and_taken(opened(page))
        free.click()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.insert_text("早")
        page.keyboard.press("Enter")
        saved(page)
        expect(free.locator("[class*=code]")).to_have_text("早")


def test_a_click_on_a_strip_opens_the_day_and_a_bar_opens_its_cell(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        opened(page)
        page.locator("tfoot td button").nth(7).click()
        day = page.get_by_role("dialog", name="Tue 8 Dec")
        expect(day).to_contain_text("fewest emergency people")
        assert axe(page) == []
        bar = day.locator("button[title]").filter(has_text="早").first
        bar.focus()
        page.keyboard.press("Alt+ArrowRight")
        expect(page.locator("output")).to_contain_text("saved")
        day.locator("button[title]").first.click()
        expect(page.get_by_role("dialog").get_by_label("Code of a shift")).to_be_visible()
        assert axe(page) == []


def test_what_another_editor_changes_is_seen_without_a_reload(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        _, taken = free_and_taken(opened(page))
        row, day = taken.get_attribute("data-row"), int(taken.get_attribute("data-day") or 0)
        client = house.world.signed_in("scheduler-harbour")
        number = client.get(f"{PATH}/board").json()["people"][int(row or 0)]["number"]
        duties = client.get(f"{PATH}/draft").json()["duties"]
        mine = next(duty for duty in duties if duty["agent"] == number and duty["day"] == f"2026-12-{day + 1:02}")
        client.patch(f"{PATH}/draft", json={"changes": [away(mine)]})
        expect(taken.locator("[class*=code]")).to_have_count(0, timeout=15_000)


def test_two_editors_of_different_cells_both_keep_their_edits(house: House) -> None:
    with house.visitor("scheduler-harbour") as one, house.visitor("scheduler-harbour") as other:
        opened(one)
        opened(other)
        before = codes(house)
        free, _ = free_and_taken(one)
        free.click()
        one.keyboard.press("1")
        saved(one)
        _, same = free_and_taken(other)
        same.click()
        other.keyboard.press("Delete")
        saved(other)
        after = codes(house)
        assert len(set(after.items()) ^ set(before.items())) == 2
        house.faults[:] = [fault for fault in house.faults if "412" not in fault]
