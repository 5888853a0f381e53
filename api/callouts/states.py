"""How far a call-out has come, and how far somebody who was asked."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far a call-out has come."""

    ASKING = "asking"
    FILLED = "filled"
    EXHAUSTED = "exhausted"
    """Everybody who could was asked, and nobody took it."""
    CANCELLED = "cancelled"
    OVER = "over"
    """The duty began, or changed, before anybody took it."""


class Ask(StrEnum):
    """How far somebody who could take the duty has come."""

    NEXT = "next"
    """In line."""
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SILENT = "silent"
    """The time to answer is over."""
    DROPPED = "dropped"
    """Somebody else took it, or he was needed for the floor."""


class Cause(StrEnum):
    """Why somebody cannot come."""

    SICK = "sick"
    LEAVE = "leave"
    OTHER = "other"
