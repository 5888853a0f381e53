"""The month as the clock moves through it: what happens by itself, what is told to whom, what is made up later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.auth.rights import Role
from api.cycle.tick import tick
from api.files.site_form import SiteFile
from api.group.plans import add_plan, newest
from api.rosters.given import roster_row
from api.store import tables as t
from domain.time import Month
from tests.api.clients import World, at, document
from tests.api.rosters.solved import PATH, december, drafted_world, site_id

JANUARY = "2027-01"


def ticked(world: World, now: datetime | None = None) -> None:
    if now is not None:
        world.time.now = now
    tick(world.service)


def told(world: World, login: str) -> list[str]:
    """The kinds of notice that an account got, in their order."""
    with world.store.reading() as session:
        asked = select(t.Notice.kind).join(t.Account, t.Account.id == t.Notice.account_id)
        return list(session.scalars(asked.where(t.Account.login == login).order_by(t.Notice.id)))


def states(client: TestClient, month: str = JANUARY) -> dict[str, str]:
    rows = client.get("/api/v1/sites/harbour/cycle", params={"month": month}).json()["items"]
    return {row["moment"]: row["state"] for row in rows}


def jobs(world: World) -> list[str]:
    """The jobs that wait for January at the first site."""
    with world.store.reading() as session:
        mine = (t.Job.site_id == site_id(world)) & (t.Job.month == JANUARY) & (t.Job.state == "waiting")
        return list(session.scalars(select(t.Job.kind).where(mine).order_by(t.Job.id)))


def early(*breaks: int) -> list[list[Any]]:
    """The rows of a draft with one duty."""
    return [["2027-01-01", "P1", "早", "service", list(breaks)]]


@pytest.fixture
def month(world: World) -> World:
    """A world before the first of December, with an agent."""
    drafted_world(world)
    world.of_role(Role.AGENT, number="P1")
    world.of_role(Role.MANAGER)
    ticked(world, at(2026, 11, 30, 10))
    return world


def test_the_moments_of_the_months_ahead_are_there_and_follow_the_policy(month: World) -> None:
    client = month.signed_in("agent-harbour")
    assert list(states(client)) == ["open", "close", "forecast", "build", "publish"]
    changed = document()
    changed["cycle"] = {"close": {"day": 20, "time": "12:00"}}
    with month.store.writing() as work:
        site = work.session.get_one(t.Site, site_id(month))
        add_plan(work, site, SiteFile.model_validate(changed), "", by=None)
        assert newest(work.session, site.id).number == 2
    ticked(month)
    rows = client.get("/api/v1/sites/harbour/cycle", params={"month": JANUARY}).json()["items"]
    close = next(row for row in rows if row["moment"] == "close")
    assert close["due_at"] == "2026-12-20T04:00:00Z"


def test_wishes_open_and_close_each_told_once_however_often_it_ticks(month: World) -> None:
    for _ in range(3):
        ticked(month, at(2026, 12, 1, 1))
    assert told(month, "agent-harbour").count("wishes-open") == 1
    ticked(month, at(2026, 12, 23, 6))
    assert told(month, "agent-harbour")[-1] == "close-due"
    ticked(month, at(2026, 12, 23, 9, 31))
    assert "wishes-closed" in told(month, "scheduler-harbour")
    assert states(month.signed_in("agent-harbour"))["close"] == "met"


def test_the_forecast_is_asked_for_by_itself_and_then_the_roster(month: World) -> None:
    ticked(month, at(2026, 12, 1, 1))
    ticked(
        month,
        at(
            2026,
            12,
            23,
            10,
        ),
    )
    assert jobs(month) == ["forecast"]
    with month.store.writing() as work:
        row = roster_row(work.session, site_id(month), Month.parse(JANUARY))
        given = t.Requirement(
            site_id=row.site_id, month=JANUARY, number=1, plan_id=1, person_minutes=0, content=b"", made_at=work.now
        )
        work.session.add(given)
        work.session.flush()
        row.requirement_id = given.id
    ticked(month)
    ticked(month)
    assert jobs(month) == ["forecast", "solve"]
    assert states(month.signed_in("agent-harbour"))["forecast"] == "met"


def test_a_scheduler_who_comes_first_is_left_alone(month: World) -> None:
    ticked(month, at(2026, 12, 1, 1))
    with month.store.writing() as work:
        row = roster_row(work.session, site_id(month), Month.parse(JANUARY))
        row.draft = early()
    ticked(month, at(2026, 12, 23, 10))
    assert jobs(month) == ["forecast"]
    assert states(month.signed_in("agent-harbour"))["build"] == "met"


def test_what_is_late_is_told_to_the_manager_and_the_best_so_far_is_proposed(month: World) -> None:
    ticked(month, at(2026, 12, 1, 1))
    with month.store.writing() as work:
        row = roster_row(work.session, site_id(month), Month.parse(JANUARY))
        for score in (50, 20):
            made = t.Candidate(
                roster_id=row.id, duties=early(score), score=score, clean=False, plan_id=1, made_at=work.now
            )
            work.session.add(made)
    ticked(month, at(2026, 12, 25, 11))
    with month.store.reading() as session:
        assert roster_row(session, site_id(month), Month.parse(JANUARY)).draft == early(20)
    assert "build-late" in told(month, "manager-harbour")
    ticked(month, at(2026, 12, 26, 3))
    assert told(month, "manager-harbour")[-1] == "publish-late"
    assert states(month.signed_in("agent-harbour"))["publish"] == "overdue"


def test_a_month_is_published_by_itself_only_where_the_policy_says_so(month: World) -> None:
    with month.store.writing() as work:
        site = work.session.get_one(t.Site, site_id(month))
        changed = {**document(), "cycle": {"publish_by_itself": True}}
        add_plan(work, site, SiteFile.model_validate(changed), "", by=None)
    ticked(month, at(2026, 12, 26, 3))
    assert "publish" not in jobs(month)
    with month.store.writing() as work:
        roster_row(work.session, site_id(month), Month.parse(JANUARY)).draft = early()
    ticked(month)
    assert "publish" in jobs(month)


def test_after_a_week_of_downtime_everything_due_is_made_up_in_order(month: World) -> None:
    ticked(month, at(2026, 12, 28))
    found = states(month.signed_in("agent-harbour"))
    assert (found["open"], found["close"]) == ("late", "late")
    assert (found["build"], found["publish"]) == ("overdue", "overdue")
    assert jobs(month) == ["forecast"]


def test_publishing_in_time_meets_the_deadline(world: World) -> None:
    drafted_world(world)
    ticked(world, at(2026, 11, 20))
    client = world.signed_in("scheduler-harbour")
    tag = {"If-Match": client.get(f"{PATH}/draft").headers["etag"]}
    assert client.post(f"{PATH}/publications", json={}, headers=tag).status_code == 201
    ticked(world, at(2026, 11, 25))
    client = world.signed_in("scheduler-harbour")
    found = states(client, "2026-12")
    assert (found["build"], found["publish"]) == ("met", "met")
    assert len(december()) == len(client.get(f"{PATH}/duties").json()["duties"])


def test_ones_own_notices_are_read_and_nobody_elses(month: World) -> None:
    ticked(month, at(2026, 12, 1, 1))
    agent, manager = month.signed_in("agent-harbour"), month.signed_in("manager-harbour")
    notice = agent.get("/api/v1/me/notices", params={"unread": True}).json()["items"][0]
    assert (notice["kind"], notice["site"], notice["facts"]["month"]) == ("wishes-open", "harbour", JANUARY)
    assert manager.post(f"/api/v1/me/notices/{notice['id']}/read").status_code == 404
    assert agent.post(f"/api/v1/me/notices/{notice['id']}/read").status_code == 204
    assert notice["id"] not in [n["id"] for n in agent.get("/api/v1/me/notices?unread=true").json()["items"]]


def test_the_calendar_of_the_cycle_shows_the_sites_that_are_ones_business(month: World) -> None:
    auditor = month.of_role(Role.AUDITOR, None)
    assert {row["site"] for row in auditor.get("/api/v1/me/cycle").json()["items"]} == {"harbour", "lake"}
    agent = month.signed_in("agent-harbour")
    assert {row["site"] for row in agent.get("/api/v1/me/cycle").json()["items"]} == {"harbour"}
