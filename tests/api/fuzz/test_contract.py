"""Thousands of requests made from the contract itself: no fault of ours, nothing that the contract does not declare."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Err
from schemathesis.engine import from_schema
from schemathesis.engine.events import EngineEvent, FatalError, NonFatalError, ScenarioFinished
from schemathesis.schemas import BaseSchema

from api.app import ROUTERS
from api.auth.rights import Role
from tests.api.clients import World, new_world
from tests.api.rosters.solved import drafted_world

EXAMPLES = int(os.environ.get("PAIBAN_FUZZ_EXAMPLES", "6"))
"""For each operation, user and mode; PAIBAN_FUZZ_EXAMPLES=100 makes it tens of thousands."""
MANY = 100
LEFT_OUT = ("/events", "/session", "/password", "/setup")
"""Streams, and what would sign the user out."""
UNFIT = ("positive_data_acceptance",)
"""Not tried: a body that fits its schema may still name a person or a shift that is not there."""
NEVER_WRONG = ("/oidc/start",)
"""Operations that take nothing which could be wrong."""
GIVEN = {"site": "harbour", "month": "2026-12"}
QUIET = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)

PHASES = ("examples", "stateful", *(["coverage"] if EXAMPLES >= MANY else []))
"""`coverage` tries every border of every field: some 17,000 requests."""
OF_ENGINE: dict[str, dict[str, Any]] = {
    "examples": {},
    "coverage": {},
    "fuzzing": {},
    "stateful": {"inference": {"algorithms": []}},  # the links are told, not guessed
}
LASTING = ["make_site", "revoke_token", "end_session"]
"""Left out of the phases: what would sign the user out, and a maker of sites that nobody else may use."""

load_all_checks()
CHECKS_TRIED: list[Any] = CHECKS.get_by_names([name for name in CHECKS.get_all_names() if name not in UNFIT])


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
def contract(world: World) -> BaseSchema:
    """The contract for users with tokens, bound to the app; a made-up cookie beside a token would prove nothing."""
    told = world.client().get("/api/v1/openapi.json").json()
    found = schemathesis.openapi.from_dict({**told, "security": [{"token": []}]})
    found.app = world.app
    return found


@pytest.fixture(scope="module")
def operations(contract: BaseSchema) -> dict[str, Any]:
    """Every operation of the contract, by its label."""
    found = [each.ok() for each in contract.get_all_operations() if not isinstance(each, Err)]
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


def trials() -> list[tuple[str, GenerationMode]]:
    """Right requests of every operation, and wrong ones where there are any."""
    right = [(label, GenerationMode.POSITIVE) for label in labels()]
    return right + [(label, GenerationMode.NEGATIVE) for label in labels() if not label.endswith(NEVER_WRONG)]


@pytest.mark.parametrize(("label", "mode"), trials())
def test_nothing_but_what_the_contract_declares(
    label: str, mode: GenerationMode, operations: dict[str, Any], bearers: list[dict[str, str]]
) -> None:
    @given(case=operations[label].as_strategy(generation_mode=mode))
    @QUIET
    def ask(case: Case[Any]) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters.update({name: told for name, told in GIVEN.items() if name in case.path_parameters})
        for bearer in bearers:
            case.call_and_validate(headers=bearer, checks=CHECKS_TRIED)

    ask()


@pytest.mark.parametrize("phase", PHASES)
def test_the_phases_of_the_engine_find_nothing(
    phase: str, world: World, contract: BaseSchema, bearers: list[dict[str, str]]
) -> None:
    told = {
        "headers": bearers[0],
        "continue-on-failure": True,
        "parameters": {f"path.{name}": value for name, value in GIVEN.items() if phase == "stateful"},
        "generation": {"max-examples": EXAMPLES, "database": "none"},
        "checks": {name: {"enabled": False} for name in UNFIT},
        "phases": {name: {"enabled": name == phase, **more} for name, more in OF_ENGINE.items()},
    }
    asked = schemathesis.openapi.from_dict(contract.raw_schema, config=SchemathesisConfig.from_dict(told))
    asked.app = world.app
    tried = asked.exclude(path_regex="|".join(f"{end}$" for end in LEFT_OUT)).exclude(operation_id=LASTING)
    assert list(faults(from_schema(tried).execute())) == []


def faults(stream: Iterable[EngineEvent]) -> Iterator[str]:
    """What the checks of a run find, and what breaks the run itself."""
    for event in stream:
        if isinstance(event, ScenarioFinished):
            told = [node.failure_info for nodes in event.recorder.checks.values() for node in nodes]
            yield from (f"{info.failure}\n{info.code_sample}" for info in told if info is not None)
        elif isinstance(event, FatalError | NonFatalError):
            yield str(event)
