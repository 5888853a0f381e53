"""A request as the service needs it, and an answer that is given once however often the request comes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from api.auth.caller import Caller
from api.http.problems import Problem
from api.store import tables as t
from api.store.store import Store, Work
from domain.language import Text

LONGEST_KEY: Final = 255
KEPT: Final = ("etag", "location")
"""Headers that come back with an answer that is given again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a change answers with."""

    body: BaseModel | None = None
    status: int = 200
    etag: str | None = None
    location: str | None = None

    def response(self) -> Response:
        """As it goes over the wire."""
        headers = {"Cache-Control": "no-store"}
        headers |= {"ETag": self.etag} if self.etag else {}
        headers |= {"Location": self.location} if self.location else {}
        if self.body is None:
            return Response(status_code=204, headers=headers)
        return Response(self.body.model_dump_json(), self.status, headers, "application/json")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a request that guard a change."""

    key: str | None
    """Idempotency-Key (draft-ietf-httpapi-idempotency-key-header)."""
    match: str | None
    """If-Match."""
    digest: str
    """Of method, path and body."""
    body: bytes = field(repr=False, default=b"")

    def require_match(self, etag: str) -> None:
        """Demand that the caller has seen what he changes."""
        if self.match is None:
            raise Problem("precondition-required")
        if self.match.strip() != "*" and etag not in [tag.strip().removeprefix("W/") for tag in self.match.split(",")]:
            raise Problem("stale", headers={"ETag": etag})


class Undone(Exception):
    """The end of a dry run: what it would have answered, with nothing of it done."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("undone")
        self.answer = answer


def undone(do: Callable[[Work], Answer]) -> Callable[[Work], Answer]:
    """A change that only tells what it would answer."""

    def rehearse(work: Work) -> Answer:
        raise Undone(do(work))

    return rehearse


async def _asked(request: Request) -> Asked:
    body = await request.body()
    key = request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        words = Text("Idempotency-Key 应为1到255个字符", "an Idempotency-Key has 1 to 255 characters")
        raise Problem("bad-request", words)
    told = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + body
    return Asked(key, request.headers.get("if-match"), hashlib.sha256(told).hexdigest(), body)


AskedNow = Annotated[Asked, Depends(_asked)]


def etag(kind: str, *parts: Any) -> str:  # noqa: ANN401 - numbers and words
    """A strong tag of a state."""
    return f'"{kind}-{"-".join(str(part) for part in parts)}"'


def answered(store: Store, caller: Caller, asked: Asked, do: Callable[[Work], Answer]) -> Response:
    """Do a change and answer it; under a key that was used before, give the answer of then.

    The answer is kept in the transaction of the change: both are there, or neither.
    """
    try:
        return _once(store, caller, asked, do)
    except Undone as end:
        return end.answer.response()
    except IntegrityError as clash:
        if "uq_answered" not in str(clash.orig) and "answered.account_id" not in str(clash.orig):
            raise
    return _once(store, caller, asked, do)  # somebody else was quicker with the same key: give his answer


def _once(store: Store, caller: Caller, asked: Asked, do: Callable[[Work], Answer]) -> Response:
    with store.writing(caller.actor) as work:
        kept = _kept(work, caller, asked)
        if isinstance(kept, Response):
            return kept
        response = do(work).response()
        if kept is not None:
            kept.status, kept.body = response.status_code, bytes(response.body)
            kept.headers = {name: response.headers[name] for name in KEPT if name in response.headers}
    return response


def _kept(work: Work, caller: Caller, asked: Asked) -> Response | t.Answered | None:
    """The answer of before, or the place for the one to come."""
    if asked.key is None:
        return None
    mine = (t.Answered.account_id == caller.account_id) & (t.Answered.key == asked.key)
    before = work.session.scalars(select(t.Answered).where(mine)).one_or_none()
    if before is None:
        place = t.Answered(
            account_id=caller.account_id,
            key=asked.key,
            request_hash=asked.digest,
            status=0,
            headers={},
            body=b"",
            made_at=work.now,
        )
        work.session.add(place)
        work.session.flush()
        return place
    if before.request_hash != asked.digest:
        raise Problem("key-reused")
    media = "application/json" if before.body else None
    return Response(before.body, before.status, {"Cache-Control": "no-store", **before.headers}, media)
