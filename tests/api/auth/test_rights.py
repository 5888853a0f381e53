"""The matrix of rights, walked as a whole: every route, every role, one's own site and another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.app import ROUTERS
from api.auth.rights import GROUP_WIDE, MATRIX, Action, Grant, Reach, Role, reach
from api.rightsbook import rights_page
from tests.api.clients import World, new_world

OPEN = {
    ("GET", "/api/v1/session"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/setup"),
    ("GET", "/api/v1/oidc/start"),
    ("GET", "/api/v1/oidc/callback"),
}
"""Who is not signed in may call these."""
MINE = re.compile(r"^/api/v1/(me$|me/|session$|group$|sites$|jobs/)")
"""Whoever is signed in may call these: they show what is his, or look at the right themselves."""
VALUES = {"month": "2026-12", "number": "1"}


def routes() -> Iterator[tuple[str, str, Action | None]]:
    """Every route with the right that it asks for."""
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods or ()):
                yield method, "/api/v1" + route.path, action_of(route.dependant)


def action_of(dependant: Any) -> Action | None:  # noqa: ANN401 - FastAPI's tree of dependencies
    for each in dependant.dependencies:
        found: Action | None = getattr(each.call, "action", None) or action_of(each)
        if found:
            return found
    return None


def filled(path: str, site: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: site if found[1] == "site" else VALUES.get(found[1], "1"), path)


def ask(client: TestClient, method: str, path: str) -> tuple[int, str]:
    answer = client.request(method, path, json={} if method in ("POST", "PUT", "PATCH") else None)
    code = answer.json().get("code", "") if answer.content and answer.status_code >= 400 else ""
    return answer.status_code, code


def test_no_route_is_open_by_mistake() -> None:
    for method, path, action in routes():
        assert action or (method, path) in OPEN or MINE.match(path), (method, path)


def test_whoever_is_not_signed_in_is_told_so_everywhere() -> None:
    with new_world("sqlite", "harbour") as world:
        stranger = world.client()
        for method, path, _ in routes():
            if (method, path) not in OPEN:
                assert ask(stranger, method, filled(path, "harbour"))[0] == 401, (method, path)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_what_the_matrix_says_at_its_site_and_knows_no_other(role: Role) -> None:
    with new_world("sqlite", "harbour", "lake") as world:
        client = world.of_role(role)
        grant = Grant(role, None if role in GROUP_WIDE else 1)
        for method, path, action in routes():
            if action is None:
                continue
            status, code = ask(client, method, filled(path, "harbour"))
            if reach([grant], action, 1 if "{site}" in path else None) is Reach.NOWHERE:
                assert (status, code) == (403, "forbidden"), (method, path)
            else:
                assert code not in ("forbidden", "not-signed-in") or _own_test(path), (method, path, code)
            if "{site}" in path and role not in GROUP_WIDE:
                assert ask(client, method, filled(path, "lake")) == (404, "not-found"), (method, path)


def _own_test(path: str) -> bool:
    """Routes that look closer than the matrix: a whole report for a leader, a whole month for an agent."""
    return path.endswith(
        (
            "/report",
            "/fragile",
            "/board",
            "/receipts",
            "/workbook",
            "/payroll.csv",
            "/payroll.xlsx",
            "/paper",
            ".{kind}",
        )
    )


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_row_and_nobody_but_the_manager_waives_a_hard_rule(role: Role) -> None:
    assert MATRIX[role]
    assert (MATRIX[role].get(Action.WAIVE_HARD, Reach.NOWHERE) is Reach.SITE) == (role is Role.MANAGER)


def test_an_administrator_has_no_right_over_rosters() -> None:
    assert not {Action.DRAFT_SEE, Action.DRAFT_EDIT, Action.PUBLISH, Action.PEOPLE_SEE} & MATRIX[Role.ADMIN].keys()


def test_every_action_is_somebodys_and_the_page_tells_them_all() -> None:
    page = rights_page()
    for action in Action:
        assert any(action in rights for rights in MATRIX.values()), action
        assert f"`{action.value}`" in page


def test_two_roles_of_one_person_reach_as_far_as_the_further(world: World) -> None:
    world.account("both", (Role.AGENT, "harbour"), (Role.SCHEDULER, "lake"))
    client = world.signed_in("both")
    assert ask(client, "GET", "/api/v1/sites/harbour/plan") == (403, "forbidden")
    assert ask(client, "GET", "/api/v1/sites/lake/plan")[0] == 200
