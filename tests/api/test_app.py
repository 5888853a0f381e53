from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    plan = tmp_path / "demo" / "plan"
    (plan / "feeds").mkdir(parents=True)
    (plan / "report.html").write_text("<p>排班</p>", encoding="utf-8")
    (plan / "feeds" / "B001.ics").write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    (tmp_path / "secret.ics").write_text("secret", encoding="utf-8")
    return TestClient(create_app(tmp_path / "demo"), raise_server_exceptions=False)


def test_plans_are_listed_and_shown(client: TestClient) -> None:
    assert client.get("/api/v1/plans").json() == {"items": ["plan"]}
    assert 'href="/plans/plan/report.html"' in client.get("/").text
    assert "排班" in client.get("/plans/plan/report.html").text
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_feed_is_a_calendar_and_is_sent_once(client: TestClient) -> None:
    first = client.get("/plans/plan/feeds/B001.ics")
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    again = client.get("/plans/plan/feeds/B001.ics", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/plans/plan/feeds/B001.ics").headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    "path",
    [
        "/plans/plan/feeds/B002.ics",
        "/plans/other/report.html",
        "/plans/plan/feeds/..%2f..%2f..%2fsecret.ics",
        "/plans/../feeds/secret.ics",
        "/plans/plan/feeds/%00.ics",
        "/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_and_nothing_outside_is_read(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404


def test_other_methods_are_refused_with_those_allowed(client: TestClient) -> None:
    answer = client.post("/plans/plan/feeds/B001.ics")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
