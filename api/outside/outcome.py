"""What became of a try to deliver something, and what follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from api.outside.pinned import AddressRefused
from api.outside.post import FAULTS, Posted

LETTER_WAITS: Final = (30, 120, 600, 1800, 7200, 21600, 43200, 43200)
"""Seconds before each further try of a notice; then it is given up."""
HOOK_WAITS: Final = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""The same of a webhook: three days in all (Standard Webhooks, "Retry schedule")."""
LONGEST_ASKED: Final = 6 * 3600
"""So long a receiver may ask us to wait."""


class Verdict(StrEnum):
    """What became of a try."""

    TAKEN = "taken"
    AGAIN = "again"
    REFUSED = "refused"
    """It will not go better the next time."""
    GONE = "gone"
    """There is nobody at this address any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A try, and what is known of its end."""

    verdict: Verdict
    status: int | None = None
    reason: str = ""
    wait: float | None = None
    """Seconds that the receiver asks us to wait."""


def outcome_of(ask: Callable[[], Posted], read: Callable[[Posted], Outcome], refused: Verdict) -> Outcome:
    """Ask, and read the answer; `refused`: what an address that is not to be sent to means."""
    try:
        return read(ask())
    except AddressRefused:
        return Outcome(refused, reason="address refused")
    except FAULTS as fault:
        return Outcome(Verdict.AGAIN, reason=type(fault).__name__)


def wait(waits: tuple[int, ...], tries: int, outcome: Outcome, name: str) -> timedelta | None:
    """How long until the next try, some more for each delivery than for the others; None: it is given up."""
    tries = max(tries, 1)
    if tries > len(waits):
        return None
    spread = int(hashlib.sha256(f"{name}/{tries}".encode()).hexdigest()[:4], 16) / 0xFFFF
    seconds = max(waits[tries - 1] * (1 + 0.2 * spread), min(outcome.wait or 0, LONGEST_ASKED))
    return timedelta(seconds=seconds)


def of_hook(posted: Posted) -> Outcome:
    """Only 2xx is taken; a redirect is a failure, 410 the end (Standard Webhooks)."""
    if 200 <= posted.status < 300:
        return Outcome(Verdict.TAKEN, posted.status)
    verdict = Verdict.GONE if posted.status == 410 else Verdict.AGAIN
    return Outcome(verdict, posted.status, f"HTTP {posted.status}", asked_wait(posted.headers))


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds of Retry-After, where it tells seconds (RFC 9110 10.2.3)."""
    told = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(told) if told.isascii() and told.isdigit() and len(told) < 9 else None
