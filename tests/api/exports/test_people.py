"""People and leave go out as tables and come in again; what is wrong is named by row, and nothing is taken."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.auth.rights import Role
from tests.api.clients import World
from tests.api.rosters.solved import staffed

SITE = "/api/v1/sites/harbour"
SPAN = {"first": "2026-12-01", "last": "2026-12-31"}


@pytest.fixture
def desk(embedded: World) -> TestClient:
    staffed(embedded)
    return embedded.signed_in("scheduler-harbour")


def leave(desk: TestClient, content: str | bytes, name: str = "leave.csv", **params: str) -> Response:
    body = content.encode() if isinstance(content, str) else content
    return desk.post(f"{SITE}/leave/import", params={"name": name, **params}, content=body)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_people_that_go_out_come_in_unchanged(desk: TestClient, kind: str, language: str) -> None:
    got = desk.get(f"{SITE}/people.{kind}", params=SPAN, headers={"Accept-Language": language})
    assert got.status_code == 200, got.text
    back = desk.post(f"{SITE}/people/import", params={"name": f"p.{kind}", "month": "2026-12"}, content=got.content)
    assert back.status_code == 200, back.text
    told = back.json()
    assert (told["added"], told["changed"], told["unchanged"], told["details"]["requests"]) == ([], [], 8, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_leave_that_goes_out_comes_in_unchanged(desk: TestClient, kind: str) -> None:
    got = desk.get(f"{SITE}/leave.{kind}", params=SPAN)
    assert leave(desk, got.content, f"leave.{kind}").json() == {
        "dry_run": False,
        "rows": 1,
        "added": 0,
        "unchanged": 1,
    }


def test_leave_is_taken_by_the_names_that_offices_use_and_half_days(desk: TestClient) -> None:
    rows = ("工号,开始,结束,假别,首日下午起", "P2,2026/12/21,2026-12-22,病假,1", "P3,2026-12-01,2026-12-01,annual,")
    text = "\n".join(rows)
    assert leave(desk, text.encode("gb18030"), dry_run="true").json()["added"] == 2
    assert leave(desk, text.encode("gb18030")).json()["added"] == 2
    requests = desk.get(f"{SITE}/requests", params={"kind": "leave"}).json()["items"]
    assert {(row["number"], row["state"]) for row in requests} >= {("P2", "approved"), ("P3", "approved")}
    (sick,) = [row for row in requests if row["number"] == "P2"]
    assert sick["facts"] == {"leave": "sick", "note": "", "from_noon": True}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("P2,2026-12-32,2026-12-22,annual", "first"),
        ("P2,2026-12-22,2026-12-21,annual", "last"),
        ("P2,2026-12-21,2028-12-22,annual", "last"),
        ("P2,2026-12-21,2026-12-22,搬家", "kind"),
        ("P9,2026-12-21,2026-12-22,annual", "agent_id"),
        ("P1,2026-12-08,2026-12-12,annual", "first"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken(desk: TestClient, row: str, column: str) -> None:
    before = desk.get(f"{SITE}/leave.csv", params=SPAN).content
    refused = leave(desk, f"agent_id,first,last,kind\nP4,2026-12-21,2026-12-22,annual\n{row}\n")
    assert refused.status_code == 422
    error = refused.json()["errors"][0]
    assert (error["row"], error["column"]) == (3, column)
    assert desk.get(f"{SITE}/leave.csv", params=SPAN).content == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"agent_id,first\nP2,2026-12-21\n",
        b"agent_id,first,last,kind\nP2,\x00,2026-12-21,annual\n",
        b'agent_id,first,last,kind\n"P2,2026-12-21',
        b"PK\x03\x04",
        "工号,开始,结束,假别\nP2,2026-12-21,2026-12-21,年假".encode("utf-16")[:-3],
        b"agent_id,first,last,kind\n",
    ],
    ids=["empty", "no column", "null", "open quote", "a workbook", "cut utf-16", "nobody"],
)
def test_a_file_that_is_not_sound_changes_nothing(desk: TestClient, content: bytes) -> None:
    assert leave(desk, content).status_code == 422


def test_tables_are_for_who_may_export(embedded: World, desk: TestClient) -> None:
    agent = embedded.of_role(Role.AGENT, number="P2")
    for what in ("people.csv", "people.xlsx", "leave.csv", "leave.xlsx"):
        assert agent.get(f"{SITE}/{what}").status_code == 403
    assert desk.get(f"{SITE}/people.pdf").status_code in (404, 422)


def test_kinds_of_leave_are_for_who_keeps_the_people_and_nobody_approves_his_own(embedded: World) -> None:
    staffed(embedded)
    auditor = embedded.of_role(Role.AUDITOR, None)
    assert auditor.get(f"{SITE}/leave.csv").status_code == 403
    embedded.account("both", (Role.SCHEDULER, "harbour"), number="P2")
    refused = leave(embedded.signed_in("both"), "agent_id,first,last,kind\nP2,2026-12-21,2026-12-22,annual\n")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["row"] == 2
