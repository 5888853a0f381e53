"""Thousands of requests made from the contract itself: no fault of ours, nothing that the contract does not declare."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import ROUTERS
from api.auth.rights import Role
from tests.api.clients import World, new_world
from tests.api.rosters.solved import drafted_world

EXAMPLES = int(os.environ.get("PAIBAN_FUZZ_EXAMPLES", "12"))
"""For each operation and user; PAIBAN_FUZZ_EXAMPLES=200 makes it tens of thousands."""
LEFT_OUT = ("/events", "/session", "/password", "/setup")
"""Streams, and what would sign the user out."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with new_world("sqlite", "harbour", largest_upload_mb=1) as made:
        yield drafted_world(made)


@pytest.fixture(scope="module")
def bearers(world: World) -> list[dict[str, str]]:
    """Tokens of two users."""
    found = []
    for role, number in ((Role.MANAGER, "P2"), (Role.AGENT, "P1")):
        client = world.of_role(role, number=number)
        made = client.post("/api/v1/me/tokens", json={"name": "fuzz", "scopes": ["read", "write"]})
        found.append({"Authorization": f"Bearer {made.json()['secret']}"})
    return found


@pytest.fixture(scope="module")
def operations(world: World) -> dict[str, Any]:
    """Every operation of the contract, by its label, bound to the app."""
    loaded = schemathesis.openapi.from_asgi("/api/v1/openapi.json", world.app)
    found = [each.ok() for each in loaded.get_all_operations() if not isinstance(each, Err)]
    return {operation.label: operation for operation in found}


def labels() -> list[str]:
    """The operations that are tried."""
    found = [
        f"{method} /api/v1{route.path}"
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]
    return [label for label in found if not label.endswith(LEFT_OUT)]


@pytest.mark.parametrize("label", labels())
def test_nothing_but_what_the_contract_declares(
    label: str, operations: dict[str, Any], bearers: list[dict[str, str]]
) -> None:
    @given(case=operations[label].as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case: Case[Any]) -> None:
        for name, value in (("site", "harbour"), ("month", "2026-12")):
            if name in case.path_parameters:
                case.path_parameters[name] = value
        for bearer in bearers:
            case.call_and_validate(headers=bearer, checks=CHECKS)

    ask()
