"""A question put to a process of its own, which dies with this one; followed until it ends or is stopped."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from api.jobs.child import packed
from api.jobs.questions import Facts, Question
from api.jobs.rows import Stop, wish_of
from api.store.store import Store

EVERY: Final = 0.5
"""Seconds between two looks at what somebody wishes of the job."""
LONGEST_LINE: Final = 64 * 1024 * 1024
Hear = Callable[[Facts], Awaitable[None]]


class ChildDiedError(RuntimeError):
    """The process ended without a word."""


async def answer_of(store: Store, job_id: int, question: Question, hear: Hear) -> Facts | None:
    """The answer, after all that was told on the way; None: the job was cancelled."""
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "api.jobs.child", stdin=pipe, stdout=pipe, limit=LONGEST_LINE
    )
    try:
        return await _follow(store, job_id, child, packed(question), hear)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _follow(
    store: Store, job_id: int, child: asyncio.subprocess.Process, body: bytes, hear: Hear
) -> Facts | None:
    """Hand the question over and follow the progress."""
    assert child.stdin is not None  # noqa: S101 - a pipe was asked for
    assert child.stdout is not None  # noqa: S101
    child.stdin.write(body)
    await child.stdin.drain()
    reading = asyncio.ensure_future(child.stdout.readline())
    while True:
        done, _ = await asyncio.wait({reading}, timeout=EVERY)
        wish = await asyncio.to_thread(wish_of, store, job_id)
        if wish is Stop.CANCEL:
            reading.cancel()
            return None
        if wish is Stop.TAKE and not child.stdin.is_closing():
            child.stdin.write(b"take\n")
        if not done:
            continue
        line = reading.result()
        if not line:
            raise ChildDiedError
        told: Facts = json.loads(line)
        if "end" in told:
            end: Facts = told["end"]
            return end
        await hear(told)
        reading = asyncio.ensure_future(child.stdout.readline())
