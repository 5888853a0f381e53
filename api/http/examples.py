"""Examples of the contract: every body and answer is put together from one vocabulary of its fields' names.

A field is called the same everywhere, so one word for each is enough, and no example can name a field that is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from api.example import site_document

MORNING: Final = {"shift": "早", "work": "emergency", "breaks": [240]}
NIGHT: Final = {"shift": "夜", "work": "emergency", "breaks": [300]}
INSTANT: Final = "2026-12-01T00:00:00Z"
WORDS: Final[dict[str, Any]] = {
    "account": 7, "asker": "P017", "behalf": "P017", "giver": "P017", "instead_of": "P023", "kept": "前",
    "passed": "后", "taker": "P023", "action": "draft.edited", "address": "192.0.2.10", "agent": "P017", "at": INSTANT,
    "breaks": [240], "calls": 412, "candidate": 12, "changes": 4, "code": "harbour", "contract": "full",
    "cost": 30, "country": "CN", "day": "2026-12-07", "detail": "", "device": "Firefox", "document": None,
    "email": "lin@gas.example", "end": "2026-12-01T16:00:00+08:00", "facts": {}, "factor": 1.2, "first": "2026-12-01",
    "forecast": 3, "hash": "9f86d081884c7d65", "heads": 4, "households": 126000, "id": 12, "interval": 30,
    "instance": "/api/v1/sites/harbour", "kind": ("publication", "event"), "label": {"zh": "早班", "en": "morning"},
    "last": "2026-12-07", "lines": 12, "login": "lin.wei", "mean": [4.2], "model": [4.2], "month": "2026-12",
    "name": "林伟", "note": "按需求调整", "number": ("P017", 2), "object": "roster/5", "p10": [2.0], "p90": [7.0],
    "password": "correct horse battery", "person_hours": 5312.5, "phone": "13800000000", "policy": [],
    "published": 2, "queue": "service", "reason": "家中有事, 已商定", "request": "3fd1c2a7", "revision": 8,
    "role": "scheduler", "rows": 96, "rule": "daily-rest", "scopes": ["read"], "score": 4120, "secret": "pb_9vQ2...",
    "seconds": 60, "shift": "早", "site": "harbour", "sites": 3, "skill": "emergency", "source": "劳动法 第38条",
    "start": "2026-12-01T08:00:00+08:00", "starts": ["2026-12-01T08:00:00+08:00"], "state": "approved",
    "team": "一班", "time": "17:30", "version": 2, "work": "emergency", "words": "林伟12月7日休息仅9小时, 应有11小时",
    "zone": "Asia/Shanghai", "leave": "annual", "year": 2027, "days": 2.5,
}  # fmt: skip
"""What a field of this name might hold; what a schema tells itself comes before."""
OF: Final[dict[tuple[str, str], Any]] = {
    ("ChangeForm", "old"): MORNING,
    ("ChangeForm", "new"): NIGHT,
    ("GroupShown", "name"): {"zh": "港华燃气", "en": "Harbour Gas"},
    ("SiteShown", "name"): {"zh": "港华", "en": "Harbour"},
    ("SetUp", "group"): {"zh": "港华燃气", "en": "Harbour Gas"},
    ("ChainShown", "last"): 5120,
    ("SignIn", "code"): None,
    ("FactorCode", "code"): "492039",
    ("ProblemBody", "code"): "stale",
    ("NewPassword", "old"): "correct horse battery",
    ("NewPassword", "new"): "staple battery correct",
    ("RequestShown", "kind"): "leave",
    ("NewSpecialDay", "kind"): "event",
    ("Take", "version"): None,
    ("HookChange", "state"): "paused",
    ("HookChange", "events"): ["roster.version"],
    ("NewHook", "events"): ["roster.version", "swap.moved"],
    ("HookShown", "events"): ["roster.version", "swap.moved"],
    ("HookShown", "state"): "active",
    ("ChannelShown", "state"): "active",
    ("DeliveryShown", "state"): "sent",
    ("NewChannel", "push"): None,
    ("NewChannel", "kind"): "wecom",
    ("NoticeShown", "kind"): "wishes-open",
    ("WishForm", "shift"): None,
    ("UnavailableForm", "end"): "2026-12-01T12:00:00+08:00",
}
"""What a field holds in one schema alone."""
SCALARS: Final[dict[str, Any]] = {"integer": 1, "number": 1.0, "boolean": True, "string": "…", "null": None}
FORMATS: Final = {"date": "2026-12-01", "date-time": INSTANT, "time": "08:00"}
KINDS: Final[dict[str, type | tuple[type, ...]]] = {
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "string": str,
    "array": list,
    "object": dict,
}
DEEPEST: Final = 6
UNTOLD: Final = object()


class Examples:
    """Examples of the schemas of a contract."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas

    def of(self, schema: Mapping[str, Any], where: tuple[str, str] = ("", ""), depth: int = 0) -> Any:  # noqa: ANN401 - JSON
        """An example of a schema that a field of another may hold."""
        told = _told(schema, where)
        if told is not UNTOLD:
            return told
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            return self.of(self._schemas[name], (name, where[1]), depth + 1)
        for choice in ("anyOf", "oneOf", "allOf"):
            if choice in schema:
                return self.of(schema[choice][0], where, depth)
        return self._made(schema, where, depth)

    def _made(self, schema: Mapping[str, Any], where: tuple[str, str], depth: int) -> Any:  # noqa: ANN401 - JSON
        if "properties" in schema:
            wanted = schema["properties"].items()
            kept = schema.get("required", ()) if depth > DEEPEST else schema["properties"]
            return {name: self.of(field, (where[0], name), depth + 1) for name, field in wanted if name in kept}
        if schema.get("type") == "array":
            items = schema.get("prefixItems") or [schema.get("items", {})]
            return [self.of(item, where, depth + 1) for item in items]
        if schema.get("type") == "object":
            return {}
        return FORMATS.get(schema.get("format", ""), SCALARS.get(schema.get("type", ""), {}))


def _told(schema: Mapping[str, Any], where: tuple[str, str]) -> Any:  # noqa: ANN401 - JSON
    """What somebody has said of a field: the schema itself, the vocabulary."""
    if "const" in schema or schema.get("default") is not None:
        return schema.get("const", schema.get("default"))
    if "examples" in schema:
        return schema["examples"][0]
    if where[1] == "document":
        return _PLAN()
    if where in OF and "$ref" not in schema:
        return OF[where]
    if "enum" in schema:
        return schema["enum"][0]
    words = WORDS.get(where[1], ())
    return next((word for word in (words if isinstance(words, tuple) else (words,)) if _fits(word, schema)), UNTOLD)


def _fits(word: object, schema: Mapping[str, Any]) -> bool:
    """Whether a schema takes a word, as far as types tell."""
    choices = schema.get("anyOf", (schema,))
    kinds = [KINDS[kind] for kind in (choice.get("type") for choice in choices) if kind in KINDS]
    return any(isinstance(word, kind) for kind in kinds)


_PLAN: Final = cache(site_document)
"""The plan of the example site, which is a living one."""
