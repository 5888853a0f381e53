"""The accounts of a person."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from constraints.rules.fairness import Burden


class Account(StrEnum):
    """What is counted for a person."""

    NIGHTS = Burden.NIGHTS
    WEEKENDS = Burden.WEEKENDS
    HOLIDAYS = Burden.HOLIDAYS
    EARLY = Burden.EARLY
    LATE = Burden.LATE
    CALL_INS = "call-ins"
    """Duties taken over at short notice."""
    WISHES = "wishes"
    """Weight of wishes that were refused beyond the share."""


BURDENS: Final = frozenset(map(Account, Burden))
