"""The unattended plan over HTTP, as exchanges and calendars read it, and the alarm before a gap."""

from __future__ import annotations

import csv
import io
import itertools
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from api.auth.rights import Role
from api.cycle.tick import tick
from api.files.site import plan_of
from api.files.site_form import SiteFile
from api.group.plans import add_plan
from api.lines.policy import LineForm
from api.store import tables as t
from domain.language import Refusal
from tests.api.clients import World, document
from tests.api.rosters.solved import PATH, drafted_world, site_id

LINES: list[dict[str, Any]] = [
    {"id": "day", "label": {"zh": "客服专线", "en": "service line"}, "works": ["service"], "desk": "8001",
     "machine": "900", "emergency": "119", "hours": [{"start": "09:00", "end": "17:00"}]},
    {"id": "night", "label": "应急", "works": ["emergency"], "desk": "8119"},
]  # fmt: skip
ROUTE = "/api/v1/sites/harbour/unattended"


@pytest.fixture
def lined(embedded: World) -> World:
    """The clean roster of December in force, at a site with lines."""
    world = drafted_world(embedded)
    with world.store.writing() as work:
        site = work.session.scalars(select(t.Site).where(t.Site.code == "harbour")).one()
        add_plan(work, site, SiteFile.model_validate({**document(), "lines": LINES}), "", by=None)
    desk = world.signed_in("scheduler-harbour")
    published = desk.post(f"{PATH}/publications", json={}, headers={"If-Match": "*"})
    assert published.status_code == 201, published.text
    return world


def test_every_minute_of_the_days_asked_for_is_told(lined: World) -> None:
    agent = lined.of_role(Role.AGENT, number="P1")
    told = agent.get(ROUTE, params={"first": "2026-12-01", "days": 31}).json()
    assert [line["id"] for line in told["lines"]] == ["day", "night"]
    for line in told["lines"]:
        spans = [(forward["start"], forward["end"]) for forward in line["forwards"]]
        assert spans[0][0] == "2026-12-01T00:00:00+08:00"
        assert spans[-1][1] == "2027-01-01T00:00:00+08:00"
        assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))
        assert {forward["target"] for forward in line["forwards"]} <= {"desk", "machine", "nothing"}
    machine = next(f for f in told["lines"][0]["forwards"] if f["target"] == "machine")
    assert machine["where"] == "900"
    assert "119" in machine["announcement"]["zh"]
    assert "港湾燃气" in machine["announcement"]["zh"]


def test_an_exchange_that_has_it_is_not_sent_it_again_and_reads_it_as_csv(lined: World) -> None:
    desk = lined.signed_in("scheduler-harbour")
    got = desk.get(f"{ROUTE}.csv", params={"first": "2026-12-01", "days": 2})
    rows = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert {row["line"] for row in rows} == {"day", "night"}
    again = desk.get(
        f"{ROUTE}.csv", params={"first": "2026-12-01", "days": 2}, headers={"If-None-Match": got.headers["etag"]}
    )
    assert again.status_code == 304


def test_it_is_a_calendar_too(lined: World) -> None:
    desk = lined.signed_in("scheduler-harbour")
    got = desk.get(f"{ROUTE}.ics", params={"first": "2026-12-01"}, headers={"Accept-Language": "zh-CN"})
    events = Calendar.from_ical(got.content).walk("VEVENT")
    assert any("客服专线 → 录音 900" in str(event["summary"]) for event in events)
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_days_that_nothing_is_published_for_are_a_gap(lined: World) -> None:
    told = lined.signed_in("scheduler-harbour").get(ROUTE, params={"first": "2026-12-31", "days": 2}).json()
    lacks = {(gap["lack"], gap["start"]) for line in told["lines"] for gap in line["gaps"]}
    assert ("not-published", "2027-01-01T00:00:00+08:00") in lacks


def test_a_gap_is_told_before_it_is_there_and_once_a_day(lined: World) -> None:
    lined.time.passes(days=34)  # the 30th of December: January is not published
    for _ in range(3):
        tick(lined.service)
        lined.time.passes(minutes=5)
    notices = lined.signed_in("scheduler-harbour").get("/api/v1/me/notices").json()["items"]
    told = [notice for notice in notices if notice["kind"] == "line-gap" and notice["facts"]["lack"] == "not-published"]
    assert {notice["facts"]["line"] for notice in told} == {"day", "night"}
    assert len(told) == 2
    assert "no roster is in force" in told[0]["body"]


def test_a_site_without_lines_has_an_empty_plan(embedded: World) -> None:
    told = drafted_world(embedded).signed_in("scheduler-harbour").get(ROUTE).json()
    assert told["lines"] == []
    assert site_id(embedded)


def test_an_announcement_with_a_hole_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="alone"):
        LineForm.model_validate({**LINES[0], "announcement": {"zh": "{nummer}", "en": "x"}})
    unknown = SiteFile.model_validate({**document(), "lines": [{**LINES[0], "works": ["gas"]}]})
    with pytest.raises(Refusal, match="gas"):
        plan_of(unknown)


@pytest.mark.parametrize("words", ["{site:>200000000}", "{site.__class__}", "{site!r}", "{", "{0}"])
def test_an_announcement_fills_in_three_names_and_does_nothing_else(words: str) -> None:
    with pytest.raises(ValueError, match="alone"):
        LineForm.model_validate({**LINES[0], "announcement": {"zh": words, "en": "x"}})


def test_a_number_is_dialled_as_it_is_written(lined: World) -> None:
    with lined.store.writing() as work:
        site = work.session.scalars(select(t.Site).where(t.Site.code == "harbour")).one()
        line = {**LINES[0], "machine": "+861012345678"}
        add_plan(work, site, SiteFile.model_validate({**document(), "lines": [line]}), "", by=None)
    got = lined.signed_in("scheduler-harbour").get(f"{ROUTE}.csv", params={"first": "2026-12-01"})
    rows = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert {row["where"] for row in rows} == {"8001", "+861012345678"}


def test_an_announcement_does_not_depend_on_how_far_one_looks(lined: World) -> None:
    desk = lined.signed_in("scheduler-harbour")

    def said(days: int) -> dict[str, object]:
        told = desk.get(ROUTE, params={"first": "2026-12-01", "days": days}).json()["lines"][0]["forwards"]
        return {each["start"]: each["announcement"] for each in told}

    few, many = said(2), said(20)
    assert few == {start: many[start] for start in few}
