from __future__ import annotations

from fastapi.testclient import TestClient

from api.auth.rights import Role
from tests.api.clients import World
from tests.api.rosters.solved import PATH, drafted_world
from tests.api.rosters.test_rosters import away, first_of

LOG = "/api/v1/sites/harbour/audit"


def found(client: TestClient, **wish: str) -> list[tuple[str, str]]:
    items = client.get(LOG, params=wish).json()["items"]
    return [(entry["action"], entry["by"]) for entry in items]


def test_the_log_is_narrowed_by_action_object_name_and_days(world: World) -> None:
    scheduler = drafted_world(world).signed_in("scheduler-harbour")
    scheduler.patch(f"{PATH}/draft", json={"changes": [away(first_of(scheduler, "P4"))]})
    manager = world.of_role(Role.MANAGER)
    edited = ("draft.edited", "Scheduler-Harbour")
    assert found(manager)[0] == edited
    assert found(manager, action="draft.") == [edited]
    assert {action for action, _ in found(manager, about="roster/")} == {
        "draft.edited",
        "roster.version",
        "roster.opened",
    }
    assert edited in found(manager, by="Scheduler")
    assert found(manager, by="nobody at all") == []
    assert edited in found(manager, first="2020-01-01", last="2030-01-01")
    assert found(manager, last="2020-01-01") == []
    assert {by for _, by in found(scheduler)} == {"Scheduler-Harbour"}
