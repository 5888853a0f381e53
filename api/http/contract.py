"""The contract of the service (OpenAPI 3.1): both ways of signing in, problems, examples, and links between operations.

Links follow from the shape of the paths: what is made under `/a/{x}/things` is shown, changed and removed under
`…/things/{thing_id}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from api.http.examples import Examples
from api.http.problems import ProblemBody

MAKES: Final = ("201", "202")
BY_ID: Final = "id"
KEYS: Final = {"site": "code"}
"""What an answer calls the thing that a path calls by this name."""
METHODS: Final = ("get", "put", "post", "patch", "delete")
JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
Operation = dict[str, Any]


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """The contract as FastAPI makes it, completed."""
    schemas = schema["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["ProblemBody"] = ProblemBody.model_json_schema()
    schema["components"]["securitySchemes"] = {
        "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-paiban"},
        "token": {"type": "http", "scheme": "bearer"},
    }
    schema["security"] = [{"cookie": []}, {"token": []}]
    _exemplify(schema, Examples(schemas))
    _link(schema)
    _share_faults(schema)
    return schema


def operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    """Every operation, with its path and method."""
    for path, found in schema["paths"].items():
        yield from ((path, method, found[method]) for method in METHODS if method in found)


def _exemplify(schema: dict[str, Any], examples: Examples) -> None:
    """An example for every body, answer and parameter that has none."""
    for _, _, operation in operations(schema):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path" and "examples" not in parameter["schema"]:
                parameter["example"] = examples.of(parameter["schema"], ("", parameter["name"]))
        told = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in (each.get("content", {}).get(JSON) for each in told):
            if content and content.get("schema"):
                content["example"] = examples.of(content["schema"])


def _link(schema: dict[str, Any]) -> None:
    """From every operation that makes something to those that take it up."""
    found = list(operations(schema))
    for path, method, operation in found:
        made = next((operation["responses"][code] for code in MAKES if code in operation["responses"]), None)
        fields = _fields(schema, made) if method == "post" and made else frozenset()
        links = {name: link for target in found for name, link in _taken_up(path, fields, *target)}
        if made and links:
            made["links"] = links


def _taken_up(
    path: str, fields: frozenset[str], target: str, method: str, operation: Operation
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The link from what is made under a path to an operation of it, if the operation is one."""
    within = re.match(rf".*/{re.escape(path.rsplit('/', 1)[-1])}/{{(\w+)}}", target)
    if within is None:
        return
    here, there, key = set(_named(path)), set(_named(target)), within[1]
    field = BY_ID if key.endswith("_id") else KEYS.get(key, key)
    if field in fields and there - {key} <= here and key not in here:
        given = {name: f"$request.path.{name}" for name in sorted(there - {key})}
        yield (
            operation["operationId"],
            {
                "operationId": operation["operationId"],
                "parameters": {**given, key: f"$response.body#/{field}"},
                "description": operation.get("summary", method),
            },
        )


def _share_faults(schema: dict[str, Any]) -> None:
    """Each fault is told once, under `components`: hundreds of operations answer with the same dozen."""
    shared: dict[str, Any] = schema["components"].setdefault("responses", {})
    for _, _, operation in operations(schema):
        for status, answer in operation["responses"].items():
            if PROBLEM in answer.get("content", {}):
                name = "-or-".join(re.findall(r"`([\w-]+)`", answer["description"]))
                shared[name] = answer
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}


def _named(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def _fields(schema: Mapping[str, Any], answer: Mapping[str, Any]) -> frozenset[str]:
    """The fields of an answer."""
    told = answer.get("content", {}).get(JSON, {}).get("schema", {})
    name = told.get("$ref", "").rsplit("/", 1)[-1]
    return frozenset(schema["components"]["schemas"].get(name, {}).get("properties", {}))
