"""Faults over HTTP as RFC 9457 problems: a stable code each, words in both languages, pointers to what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from domain.language import Language, Text

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem: clients act on its code."""

    code: str
    status: int
    title: Text


KINDS: Final[dict[str, Kind]] = {
    kind.code: kind
    for kind in (
        Kind("bad-request", 400, Text("请求无法理解", "the request cannot be understood")),
        Kind("not-signed-in", 401, Text("请先登录", "sign in first")),
        Kind("wrong-credentials", 401, Text("账号或密码错误", "login or password is wrong")),
        Kind("second-factor-needed", 401, Text("需要动态验证码", "a one-time code is needed")),
        Kind("forbidden", 403, Text("没有此权限", "you may not do this")),
        Kind("cross-site", 403, Text("请求来自其他网站", "the request comes from another site")),
        Kind("set-up-first", 403, Text("请先完成账号设置", "set your account up first")),
        Kind("not-found", 404, Text("不存在", "there is no such thing")),
        Kind("method-not-allowed", 405, Text("不支持此方法", "this method is not offered here")),
        Kind("conflict", 409, Text("与现状冲突", "clashes with how things stand")),
        Kind("overlap", 409, Text("同一人同一时间已有班次", "this person has a duty at that time already")),
        Kind("rule-broken", 409, Text("违反硬性规则", "a hard rule would be broken")),
        Kind("floor-broken", 409, Text("低于应急在岗底线", "the emergency floor would not be kept")),
        Kind("over-budget", 409, Text("超出额度", "more than is left")),
        Kind("too-late", 409, Text("已过截止时间", "the deadline is over")),
        Kind("stale", 412, Text("内容已被他人更改, 请刷新", "somebody changed it meanwhile; read it again")),
        Kind("too-large", 413, Text("内容过大", "too large")),
        Kind("unsupported-media-type", 415, Text("不支持此格式", "this format is not taken")),
        Kind("invalid", 422, Text("内容有误", "something in it is wrong")),
        Kind("key-reused", 422, Text("幂等键已用于其他请求", "this Idempotency-Key was used for another request")),
        Kind("precondition-required", 428, Text("需要 If-Match", "If-Match is needed")),
        Kind("too-many", 429, Text("请求过于频繁", "too many requests")),
        Kind("internal", 500, Text("服务内部错误", "something went wrong inside")),
        Kind("busy", 503, Text("服务暂不可用, 请稍后再试", "not available now; try again soon")),
    )
}


class ProblemBody(BaseModel):
    """A problem as it goes over the wire (RFC 9457)."""

    type: str = Field(examples=["/problems/stale"])
    title: str
    status: int
    code: str = Field(examples=["stale"])
    detail: str | None = None
    instance: str | None = None
    errors: list[dict[str, Any]] | None = Field(default=None, description="what is wrong where: pointer, detail")

    model_config = ConfigDict(extra="allow")


def declared(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that tell problems, for OpenAPI."""
    found: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        kind = KINDS[code]
        told = found.get(kind.status, {}).get("description")
        words = f"{told}; `{code}`" if told else f"`{code}`"
        found[kind.status] = {"model": ProblemBody, "description": words, "content": {MEDIA_TYPE: {}}}
    return found


class Problem(Exception):
    """A request that is not done, with its reason."""

    def __init__(
        self, code: str, text: Text | None = None, *, headers: Mapping[str, str] | None = None, **facts: object
    ) -> None:
        super().__init__(code if text is None else f"{code}: {text.en}")
        self.kind, self.text, self.facts, self.headers = KINDS[code], text, facts, headers


def problem_response(problem: Problem, language: Language, instance: str) -> JSONResponse:
    """The answer that tells a problem."""
    kind = problem.kind
    told: dict[str, Any] = {
        "type": f"/problems/{kind.code}",
        "title": kind.title.said(language),
        "status": kind.status,
        "code": kind.code,
        "instance": instance,
    }
    if problem.text is not None:
        told["detail"] = problem.text.said(language)
    headers = {"Cache-Control": "no-store", "Content-Language": language.value, **(problem.headers or {})}
    return JSONResponse({**told, **problem.facts}, kind.status, media_type=MEDIA_TYPE, headers=headers)
