"""Papers: everybody and every day on them, Chinese and English, the font inside, whatever people are called."""

from __future__ import annotations

import io

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from sqlalchemy import select

from api.auth.rights import Role
from api.store import tables as t
from tests.api.clients import World
from tests.api.rosters.solved import PATH, drafted_world

SHEET = "/api/v1/sites/harbour/day-sheets/2026-12-07"


@pytest.fixture
def published(embedded: World) -> World:
    world = drafted_world(embedded)
    with world.store.writing() as work:
        people = work.session.scalars(select(t.Person)).all()
        people[0].name = "䶮㛃 #evil[*x*] $y$"
        for person in people[:4]:
            person.team = people[0].team or t.Team(site_id=person.site_id, name="一班")
    desk = world.signed_in("scheduler-harbour")
    assert desk.post(f"{PATH}/publications", json={}, headers={"If-Match": "*"}).status_code == 201
    return world


def read(client: TestClient, path: str, language: str = "zh-CN", **params: str) -> PdfReader:
    got = client.get(path, params=params, headers={"Accept-Language": language})
    assert got.status_code == 200, got.text
    assert got.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(got.content))


def words(reader: PdfReader, page: int = 0) -> str:
    return reader.pages[page].extract_text().replace("\n", "").replace(" ", "")


def test_a_month_has_a_page_a_team_on_a3_with_everybody_legend_and_signatures(published: World) -> None:
    paper = read(published.signed_in("scheduler-harbour"), f"{PATH}/paper")
    assert len(paper.pages) == 2
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [1191, 842]
    assert "未分组" in words(paper)
    assert "一班" in words(paper, 1)
    for told in ("港湾燃气", "员工8", "早班", "制表:", "第1页/共2页", "版"):
        assert told in words(paper)
    assert "䶮㛃#evil[*x*]$y$" in words(paper, 1)


def test_a_team_and_a_draft_may_be_asked_for_in_english(published: World) -> None:
    desk = published.signed_in("scheduler-harbour")
    paper = read(desk, f"{PATH}/paper", "en", team="一班", of="draft")
    assert len(paper.pages) == 1
    assert "draft,revision" in words(paper)
    assert desk.get(f"{PATH}/paper", params={"team": "二班"}).status_code == 404


def test_the_font_goes_with_the_file(published: World) -> None:
    paper = read(published.signed_in("scheduler-harbour"), SHEET)
    fonts = paper.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        below = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile3" in below["/FontDescriptor"].get_object()


def test_a_days_sheet_is_for_everybody_of_the_site_and_names_no_leave(published: World) -> None:
    told = words(read(published.of_role(Role.AGENT, number="P1"), SHEET))
    for part in ("值班表12月7日(周一)", "早班", "签到", "交班人", "待办移交"):
        assert part in told
    assert "年" not in told.replace("2026年", "")


def test_a_day_of_a_month_that_is_not_published_has_no_sheet(published: World) -> None:
    desk = published.signed_in("scheduler-harbour")
    assert desk.get("/api/v1/sites/harbour/day-sheets/2027-01-07").status_code == 404
