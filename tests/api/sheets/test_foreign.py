"""Sheets of another make: understood as far as they can be, asked for the rest, remembered, taken as a whole."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from tests.api.clients import World
from tests.api.rosters.solved import PATH, december, drafted_world
from tests.api.sheets.books import foreign, saved, sent

KEYS = "/api/v1/sites/harbour/sheet-keys"


@pytest.fixture
def desk(embedded: World) -> TestClient:
    return drafted_world(embedded).signed_in("scheduler-harbour")


def codes_of(number: str) -> list[str]:
    shifts = {row[0]: row[2] for row in december() if row[1] == number}
    return [shifts.get(f"2026-12-{day:02d}", "休") for day in range(1, 32)]


def sheet(*, heads: Sequence[object] = tuple(range(1, 32)), **instead: Sequence[str]) -> list[list[object]]:
    """A sheet as an office keeps it: a title, names, days, weekdays, a sum."""
    weekdays = ["一二三四五六日"[date(2026, 12, day).weekday()] for day in range(1, 32)]
    people: list[list[object]] = [["", f"员工{n}", *instead.get(f"P{n}", codes_of(f"P{n}"))] for n in range(1, 9)]
    return [
        ["滨海热线2026年12月值班表"],
        ["序号", "姓名", *heads],
        ["", "", *weekdays],
        *people,
        ["", "合计人数", *([3] * 31)],
    ]


def read(desk: TestClient, rows: list[list[object]], **params: str) -> dict[str, object]:
    got = desk.post(f"{PATH}/sheet-readings", params={"name": "旧表.xlsx", **params}, content=foreign(rows))
    assert got.status_code == 200, got.text
    told: dict[str, object] = got.json()
    return told


@pytest.mark.parametrize(
    "heads",
    [
        tuple(range(1, 32)),
        tuple(f"{day:02d}" for day in range(1, 32)),
        tuple(f"{day}日" for day in range(1, 32)),
        tuple(f"12/{day}" for day in range(1, 32)),
        tuple(f"12月{day}日" for day in range(1, 32)),
        tuple(date(2026, 12, day) for day in range(1, 32)),
        tuple(f"{day}\n二" for day in range(1, 32)),
    ],
    ids=["numbers", "two digits", "days", "slashes", "month and day", "dates", "weekday below"],
)
def test_days_are_found_however_they_are_headed(desk: TestClient, heads: tuple[object, ...]) -> None:
    told = read(desk, sheet(heads=heads))
    assert len(told["days"]) == 31  # type: ignore[arg-type]
    assert told["asks"] == 0
    assert not told["ours"]


def test_a_sheet_that_says_what_the_draft_says_changes_nothing(desk: TestClient) -> None:
    told = sent(desk, foreign(sheet())).json()
    assert (told["changes"], told["clashes"], told["absent"]) == ([], [], [])


def test_codes_that_are_not_known_are_asked_for_and_remembered(desk: TestClient) -> None:
    odd = ["甲" if code == "早" else code for code in codes_of("P1")]
    rows = sheet(P1=odd)
    told = read(desk, rows)
    asked = [code for code in told["codes"] if not code["guess"]["sure"]]  # type: ignore[attr-defined]
    assert [(code["code"], code["cells"]) for code in asked] == [("甲", odd.count("甲"))]
    refused = sent(desk, foreign(rows))
    assert refused.status_code == 422
    assert f"“甲” ×{odd.count('甲')}" in refused.json()["detail"]
    kept = desk.put(f"{KEYS}/旧表", json={"codes": {"甲": {"means": "shift", "shift": "早"}}})
    assert kept.status_code == 200, kept.text
    assert read(desk, rows, key="旧表")["asks"] == 0
    assert sent(desk, foreign(rows), key="旧表").json()["changes"] == []
    assert [key["name"] for key in desk.get(KEYS).json()["items"]] == ["旧表"]


def test_what_only_looks_like_a_shift_is_a_guess_until_it_is_told(desk: TestClient) -> None:
    rows = sheet(P1=["8-16" if code == "早" else code for code in codes_of("P1")])
    asked = [code for code in read(desk, rows)["codes"] if not code["guess"]["sure"]]  # type: ignore[attr-defined]
    assert asked[0]["guess"]["meaning"]["shift"] == "早"
    assert sent(desk, foreign(rows)).status_code == 422


def test_a_name_that_nobody_has_is_asked_for_and_may_be_nobody(desk: TestClient) -> None:
    rows: list[list[object]] = [*sheet()[:-1], ["", "外援甲", *(["早"] * 31)]]
    told = read(desk, rows)
    assert (told["asks"], told["rows"][-1]["agent"]) == (1, None)  # type: ignore[index]
    refused = sent(desk, foreign(rows))
    assert refused.json()["errors"][0]["row"] == 12
    desk.put(f"{KEYS}/旧表", json={"people": {"外援甲": ""}})
    assert sent(desk, foreign(rows), key="旧表").json()["changes"] == []


def test_leave_that_nobody_approved_is_told_and_no_duty(desk: TestClient) -> None:
    codes = codes_of("P5")
    day = next(place for place, code in enumerate(codes) if code != "休")
    told = sent(desk, foreign(sheet(P5=[*codes[:day], "年", *codes[day + 1 :]]))).json()
    assert [(each["agent"], each["day"], each["code"]) for each in told["unasked"]] == [
        ("P5", f"2026-12-{day + 1:02d}", "年")
    ]
    assert [change["new"] for change in told["changes"]] == [None]


def test_a_week_changes_only_its_days_and_only_its_people(desk: TestClient) -> None:
    week = [["姓名", *range(7, 14)], ["员工5", *(["休"] * 7)]]
    told = sent(desk, foreign(week)).json()
    worked = [row for row in december() if row[1] == "P5" and "2026-12-07" <= row[0] <= "2026-12-13"]
    assert len(told["changes"]) == len(worked)
    assert told["absent"] == [f"P{n}" for n in range(1, 9) if n != 5]


def test_two_codes_in_a_cell_and_a_work_after_a_stroke_are_read(desk: TestClient) -> None:
    day = next(place for place, code in enumerate(codes_of("P6")) if code == "休")
    codes = [*codes_of("P6")[:day], "早/应急+中", *codes_of("P6")[day + 1 :]]
    told = sent(desk, foreign(sheet(P6=codes))).json()
    assert [change["new"][2:4] for change in told["changes"]] == [["中", "service"], ["早", "emergency"]]


def test_merged_and_coloured_cells_are_told_for_they_are_not_read(desk: TestClient) -> None:
    book = load_workbook(io.BytesIO(foreign(sheet())))
    page = book.worksheets[0]
    page.merge_cells("C4:D4")
    page["E5"].fill = PatternFill("solid", start_color="FFFF00")
    got = desk.post(f"{PATH}/sheet-readings", params={"name": "a.xlsx"}, content=saved(book)).json()
    assert (got["merged"], got["fills"]) == (1, {"00FFFF00": 1})


def test_the_same_person_twice_and_a_sheet_without_days_are_refused_by_row(desk: TestClient) -> None:
    rows = sheet()
    rows[10][1] = "员工1"
    assert sent(desk, foreign(rows)).json()["errors"][0]["row"] == 11
    none = sent(desk, foreign([["姓名", "电话"], ["员工1", "1380000"]]))
    assert none.status_code == 422
    assert "2026-12" in none.json()["detail"]
    nobody = sent(desk, foreign([[*range(1, 32)], ["早"] * 31]))
    assert "姓名" in nobody.json()["detail"]
    missing = sent(desk, foreign(sheet()), sheet="九月")
    assert "12月" in missing.json()["detail"]


def test_a_key_is_for_what_the_site_has_and_is_not_overwritten_unseen(desk: TestClient) -> None:
    assert desk.put(f"{KEYS}/甲", json={"codes": {"X": {"means": "shift", "shift": "晚"}}}).status_code == 422
    assert desk.put(f"{KEYS}/甲", json={"codes": {"X": {"means": "rest", "shift": "早"}}}).status_code == 422
    assert desk.put(f"{KEYS}/甲", json={"people": {"张三": "X9"}}).status_code == 422
    first = desk.put(f"{KEYS}/甲", json={"codes": {"X": {"means": "rest"}}})
    assert first.status_code == 200
    assert desk.put(f"{KEYS}/甲", json={"codes": {}}).status_code == 428
    tag = {"If-Match": first.headers["etag"]}
    assert desk.put(f"{KEYS}/甲", json={"codes": {}}, headers=tag).status_code == 200
    assert desk.put(f"{KEYS}/甲", json={"codes": {}}, headers=tag).status_code == 412
    assert desk.delete(f"{KEYS}/甲").status_code == 204
    assert desk.delete(f"{KEYS}/甲").status_code == 404


def test_one_of_two_codes_may_change_and_one_may_come_or_go(desk: TestClient) -> None:
    day = next(place for place, code in enumerate(codes_of("P6")) if code == "中")
    for cell, told in (("中+夜", 1), ("中+早", 1), ("早", 1), ("中", 2)):
        codes = [*codes_of("P6")[:day], cell, *codes_of("P6")[day + 1 :]]
        changed = sent(desk, foreign(sheet(P6=codes)))
        assert changed.status_code == 200, changed.text
        assert 1 <= len(changed.json()["changes"]) <= told, cell
        shifts = {
            d["shift"]
            for d in desk.get(f"{PATH}/draft").json()["duties"]
            if (d["agent"], d["day"]) == ("P6", f"2026-12-{day + 1:02d}")
        }
        assert shifts == set(cell.split("+"))
