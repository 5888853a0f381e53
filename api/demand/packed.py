"""Requirements packed into a few octets, and read again without a detour over text."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from typing import Any

from domain.demand import Need, Requirement
from domain.time import Span, Zone, minute


def pack(requirement: Requirement) -> bytes:
    """A requirement as it is kept: `[start minute, minutes, work, heads, fractional, worth]` a need."""
    rows: list[list[Any]] = [
        [
            minute(need.span.start),
            need.span.minutes,
            need.work,
            need.heads,
            round(need.fractional, 6),
            [round(gain, 6) for gain in need.worth],
        ]
        for need in requirement.needs
    ]
    return gzip.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)


@lru_cache(maxsize=32)
def unpack(content: bytes, zone: Zone) -> Requirement:
    """A requirement that was kept."""
    return Requirement(
        tuple(
            Need(
                Span(zone.from_minute(start), zone.from_minute(start + minutes)), work, heads, fractional, tuple(worth)
            )
            for start, minutes, work, heads, fractional, worth in json.loads(gzip.decompress(content))
        )
    )
