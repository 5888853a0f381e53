from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.auth.rights import Role
from tests.api.clients import World
from tests.api.harbour import PEOPLE

NEW: dict[str, Any] = {
    "number": "P1",
    "name": "王芳",
    "contract": "full",
    "team": "一班",
    "phone": "+86 10 1234",
    "certificates": [{"skill": "emergency", "last": "2027-06-30"}],
    "protections": [{"kind": "due", "day": "2027-03-01"}],
}
PATH = "/api/v1/sites/harbour/people"


def imported(client: TestClient, content: str = PEOPLE, **more: str) -> Response:
    params = {"name": "people.csv", "month": "2026-12", **more}
    return client.post(f"{PATH}/import", params=params, content=content.encode())


def test_a_person_is_added_changed_and_read_back(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    made = scheduler.post(PATH, json=NEW)
    assert made.status_code == 201, made.text
    assert made.json()["protections"] == NEW["protections"]
    change = {key: value for key, value in NEW.items() if key != "number"} | {"name": "王芳芳", "protections": None}
    tag = {"If-Match": made.headers["etag"]}
    assert scheduler.put(f"{PATH}/P1", json=change).status_code == 428
    changed = scheduler.put(f"{PATH}/P1", json=change, headers=tag)
    assert (changed.json()["name"], changed.json()["protections"]) == ("王芳芳", NEW["protections"])
    assert scheduler.put(f"{PATH}/P1", json=change, headers=tag).status_code == 412


def test_a_number_is_given_once_in_the_whole_group_and_a_contract_must_be_known(world: World) -> None:
    assert world.of_role(Role.SCHEDULER).post(PATH, json=NEW).status_code == 201
    lake = world.of_role(Role.SCHEDULER, "lake")
    assert lake.post("/api/v1/sites/lake/people", json=NEW).status_code == 409
    refused = lake.post("/api/v1/sites/lake/people", json={**NEW, "number": "P2", "contract": "half"})
    assert refused.json()["detail"] == "there is no contract “half”; known are full"


def test_what_each_role_sees_of_a_person(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    for number, team in (("P1", "一班"), ("P2", "一班"), ("P3", "二班")):
        scheduler.post(PATH, json={**NEW, "number": number, "team": team})
    agent = world.of_role(Role.AGENT, number="P1")
    leader = world.of_role(Role.LEADER, number="P2")
    auditor = world.of_role(Role.AUDITOR, None)
    seen = {
        who: {person["number"]: person for person in client.get(PATH).json()["items"]}
        for who, client in (("agent", agent), ("leader", leader), ("auditor", auditor), ("scheduler", scheduler))
    }
    assert [sorted(found) for found in seen.values()] == [["P1"], ["P1", "P2"], ["P1", "P2", "P3"], ["P1", "P2", "P3"]]
    assert seen["agent"]["P1"]["phone"] == seen["leader"]["P1"]["phone"] == NEW["phone"]
    assert seen["auditor"]["P1"]["phone"] is None
    assert seen["agent"]["P1"]["protections"] is None
    assert seen["scheduler"]["P3"]["protections"] == NEW["protections"]
    assert agent.get(f"{PATH}/P2").status_code == leader.get(f"{PATH}/P3").status_code == 404


def test_people_are_found_by_team_and_by_a_part_of_their_name(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    for number, name in (("P1", "王芳"), ("P2", "李娜"), ("P%3", "x")):
        scheduler.post(PATH, json={**NEW, "number": number.replace("%", "_"), "name": name, "team": name})

    def found(**by: str) -> list[str]:
        return [person["number"] for person in scheduler.get(PATH, params=by).json()["items"]]

    assert found(name="芳") == ["P1"]
    assert found(name="%") == []
    assert found(team="李娜") == ["P2"]
    assert [team["name"] for team in scheduler.get("/api/v1/sites/harbour/teams").json()["items"]] == [
        "x",
        "李娜",
        "王芳",
    ]


def test_certificates_that_end_soon_are_listed_first_first(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    for number, last in (("P1", "2027-01-10"), ("P2", "2026-12-01"), ("P3", "2028-01-01")):
        scheduler.post(PATH, json={**NEW, "number": number, "certificates": [{"skill": "emergency", "last": last}]})
    rows = scheduler.get("/api/v1/sites/harbour/certificates/expiring").json()["items"]
    assert [(row["number"], row["last"]) for row in rows] == [("P2", "2026-12-01"), ("P1", "2027-01-10")]


def test_a_file_of_people_is_taken_whole_and_once(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    would = imported(scheduler, dry_run="true").json()
    assert (would["dry_run"], len(would["added"])) == (True, 8)
    assert scheduler.get(PATH).json()["items"] == []
    did = imported(scheduler).json()
    assert (len(did["added"]), did["details"]) == (8, {"requests": 4, "pins": 2, "openings": 0, "duties": 3})
    again = imported(scheduler).json()
    assert (again["added"], again["changed"], again["unchanged"]) == ([], [], 8)
    assert again["details"] == {"requests": 0, "pins": 2, "openings": 0, "duties": 0}
    past = scheduler.get("/api/v1/sites/harbour/rosters/2026-11/duties").json()
    assert [duty["agent"] for duty in past["duties"]] == ["P1", "P2", "P3"]


def test_a_fault_in_a_file_of_people_names_its_place_and_takes_nothing(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    refused = imported(scheduler, PEOPLE.replace("P5,员工5,full", "P5,员工5,half"))
    assert refused.status_code == 422
    error = refused.json()["errors"][0]
    assert (error["file"], error["row"], error["column"]) == ("people.csv", 6, "contract")
    assert scheduler.get(PATH).json()["items"] == []


def test_an_upload_needs_a_name_and_a_body(world: World) -> None:
    scheduler = world.of_role(Role.SCHEDULER)
    assert imported(scheduler, name="../../etc/passwd").status_code == 422
    assert imported(scheduler, "").status_code == 422
