"""The contract is complete: examples that fit, links that lead somewhere, faults and security on every operation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from api.http.contract import operations
from tests.api.clients import new_world

OPEN = {"open_session", "show_session", "start_oidc", "finish_oidc", "set_up"}
"""What one may ask without being signed in."""


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    with new_world("sqlite") as world:
        found: dict[str, Any] = world.client().get("/api/v1/openapi.json").json()
        return found


def contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The JSON of the body and of every answer."""
    for told in (operation.get("requestBody", {}), *operation["responses"].values()):
        found = told.get("content", {}).get("application/json")
        if found:
            yield found


def test_every_body_and_answer_has_an_example_that_fits_its_schema(contract: dict[str, Any]) -> None:
    for path, method, operation in operations(contract):
        for content in contents(operation):
            schema = {**content["schema"], "components": contract["components"]}
            faults = [fault.message for fault in Draft202012Validator(schema).iter_errors(content["example"])]
            assert not faults, (method, path, faults)


def test_every_part_of_a_path_has_an_example(contract: dict[str, Any]) -> None:
    for path, _, operation in operations(contract):
        told = {each["name"]: each for each in operation.get("parameters", ()) if each["in"] == "path"}
        assert set(told) == set(re.findall(r"{(\w+)}", path))
        assert all("example" in each or "examples" in each["schema"] for each in told.values()), path


def test_faults_are_told_once_and_fit_what_is_answered(contract: dict[str, Any]) -> None:
    shared = contract["components"]["responses"]
    for path, _, operation in operations(contract):
        for status, answer in operation["responses"].items():
            if status >= "4":
                assert answer["$ref"].rsplit("/", 1)[-1] in shared, (path, status)
    for content in (answer["content"]["application/json"] for answer in shared.values()):
        schema = {**content["schema"], "components": contract["components"]}
        Draft202012Validator(schema).validate(content["example"])


def test_the_contract_that_the_client_is_made_from_is_the_one_that_is_served(contract: dict[str, Any]) -> None:
    kept = Path(__file__).parents[3] / "web" / "openapi.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == contract, "make docs writes it anew"


def test_links_lead_to_operations_and_fill_in_their_paths(contract: dict[str, Any]) -> None:
    known = {operation["operationId"]: path for path, _, operation in operations(contract)}
    links = [
        link
        for _, _, operation in operations(contract)
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) > 40
    for link in links:
        assert set(link["parameters"]) == set(re.findall(r"{(\w+)}", known[link["operationId"]]))


def test_every_operation_is_named_once_told_and_tagged(contract: dict[str, Any]) -> None:
    found = [operation for _, _, operation in operations(contract)]
    names = [operation["operationId"] for operation in found]
    assert len(names) == len(set(names))
    assert all(operation.get("summary") and operation.get("tags") for operation in found)


def test_every_operation_behind_the_door_declares_what_can_go_wrong(contract: dict[str, Any]) -> None:
    for path, _, operation in operations(contract):
        if path.startswith("/api/v1/") and operation["operationId"] not in OPEN:
            assert {"401", "403", "404", "422", "429", "500", "503"} <= set(operation["responses"]), path


def test_no_schema_is_spoken_of_that_is_not_there(contract: dict[str, Any]) -> None:
    told = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(contract)))
    assert told == told & set(contract["components"]["schemas"])
