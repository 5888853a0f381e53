"""Bodies and answers about what waits for a decision."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from api.auth.rights import DECIDERS, Role
from api.http.forms import Body, Flag, Instant, Line, Note, Shown, Whole
from domain.language import Refusal, Text


class Matter(StrEnum):
    """What waits."""

    SWAP = "swap"
    """A swap to be decided."""
    LEAVE = "leave"
    HOURS = "hours"
    """Hours in which somebody cannot work."""
    ANSWER = "answer"
    """A swap that one is asked to agree to."""
    CALL_IN = "call-in"
    """A duty that one is asked to take at short notice."""
    FILING = "filing"
    """Leave of one's own that was told by phone and is to be filed."""


class WaitingShown(Shown):
    """Something that waits for the caller."""

    matter: Matter
    id: int
    site: str
    day: date
    about: list[str] = Field(description="the names of the people whom it concerns")
    said: str
    due_at: datetime | None = Field(description="by when; then it ends, or goes to somebody else")


class InboxShown(Shown):
    """All that waits for the caller, the most pressing first."""

    items: list[WaitingShown]


class NewDelegation(Body):
    """One's decisions of a role, lent to somebody for a time."""

    deputy: Line = Field(min_length=1, max_length=64, description="the log-in of an account of the same site")
    role: Role
    first_at: Instant
    last_at: Instant
    reason: Note = Field(min_length=2)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.role not in DECIDERS:
            raise Refusal(Text("只能委托审批岗位", "only the decisions of a role that decides can be lent"))
        if not 0 < (self.last_at - self.first_at).total_seconds() <= 92 * 86_400:
            raise Refusal(Text("委托期应在92天以内", "decisions are lent for 92 days at most"))
        return self


class DelegationShown(Shown):
    """Who stands in for whom."""

    id: int
    giver: str
    deputy: str
    deputy_name: str
    role: Role
    first_at: datetime
    last_at: datetime
    reason: str
    ended_at: datetime | None


class DelegationsShown(Shown):
    """What one lent, and what was lent to one."""

    items: list[DelegationShown]


class Item(Body):
    """One of several."""

    matter: Literal[Matter.SWAP, Matter.LEAVE, Matter.HOURS]
    id: Whole = Field(ge=1, lt=2**63)


class Batch(Body):
    """Several decisions at once, checked one upon the other."""

    items: list[Item] = Field(min_length=1, max_length=100)
    state: Literal["approved", "declined"]
    reason: Note = ""
    all_or_nothing: Flag = Field(default=False, description="one that cannot be holds up the others")
    dry_run: Flag = Field(default=False, description="only tell which can be, together")


class DoneShown(Shown):
    """What became of one of several."""

    matter: Matter
    id: int
    done: bool
    state: str | None
    code: str | None = Field(description="of the problem that stands against it")
    detail: str | None


class BatchShown(Shown):
    """What became of each."""

    items: list[DoneShown]
