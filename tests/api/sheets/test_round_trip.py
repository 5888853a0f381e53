"""A month goes out as a workbook, is worked on, and comes back: only what was changed in it changes."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.auth.rights import Role
from tests.api.clients import World
from tests.api.rosters.solved import PATH, december, drafted_world
from tests.api.sheets.books import edited, exported, place, row_of, sent

DAY = date(2026, 12, 10)


@pytest.fixture
def desk(embedded: World) -> TestClient:
    return drafted_world(embedded).signed_in("scheduler-harbour")


def duty_on(day: date, *, free: bool = False) -> str:
    """Somebody who works on a day, or who does not."""
    working = {agent for told, agent, *_ in december() if told == day.isoformat()}
    return next(agent for agent in (f"P{n}" for n in range(1, 9)) if (agent in working) is not free)


def test_a_file_that_nobody_touched_changes_nothing(desk: TestClient) -> None:
    for language in ("zh-CN", "en"):
        before = desk.get(f"{PATH}/draft").json()
        told = sent(desk, exported(desk, language=language))
        assert told.status_code == 200, told.text
        assert told.json()["changes"] == []
        assert desk.get(f"{PATH}/draft").json() == before


def test_an_edited_cell_is_told_with_the_verdict_and_then_taken(world: World) -> None:
    desk = drafted_world(world).signed_in("scheduler-harbour")
    who = duty_on(DAY)

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, who), place(DAY)).value = "休"

    content = edited(exported(desk), edit)
    told = sent(desk, content, dry_run=True).json()
    assert [(change["agent"], change["day"], change["new"]) for change in told["changes"]] == [(who, str(DAY), None)]
    assert told["verdict"]["broken"]
    assert len(desk.get(f"{PATH}/draft").json()["duties"]) == len(december())
    assert sent(desk, content).json()["changes"] == told["changes"]
    assert len(desk.get(f"{PATH}/draft").json()["duties"]) == len(december()) - 1


def test_rows_may_be_sorted_and_columns_added(desk: TestClient) -> None:
    who = duty_on(DAY, free=True)

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, who), place(DAY)).value = "中"
        rows = [[cell.value for cell in sheet[row]] for row in range(4, 12)]
        for row, values in zip(range(4, 12), reversed(rows), strict=True):
            for column, value in enumerate(values, start=1):
                sheet.cell(row, column).value = value
        sheet.insert_cols(4)

    told = sent(desk, edited(exported(desk), edit)).json()
    assert [(change["agent"], change["new"][2]) for change in told["changes"]] == [(who, "中")]


def test_a_change_of_somebody_else_since_the_export_stays(desk: TestClient) -> None:
    content = exported(desk)
    other = duty_on(date(2026, 12, 20))
    old = next(row for row in december() if row[:2] == ["2026-12-20", other])
    gone = {"agent": other, "day": "2026-12-20", "old": {"shift": old[2], "work": old[3], "breaks": old[4]}}
    assert desk.patch(f"{PATH}/draft", json={"changes": [gone]}).status_code == 200
    who = duty_on(DAY)

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, who), place(DAY)).value = "休"

    told = sent(desk, edited(content, edit)).json()
    assert [change["agent"] for change in told["changes"]] == [who]
    assert len(desk.get(f"{PATH}/draft").json()["duties"]) == len(december()) - 2


def test_a_cell_that_both_sides_changed_is_told_and_settled_as_wished(desk: TestClient) -> None:
    content, who = exported(desk), duty_on(DAY)
    old = next(row for row in december() if row[:2] == [str(DAY), who])
    gone = {"agent": who, "day": str(DAY), "old": {"shift": old[2], "work": old[3], "breaks": old[4]}}
    assert desk.patch(f"{PATH}/draft", json={"changes": [gone]}).status_code == 200
    other = "中" if old[2] != "中" else "早"

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, who), place(DAY)).value = other

    back = edited(content, edit)
    refused = sent(desk, back)
    assert refused.status_code == 412
    assert refused.json()["clashes"][0]["agent"] == who
    assert sent(desk, back, prefer="draft").json()["changes"] == []
    assert sent(desk, back, prefer="file").json()["changes"][0]["new"][2] == other


def test_work_and_breaks_of_cells_that_stay_are_kept(desk: TestClient) -> None:
    before = desk.get(f"{PATH}/draft").json()["duties"]
    who = duty_on(DAY)

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, who), place(DAY)).value = "休"

    sent(desk, edited(exported(desk), edit))
    after = desk.get(f"{PATH}/draft").json()["duties"]
    assert [duty for duty in before if (duty["agent"], duty["day"]) != (who, str(DAY))] == after


def test_a_file_of_another_month_or_an_unknown_code_or_person_is_refused(desk: TestClient) -> None:
    content = exported(desk)
    desk.post("/api/v1/sites/harbour/rosters", json={"month": "2027-01"})
    tag = {"If-Match": "*"}
    other = desk.put(
        "/api/v1/sites/harbour/rosters/2027-01/draft", params={"name": "a.xlsx"}, content=content, headers=tag
    )
    assert other.status_code == 422
    assert "2026-12" in other.json()["detail"]

    def odd(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "P1"), place(DAY)).value = "甲"

    refused = sent(desk, edited(content, odd))
    assert refused.status_code == 422
    assert "甲" in refused.json()["detail"]

    def stranger(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "P1"), 2).value = "X9"
        sheet.cell(row_of(sheet, "X9"), 3).value = "无名"

    assert sent(desk, edited(content, stranger)).json()["errors"][0]["row"] == 4
    assert len(desk.get(f"{PATH}/draft").json()["duties"]) == len(december())


def test_a_formula_without_its_value_is_no_day_off(desk: TestClient) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "P1"), place(DAY)).value = "=A1"

    refused = sent(desk, edited(exported(desk), edit))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["row"] == 4


def test_what_is_exported_reads_as_a_month_and_tells_its_state(desk: TestClient) -> None:
    book = load_workbook(io.BytesIO(exported(desk)))
    sheet = book.worksheets[0]
    assert sheet.cell(1, 1).value == "港湾燃气 2026年12月排班表 (草案 修订3)"
    assert [sheet.cell(2, column).value for column in (1, 2, 3, 5, 35)] == ["序号", "工号", "姓名", 1, 31]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert [each.sheet_state for each in book.worksheets] == ["visible", "visible", "veryHidden"]
    duties = book.worksheets[1]
    assert duties.max_row == len(december()) + 1


def test_names_that_look_like_formulas_go_out_as_words_and_come_back(desk: TestClient) -> None:
    told = desk.get("/api/v1/sites/harbour/people/P1")
    body = {**told.json(), "name": '=HYPERLINK("http://evil")'}
    allowed = {"number", "name", "contract", "team", "certificates", "protections", "email", "phone"}
    body = {name: value for name, value in body.items() if name in allowed - {"number"}}
    put = desk.put("/api/v1/sites/harbour/people/P1", json=body, headers={"If-Match": told.headers["etag"]})
    assert put.status_code == 200, put.text
    content = exported(desk)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist())
    assert sent(desk, content).json()["changes"] == []


def test_only_who_may_export_gets_the_month_and_the_log_tells_it(embedded: World) -> None:
    world = embedded
    desk = drafted_world(world).signed_in("scheduler-harbour")
    exported(desk)
    manager = world.of_role(Role.MANAGER)
    entries = manager.get("/api/v1/sites/harbour/audit", params={"action": "exported"}).json()["items"]
    assert [entry["object"] for entry in entries] == ["workbook"]
    assert world.of_role(Role.AGENT, number="P1").get(f"{PATH}/workbook").status_code == 403
    assert desk.get(f"{PATH}/workbook", params={"of": "published"}).status_code == 404
