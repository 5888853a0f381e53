"""Every page for everybody: axe against WCAG 2.2 AA in both languages and schemes, no console error, print."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.house import House, Scheme, axe

pytestmark = pytest.mark.enable_socket
DESK = ["/sites/harbour/roster/2026-12", "/sites/harbour/roster/2027-03", "/cycle", "/inbox"]
PHONE = ["/me", "/me/month/2026-12", "/me/ask/wish", "/me/ask/leave", "/me/swaps", "/me/swaps/board", "/me/swaps/new",
         "/me/inbox", "/me/more"]  # fmt: skip
LOOKS: list[tuple[str, Scheme]] = [("en", "light"), ("zh-CN", "dark")]


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_axe_finds_nothing_at_the_desk(house: House, language: str, scheme: Scheme) -> None:
    with house.visitor("scheduler-harbour", language=language, scheme=scheme) as page:
        for path in DESK:
            page.goto(path)
            page.wait_for_load_state("networkidle")
            assert page.locator("html").get_attribute("lang") == language
            assert axe(page) == [], path
            house.faults[:] = [fault for fault in house.faults if "404" not in fault]


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_axe_finds_nothing_on_the_phone(published_house: House, language: str, scheme: Scheme) -> None:
    with published_house.visitor("agent-p4", phone=True, language=language, scheme=scheme) as page:
        for path in PHONE:
            page.goto(path)
            page.wait_for_load_state("networkidle")
            assert axe(page) == [], path
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wide, f"{path} is wider than the phone"


def test_the_month_prints_on_landscape_paper_without_buttons(house: House) -> None:
    with house.visitor("scheduler-harbour") as page:
        page.goto("/sites/harbour/roster/2026-12")
        page.wait_for_load_state("networkidle")
        paper = PdfReader(BytesIO(page.pdf(format="A3", landscape=True, print_background=True)))
        words = "".join(sheet.extract_text() for sheet in paper.pages)
        assert "December 2026" in words
        assert "Publish…" not in words
        assert len(paper.pages) <= 2


def test_signing_in_leads_to_the_page_of_one_s_work(published_house: House) -> None:
    for login, address in (("scheduler-harbour", "/sites/harbour/roster"), ("agent-p4", "/me")):
        with published_house.visitor(login) as page:
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert page.url == published_house.address + address
            published_house.faults.clear()
