"""The payroll's file: a row a person, absences out, call-ins counted, safe to open."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from api.attendance.marks import Mark
from api.attendance.rows import mark_day
from api.auth.rights import Role
from api.exports.payroll import COLUMNS
from api.store import tables as t
from tests.api.clients import World
from tests.api.rosters.solved import PATH, december, drafted_world


@pytest.fixture
def published(embedded: World) -> World:
    world = drafted_world(embedded)
    desk = world.signed_in("scheduler-harbour")
    assert desk.post(f"{PATH}/publications", json={}, headers={"If-Match": "*"}).status_code == 201
    return world


def rows(world: World) -> dict[str, dict[str, str]]:
    got = world.signed_in("scheduler-harbour").get(f"{PATH}/payroll.csv")
    assert got.status_code == 200, got.text
    return {row["agent_id"]: row for row in csv.DictReader(io.StringIO(got.content.decode("utf-8-sig")))}


def test_everybody_has_a_row_whose_classes_are_those_of_the_law(published: World) -> None:
    found = rows(published)
    assert list(found) == [f"P{n}" for n in range(1, 9)]
    worked = {agent: sum(row[1] == agent for row in december()) for agent in found}
    assert {agent: int(row["duties"]) for agent, row in found.items()} == worked
    assert (found["P1"]["overtime_percent"], found["P1"]["rest_day_percent"], found["P1"]["holiday_percent"]) == (
        "150",
        "100",
        "300",
    )
    assert found["P1"]["leave_days"] == "3.0"


def test_what_was_not_worked_is_not_paid(published: World) -> None:
    before = rows(published)["P2"]
    day = date.fromisoformat(next(row[0] for row in december() if row[1] == "P2"))
    with published.store.writing() as work:
        person = work.session.scalars(select(t.Person).where(t.Person.number == "P2")).one()
        mark_day(work, person, day, Mark.ABSENCE)
    after = rows(published)["P2"]
    assert int(after["duties"]) == int(before["duties"]) - 1
    assert after["absences"] == "1"


def test_the_workbook_says_the_same_in_the_readers_language(published: World) -> None:
    desk = published.signed_in("scheduler-harbour")
    got = desk.get(f"{PATH}/payroll.xlsx", headers={"Accept-Language": "zh-CN"})
    sheet = load_workbook(io.BytesIO(got.content)).worksheets[0]
    assert [cell.value for cell in sheet[2]] == list(COLUMNS)
    assert sheet.cell(1, 2).value == "姓名"
    assert sheet.max_row == 10
    assert "payroll-harbour-2026-12.xlsx" in got.headers["content-disposition"]


def test_a_month_that_is_not_published_has_none_and_an_agent_may_not_have_it(embedded: World) -> None:
    world = drafted_world(embedded)
    assert world.signed_in("scheduler-harbour").get(f"{PATH}/payroll.csv").status_code == 404
    assert world.of_role(Role.AGENT, number="P1").get(f"{PATH}/payroll.csv").status_code == 403
